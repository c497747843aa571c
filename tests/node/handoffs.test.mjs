// Before and after a transfer: scopes, and the record of a handoff.

import assert from "node:assert/strict";
import { test } from "node:test";
import { auditLine, checkScopes, handoffRecord, profiles, readResponse, verifyAuditLines } from "../../pkg/dist/node.js";
import { json, on, platform } from "./scripted.mjs";
import { centre, connected, settled, toBilling } from "./support.mjs";

test("scopes are checked before the start", () => {
  const scopes = profiles().find(({ name }) => name === "cxone-v2").operations.map(({ scope }) => scope).join(" ");
  assert.deepEqual(checkScopes("cxone-v2", { granted: scopes }), { ok: true, issues: [] });
  const { ok, issues } = checkScopes("cxone-v2", { granted: ["voice:call:control"], operations: ["transfer", "presence"] });
  assert.equal(ok, false);
  assert.deepEqual(issues.map(({ code, path }) => [code, path]), [["missing-scope", "$.granted"]]);
  assert.match(issues[0].message, /user:presence:read/);
  assert.throws(() => checkScopes("cxone-v9", { granted: "" }), { code: "unknown-profile" });
});

const outcomeOf = async () => settled((await connected(await centre())).transfer(toBilling));

test("a handoff is recorded with the presence and the metrics of that moment", async () => {
  const outcome = await outcomeOf();
  const told = (request) => json(request.url.includes("presence") ? { status: "BUSY" } : { aggregations: { transferMetrics: { transferSuccess: 1, transferDuration: 12.5 } } });
  const it = platform(told);
  const record = await settled((await on(it)).recordHandoff("call-1", outcome));
  const { queue } = toBilling.to;
  assert.deepEqual(record, {
    timestamp: new Date(outcome.endedAt).toISOString(),
    callId: "call-1",
    targetQueueId: queue,
    agentId: outcome.agent,
    agentPresence: "BUSY",
    analyticsSnapshot: { succeeded: 1, meanSeconds: 12.5 },
    auditAction: "TRANSFER_COMPLETED",
  });
  const asked = JSON.parse(it.asked.find(({ method }) => method === "POST").body);
  assert.deepEqual([asked.from, asked.to], [outcome.startedAt, outcome.endedAt].map((at) => new Date(at).toISOString()), "the interval is the run's own");
});

test("a presence or metrics that can't be read keep no record back", async () => {
  const outcome = await outcomeOf();
  for (const fetch of [async () => json({}, 404), () => Promise.reject("reset"), async () => new Response("<html>")]) {
    const record = await settled((await on({ fetch })).recordHandoff("call-1", outcome, { budgetSeconds: 5 }));
    assert.equal(record.agentPresence, "UNKNOWN");
    assert.equal(record.analyticsSnapshot, undefined);
  }
  const genesys = await on(platform(json({})), { profile: "genesys-v2" });
  assert.equal((await settled(genesys.recordHandoff("call-1", outcome))).agentPresence, "UNKNOWN");
});

test("records, answers and lines are read on their own, and what makes no sense is refused", () => {
  assert.equal(readResponse("cxone-v2", "presence", { status: 200, body: { status: "AVAILABLE" } }).facts.status, "AVAILABLE");
  assert.throws(() => readResponse("cxone-v2", "presence", { status: 7 }), { code: "invalid-input", path: "$.status" });
  assert.throws(() => readResponse("cxone-v2", "dance", { status: 200 }), { code: "unknown-operation" });
  assert.throws(() => handoffRecord({ call: "call-1" }), { code: "invalid-input", path: "$.outcome" });
  assert.throws(() => auditLine({ entry: {}, at: 0, after: "not a line" }), { code: "invalid-input", path: "$.after" });
  const line = auditLine({ entry: { called: "+15550100000" }, at: 0 });
  assert.ok(!line.includes("5550100000"));
  assert.deepEqual(verifyAuditLines(line), { ok: true });
  assert.deepEqual(verifyAuditLines(""), { ok: true });
  assert.deepEqual(verifyAuditLines("{}"), { ok: false, firstBroken: 0 });
});
