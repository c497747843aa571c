// Every operation through the package: as its vectors say, and sent over fetches that behave as told.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { json, on, patientClock, platform, virtualClock } from "./scripted.mjs";
import { secret, settled, shown } from "./support.mjs";

const folder = new URL("../vectors/", import.meta.url);
const files = ["cxone-v2", "cxone-v2-names", "genesys-v2"].flatMap((profile) => readdirSync(new URL(profile, folder)).map((name) => `${profile}/${name}`));
const vectors = files.flatMap((file) => JSON.parse(readFileSync(new URL(file, folder), "utf8")).map((vector) => ({ file, ...vector })));

const call = { callerNumber: "+15550100001", calledNumber: "+15550100002", flow: "flow-1" };
const bridge = { call: "call-1", targets: [{ phone: "+15550100000" }], direction: "transfer", matrix: [[0, 1]] };

for (const { file, name, profile, operation, input, request } of vectors.filter((vector) => vector.request && typeof vector.input === "object")) {
  test(`it is sent as the vector says: ${file}: ${name}`, async () => {
    const it = platform(json({}));
    const patchcord = await on(it, { profile });
    const outcome = await settled(patchcord.send(operation, input));
    assert.equal(outcome.operation, operation);
    assert.equal(it.asked.length, 1);
    const [{ method, path, headers, body }] = it.asked;
    // A URL parser leaves some characters as they are that we encode; none of them changes what is meant.
    assert.deepEqual([method, path, body], [request.method, new URL(request.path, "https://na1.example.com").href.slice(23), request.body ?? ""]);
    for (const [header, value] of request.headers) assert.equal(headers[header], value, header);
    assert.equal(headers.authorization, `Bearer ${secret}`);
    assert.ok(!shown(outcome).includes(secret));
  });
}

for (const { file, name, profile, operation, input, report } of vectors.filter((vector) => vector.report && vector.operation && typeof vector.input === "object" && !Array.isArray(vector.input))) {
  test(`nothing is sent that is refused: ${file}: ${name}`, async () => {
    const it = platform(json({}));
    const patchcord = await on(it, { profile });
    const { path, hint } = report[0];
    await assert.rejects(settled(patchcord.send(operation, input)), { name: "PatchcordError", code: "invalid-input", path, hint });
    assert.deepEqual(it.asked, []);
  });
}

const STATUS = { true: "done", false: "refused" };

for (const { file, name, profile, operation, response, answer } of vectors.filter((vector) => "answer" in vector && !/search/.test(vector.operation))) {
  test(`its answer is read as the vector says: ${file}: ${name}`, async () => {
    const { input } = vectors.find((vector) => vector.request && vector.operation === operation && vector.profile === profile);
    const { status, headers = {}, body, now, callAgeSeconds } = response;
    const text = body === undefined ? null : typeof body === "string" ? body : JSON.stringify(body);
    const it = platform(new Response([204, 304].includes(status) ? null : text, { status, headers: new Headers(Array.isArray(headers) ? headers : Object.entries(headers)) }));
    const clock = patientClock();
    if (now !== undefined) clock.at = now;
    const patchcord = await on(it, { profile, clock });
    // No time for a second request: pauses of these vectors are a second at least.
    const outcome = await settled(patchcord.send(operation, input, { budgetSeconds: 1, callAgeSeconds }));
    assert.deepEqual(outcome.answer, answer.facts);
    assert.equal(outcome.problem?.code, answer.problem?.code);
    assert.deepEqual(outcome.problem?.report, answer.problem?.report);
    assert.equal(outcome.problem?.scope, answer.problem?.scope);
    if (status < 300 || (status >= 400 && status < 500 && status !== 408 && status !== 429)) {
      const unread = status < 300 && !answer.ok;
      assert.equal(outcome.status, unread ? "failed" : STATUS[answer.ok]);
    }
  });
}

