// The examples of the README, as a reader would run them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { buildRequest, createPatchcord, validate, verifyAudit } from "../../pkg/dist/node.js";
import { createSimulator } from "../../pkg/dist/simulator/node.js";
import { ann, billing, overflow, settled, tier2 } from "./support.mjs";

test("an integrator moves a call in a simulated contact centre", async () => {
  const sim = await createSimulator({ seed: 7, profile: "cxone-v2" });
  sim.addQueue({ id: billing, campaign: "ACTIVE", agents: [{ id: ann, status: "AVAILABLE", skills: [tier2] }] });
  sim.addCall({ id: "call-1" });

  const patchcord = await createPatchcord({
    profile: "cxone-v2",
    baseUrl: sim.baseUrl,
    token: () => "simulated",
    fetch: sim.fetch,
    clock: sim.clock,
    policy: { steps: [{ id: "overflow", to: { queue: overflow } }, { id: "voicemail", to: { extension: "999" } }] },
  });
  const outcome = await settled(patchcord.transfer({ call: "call-1", to: { queue: billing, skill: tier2 }, mode: "blind" }));

  assert.equal(outcome.status, "connected");
  assert.equal(outcome.step, "primary");
  assert.deepEqual(outcome.target, { queue: billing, skill: tier2 });
  assert.equal(outcome.agent, ann);
  assert.equal(outcome.attempts, 1);
  assert.ok(outcome.took > 0 && outcome.took < 120_000, `took ${outcome.took} ms`);
  assert.ok(Array.isArray(outcome.reasons));
  assert.deepEqual(verifyAudit(outcome.audit), { ok: true });
  assert.equal(sim.transfers("call-1"), 1);
  assert.equal(sim.call("call-1").state, "CONNECTED");
});

test("anyone builds the request of a transfer without a host", () => {
  const request = buildRequest("cxone-v2", "transfer", { call: "call-1", to: { queue: billing, skill: tier2 } });
  assert.equal(request.method, "POST");
  assert.equal(request.path, "/api/v2/voice/calls/call-1/transfer");
  assert.equal(request.effect, "writes");
  const payload = JSON.parse(request.body);
  assert.deepEqual(
    [payload.transferType, payload.targetType, payload.targetId, payload.skillId],
    ["BLIND", "QUEUE", billing, tier2],
  );
  assert.ok(!("callbackNumber" in payload), "what was not said is left out");
});

test("anyone checks a payload and reads where it fails", () => {
  const report = validate("cxone-v2", "transfer", { call: "call-1", to: { queue: "billing" } });
  assert.equal(report.ok, false);
  assert.equal(report.issues[0].code, "invalid-uuid");
  assert.equal(report.issues[0].path, "$.to.queue");
  assert.ok(report.issues[0].hint.length > 0);
  assert.deepEqual(validate("cxone-v2", "transfer", { call: "call-1", to: { queue: billing } }), { ok: true, issues: [] });
});
