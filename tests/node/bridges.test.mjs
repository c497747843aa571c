// Bridges: what they tell, count and write down.

import assert from "node:assert/strict";
import { test } from "node:test";
import { verifyAuditLines } from "../../pkg/dist/node.js";
import { json, on, patientClock, platform } from "./scripted.mjs";
import { settled } from "./support.mjs";

const bridge = { call: "call-1", targets: [{ phone: "+15550100000" }], direction: "transfer", matrix: [[0, 1]] };

test("a bridge keeps its request id over its retries, and tells CTI, metrics and audit", async () => {
  const it = platform(json({}, 429, { "retry-after": "1" }), json({}, 503), json({ bridgeId: "b-1", status: "bridged" }));
  const [told, lines] = [[], []];
  const patchcord = await on(it, { onCti: (event) => told.push(event), onAuditLine: (line) => lines.push(line) });
  const outcome = await settled(patchcord.bridge(bridge, { onCti: (event) => told.push(event) }));
  assert.deepEqual([outcome.status, outcome.attempts, outcome.answer], ["done", 3, { id: "b-1", state: "bridged" }]);
  const ids = new Set(it.asked.map(({ headers }) => headers["x-cxone-request-id"]));
  assert.equal(ids.size, 1);
  assert.equal(told.length, 2);
  const { event, call: of, success, status, requestId, attempts, timestamp } = told[0];
  assert.deepEqual([event, of, success, status, attempts, ids.has(requestId)], ["bridge_attempt", "call-1", true, "done", 3, true]);
  assert.match(timestamp, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  assert.deepEqual(verifyAuditLines(`${lines.join("\n")}\n`), { ok: true });
});

test("the audit is appended to, goes on after a restart, and shows what was altered", async () => {
  const lines = [];
  const onAuditLine = (line) => void lines.push(line);
  const first = await on(platform(json({ id: "b" }), json({}, 403), json({}, 400)), { onAuditLine });
  for (let n = 0; n < 3; n += 1) await settled(first.bridge(bridge));
  const second = await on(platform(json({ id: "b" })), { onAuditLine, lastAuditLine: lines.at(-1) });
  await settled(second.bridge(bridge));
  assert.equal(lines.length, 4);
  assert.deepEqual(verifyAuditLines(lines.join("\n")), { ok: true });
  assert.ok(lines.every((line) => !line.includes("5550100000")), "no number is told");
  assert.equal(JSON.parse(lines[1]).code, "missing-scope");
  const altered = lines.map((line, n) => (n === 1 ? line.replace('"success":false', '"success":true') : line));
  assert.deepEqual(verifyAuditLines(altered.join("\n")), { ok: false, firstBroken: 1 });
  assert.deepEqual(verifyAuditLines([lines[0], lines[2]].join("\n")), { ok: false, firstBroken: 1 });
});

test("latency, success rate and counts are those of all bridges, and nothing is known before the first", async () => {
  const clock = patientClock();
  const slow = (ms, answer) => () => ((clock.at += ms), answer);
  const patchcord = await on(platform(slow(100, json({ id: "b" })), slow(300, json({ id: "b" })), slow(5, json({}, 403)), () => Promise.reject("reset")), { clock });
  assert.deepEqual(patchcord.bridgeMetrics(), { total: 0, succeeded: 0, failed: 0, unknown: 0 });
  for (let n = 0; n < 4; n += 1) await settled(patchcord.bridge(bridge));
  assert.deepEqual(patchcord.bridgeMetrics(), { total: 4, succeeded: 2, failed: 1, unknown: 1, successRate: 0.5, meanLatency: 200 });
});

test("a CTI system that throws, rejects or never returns harms nobody", async () => {
  const listeners = [() => { throw new Error("mine"); }, () => Promise.reject(new Error("mine")), () => new Promise(() => {}), () => Promise.reject(null)];
  for (const onCti of listeners) {
    const patchcord = await on(platform(json({ id: "b" })), { onCti, onAuditLine: onCti });
    assert.equal((await settled(patchcord.bridge(bridge, { onCti }))).status, "done");
    assert.equal(patchcord.bridgeMetrics().succeeded, 1);
  }
});

test("a bridge that is refused is no attempt", async () => {
  const lines = [];
  const it = platform(json({}));
  const patchcord = await on(it, { onAuditLine: (line) => lines.push(line) });
  await assert.rejects(patchcord.bridge({ ...bridge, matrix: [[0, 9]] }), { code: "invalid-input", path: "$.matrix[0]" });
  assert.deepEqual([it.asked.length, lines.length, patchcord.bridgeMetrics().total], [0, 0, 0]);
});