test("a read is asked again after as long as the platform says, and its facts are told", async () => {
  const it = platform(json({}, 503, { "retry-after": "7" }), json({}, 429, { "retry-after": "11" }), json({}, 500), json({ status: "UP" }));
  const clock = patientClock();
  const patchcord = await on(it, { clock });
  const outcome = await settled(patchcord.send("health", {}));
  assert.deepEqual([outcome.status, outcome.attempts, outcome.answer], ["done", 4, { status: "UP" }]);
  assert.deepEqual(clock.slept, [7_000, 11_000, 30_000]);
});

test("a call is never placed twice, whatever becomes of the answer", async () => {
  const lost = () => Promise.reject(new TypeError("fetch failed"));
  const never = () => new Promise(() => {});
  for (const [answer, clock] of [[json({}, 500), patientClock()], [json({}, 503), patientClock()], [lost, patientClock()], [never, virtualClock()]]) {
    const it = platform(answer);
    const patchcord = await on(it, { clock });
    const outcome = await settled(patchcord.send("personal-connection", call));
    assert.deepEqual([outcome.status, outcome.attempts, it.asked.length], ["unknown", 1, 1]);
    assert.match(outcome.problem.hint, /look whether it was done/);
  }
});

test("a call that was certainly not placed is placed after the pause", async () => {
  const it = platform(json({}, 429, { "retry-after": "2" }), json({ callId: "call_x", status: "queued" }));
  let tokens = 0;
  const patchcord = await on(it, { token: () => (++tokens === 1 ? Promise.reject(new Error("busy")) : secret) });
  const outcome = await settled(patchcord.send("personal-connection", call));
  assert.deepEqual([outcome.status, outcome.attempts, it.asked.length], ["done", 3, 2]);
  assert.deepEqual(outcome.answer, { call: "call_x", ended: false, status: "queued" });
});

test("a 401 asks once for a fresh token", async () => {
  const it = platform(json({}, 401));
  const asked = [];
  const patchcord = await on(it, { token: ({ refresh }) => (asked.push(refresh), secret) });
  const outcome = await settled(patchcord.send("presence", { agent: "ann" }));
  assert.deepEqual([outcome.status, outcome.problem.code], ["refused", "unauthorized"]);
  assert.deepEqual(asked, [false, true]);
});

test("the platform's state is kept from one operation to the next, and to transfers", async () => {
  const it = platform(json({}, 500));
  const clock = patientClock();
  const patchcord = await on(it, { clock });
  await settled(patchcord.send("health", {}));
  await settled(patchcord.send("health", {}, { budgetSeconds: 1 }));
  const outcome = await settled(patchcord.send("health", {}, { budgetSeconds: 5 }));
  assert.deepEqual([outcome.status, outcome.attempts, outcome.problem.code], ["failed", 0, "circuit-open"]);
});

test("what is cancelled ends at once, and a write under way is unknown", async () => {
  const never = () => new Promise(() => {});
  for (const [operation, input, status, code] of [["health", {}, "cancelled", "cancelled"], ["personal-connection", call, "unknown", "answer-lost"]]) {
    const controller = new AbortController();
    const patchcord = await on(platform(() => (setTimeout(() => controller.abort(), 5), never())));
    const outcome = await settled(patchcord.send(operation, input, { signal: controller.signal }), 2_000);
    assert.deepEqual([outcome.status, outcome.problem.code], [status, code]);
  }
  const it = platform(json({}));
  const aborted = await on(it, { signal: AbortSignal.abort() });
  assert.equal((await settled(aborted.send("personal-connection", call))).status, "cancelled");
  assert.deepEqual(it.asked, []);
  const controller = new AbortController();
  const clock = patientClock();
  clock.sleep = (ms, signal) => new Promise((end) => (setTimeout(() => controller.abort(), 5), signal.addEventListener("abort", end)));
  const waiting = await on(platform(json({}, 500)), { clock });
  assert.equal((await settled(waiting.send("health", {}, { signal: controller.signal }), 2_000)).status, "cancelled");
});

