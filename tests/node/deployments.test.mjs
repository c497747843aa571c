// A queue is deployed on the version that it has.

import assert from "node:assert/strict";
import { test } from "node:test";
import { json, on, patientClock, platform } from "./scripted.mjs";
import { settled } from "./support.mjs";

const config = { queue: "billing", routingStrategy: "longestIdleAgent", waitMusic: "https://example.com/wait.mp3", maxWaitSeconds: 300, skills: [{ skill: "skill_tier1", level: "advanced" }] };

/** A queue under a version, as the platform keeps it. */
function queueOf(version, { lag = 0, conflicts = 0, deaf = false, answer } = {}) {
  const asked = [];
  let [stored, stale, behind] = [{ id: "billing", version, overflowTargets: [], skills: [] }, undefined, 0];
  const fetch = async (request) => {
    const { method, headers } = request;
    const body = await request.text();
    asked.push([method, headers.get("if-match"), body && JSON.parse(body)]);
    if (method === "GET") return json(behind-- > 0 ? stale : stored);
    if (conflicts-- > 0) stored = { ...stored, version: stored.version + 1 };
    if (headers.get("if-match") !== String(stored.version)) return json({ message: "version conflict", version: stored.version }, 409);
    if (deaf) return json({}, 500);
    [stale, behind] = [stored, lag];
    stored = { ...JSON.parse(body), version: stored.version + 1 };
    return answer ? answer() : json(stored);
  };
  return { asked, fetch, stored: () => stored };
}

test("a queue is deployed on the version that it has, and read back until it shows", async () => {
  const it = queueOf(7, { lag: 2 });
  const clock = patientClock();
  const patchcord = await on(it, { clock });
  const { status, propagated, version } = await settled(patchcord.deployQueue(config));
  assert.deepEqual({ status, propagated, version }, { status: "done", propagated: true, version: 8 });
  assert.deepEqual(it.asked.map(([method, version]) => [method, version]), [["GET", null], ["PUT", "7"], ["GET", null], ["GET", null], ["GET", null]]);
  assert.equal(it.asked[1][2].version, 7);
  assert.deepEqual(clock.slept, [2_000, 2_000, 2_000]);
});

test("a deployment that the platform does not show in time is said to be so", async () => {
  const it = queueOf(7, { lag: 99 });
  const outcome = await settled((await on(it)).deployQueue({ ...config, version: 7 }));
  assert.deepEqual([outcome.status, outcome.propagated, outcome.version], ["done", false, 8]);
  assert.equal(it.asked.filter(([method]) => method === "GET").length, 5);
});

test("a conflict reports both versions, and ends the deployment where nobody says otherwise", async () => {
  const it = queueOf(9);
  const { status, conflict, propagated } = await settled((await on(it)).deployQueue({ ...config, version: 7 }));
  assert.deepEqual([status, propagated, conflict.sent, conflict.current, conflict.queue.version], ["conflict", false, 7, 9, 9]);
  assert.equal(it.asked.filter(([method]) => method === "PUT").length, 1);
});

test("a conflict is deployed over where the host says so, once for each", async () => {
  const it = queueOf(7, { conflicts: 2 });
  const told = [];
  const patchcord = await on(it);
  const outcome = await settled(patchcord.deployQueue(config, { onConflict: ({ sent, current }) => (told.push([sent, current]), true) }));
  assert.deepEqual([outcome.status, outcome.version], ["done", 10]);
  assert.deepEqual(told, [[7, 8], [8, 9]]);
  const no = await settled(patchcord.deployQueue({ ...config, version: 3 }, { onConflict: async () => false }));
  assert.equal(no.status, "conflict");
  const always = queueOf(1, { conflicts: Number.POSITIVE_INFINITY });
  assert.equal((await settled((await on(always)).deployQueue(config, { onConflict: () => true }))).status, "conflict", "not for ever");
});

test("a deployment whose answer is lost is looked into and not repeated", async () => {
  const lost = queueOf(7, { deaf: true });
  const done = await settled((await on(lost)).deployQueue(config));
  assert.deepEqual([done.status, done.propagated, done.version], ["unknown", false, undefined], "the platform does not show what was sent");
  const made = queueOf(7, { lag: 1, answer: () => Promise.reject(new TypeError("reset")) });
  const found = await settled((await on(made)).deployQueue(config));
  assert.deepEqual([found.status, found.propagated, found.version], ["done", true, 8]);
  for (const it of [lost, made]) assert.equal(it.asked.filter(([method]) => method === "PUT").length, 1);
});

test("a configuration that is refused asks nothing, and a queue that can't be read is not deployed", async () => {
  const it = queueOf(7);
  await assert.rejects((await on(it)).deployQueue({ ...config, maxWaitSeconds: 5 }), { code: "invalid-input", path: "$.maxWaitSeconds" });
  assert.deepEqual(it.asked, []);
  const gone = platform(json({}, 404));
  const outcome = await settled((await on(gone)).deployQueue(config));
  assert.deepEqual([outcome.status, outcome.outcome.problem.code, gone.asked.length], ["refused", "not-found", 1]);
  const bad = platform(json({ version: 1 }), json({ errors: [{ field: "waitMusic.url", message: "cannot be fetched" }] }, 400));
  const refused = await settled((await on(bad)).deployQueue(config));
  assert.equal(refused.status, "refused");
  assert.deepEqual(refused.outcome.problem.report.issues.map(({ code, path }) => [code, path]), [["invalid-url", "$.waitMusic.url"]]);
});