const HOSTILE = {
  "fetch never answers": { fetch: () => new Promise(() => {}) },
  "fetch throws": { fetch: () => { throw new Error("no network"); } },
  "fetch rejects with null": { fetch: () => Promise.reject(null) },
  "fetch gives no Response": { fetch: async () => 42 },
  "fetch quotes the token": { fetch: (request) => Promise.reject(`refused: ${request.headers.get("authorization")}`) },
  "a body never ends": { fetch: async () => new Response(new ReadableStream({ pull: () => new Promise(() => {}) })) },
  "a body breaks off": { fetch: async () => new Response(new ReadableStream({ pull: (to) => to.error("cut") })) },
  "the token never comes": { token: () => new Promise(() => {}) },
  "the token throws": { token: () => { throw new Error(secret); } },
  "the token is none": { token: () => undefined },
};

for (const [what, host] of Object.entries(HOSTILE)) {
  test(`an operation comes to its outcome when ${what}`, async () => {
    for (const [operation, input] of [["health", {}], ["personal-connection", call], ["bridge", bridge]]) {
      let sent = 0;
      const fetch = (request) => ((sent += 1), (host.fetch ?? (async () => json({})))(request));
      const patchcord = await on({ fetch }, { clock: virtualClock(), ...(host.token && { token: host.token }) });
      const outcome = await settled(patchcord.send(operation, input));
      assert.ok(["failed", "unknown"].includes(outcome.status), outcome.status);
      assert.ok(operation !== "personal-connection" || sent <= 1, `placed ${sent} calls`);
      assert.ok(!shown(outcome).includes(secret), "the token shows");
    }
  });
}

test("a clock that fails ends an operation with an error", async () => {
  for (const clock of [{ now: () => Number.NaN, sleep: async () => {} }, { now: () => 0, sleep: () => Promise.reject(new Error("no")) }, { now: () => 0, sleep: () => { throw new Error("no"); } }, { now: () => 0, sleep: async () => {} }]) {
    const patchcord = await on(platform(json({}, 500)), { clock });
    await assert.rejects(settled(patchcord.send("health", {})), { name: "PatchcordError", code: "clock" });
  }
});

test("what is no operation, no input and no option is refused", async () => {
  const patchcord = await on(platform(json({})));
  await assert.rejects(patchcord.send("dance", {}), { code: "unknown-operation" });
  await assert.rejects(patchcord.send("health", "{}"), { code: "wrong-type" });
  await assert.rejects(patchcord.send("health"), { code: "missing-field" });
  await assert.rejects(patchcord.send("health", {}, { budget: 1 }), { code: "unknown-field" });
  await assert.rejects(patchcord.send("health", {}, { budgetSeconds: 0 }), { code: "invalid-input", path: "$.budgetSeconds" });
  await assert.rejects(patchcord.send("presence", { agent: 7n }), { code: "wrong-type", path: "$.agent" });
});

test("a queue is found by its name, though another is first", async () => {
  const results = [{ id: "q-20", name: "Support Tier 20" }, { id: "q-2", name: "Support Tier 2" }];
  const it = platform(json({ results }));
  const patchcord = await on(it, { profile: "genesys-v2" });
  const { answer } = await settled(patchcord.send("search", { name: "Support Tier 2" }));
  assert.equal(answer.queue, "q-2");
  assert.deepEqual(JSON.parse(it.asked[0].body), { query: { bool: { must: [{ term: { entityType: "queue" } }, { match: { name: "Support Tier 2" } }] } } });
});

test("how far a placed call is can be followed", async () => {
  const it = platform(json({ callId: "c-1", status: "ringing" }), json({ callId: "c-1", status: "completed" }));
  const patchcord = await on(it);
  const states = [];
  for (let ended = false; !ended; ) {
    const { answer } = await settled(patchcord.send("personal-connection-status", { call: "c-1" }));
    states.push(answer.status);
    ended = answer.ended;
  }
  assert.deepEqual(states, ["ringing", "completed"]);
});
