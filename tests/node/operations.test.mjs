// Every operation through the package: sent, paged, deployed, bridged and recorded, over fetches that behave as told.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { auditLine, checkScopes, createPatchcord, handoffRecord, profiles, readResponse, verifyAuditLines } from "../../pkg/dist/node.js";
import { centre, connected, secret, settled, shown, toBilling } from "./support.mjs";

const folder = new URL("../vectors/", import.meta.url);
const files = ["cxone-v2", "cxone-v2-names", "genesys-v2"].flatMap((profile) => readdirSync(new URL(profile, folder)).map((name) => `${profile}/${name}`));
const vectors = files.flatMap((file) => JSON.parse(readFileSync(new URL(file, folder), "utf8")).map((vector) => ({ file, ...vector })));

/** A clock on which sleeping takes no time but its own. */
function virtualClock(at = 1_800_000_000_000) {
  return {
    at,
    slept: [],
    now() {
      return this.at;
    },
    async sleep(ms, signal) {
      await new Promise((turn) => setTimeout(turn, ms === 0 ? 0 : 1));
      if (signal.aborted) return;
      this.slept.push(ms);
      this.at += ms;
    },
  };
}

/** Only pauses pass on this one: a request that is under way is never late. */
function patientClock() {
  const clock = virtualClock();
  const sleep = clock.sleep.bind(clock);
  clock.sleep = (ms, signal) => (ms === 10_000 || ms === clock.timeout ? new Promise((end) => signal.addEventListener("abort", end)) : sleep(ms, signal));
  return clock;
}

/** A platform that answers with these, one after the other; the last one stays. It keeps what it was asked. */
function platform(...answers) {
  const asked = [];
  const fetch = async (request) => {
    const { method, url, headers } = request;
    asked.push({ method, path: url.replace("https://na1.example.com", ""), headers: Object.fromEntries(headers), body: await request.text() });
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    return typeof answer === "function" ? answer(request) : answer.clone();
  };
  return { asked, fetch };
}

const json = (body, status = 200, headers = {}) => new Response(body === undefined ? null : JSON.stringify(body), { status, headers });

async function on(platform, options = {}) {
  const { fetch } = platform;
  return createPatchcord({ profile: "cxone-v2", baseUrl: "https://na1.example.com", token: () => secret, fetch, clock: patientClock(), seed: 1, ...options });
}

const call = { callerNumber: "+15550100001", calledNumber: "+15550100002", flow: "flow-1" };
const bridge = { call: "call-1", targets: [{ phone: "+15550100000" }], direction: "transfer", matrix: [[0, 1]] };
const config = { queue: "billing", routingStrategy: "longestIdleAgent", waitMusic: "https://example.com/wait.mp3", maxWaitSeconds: 300, skills: [{ skill: "skill_tier1", level: "advanced" }] };

// What the vectors say.

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

// Sending.

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

// Pages.

const pageOf = (rows, nextUri) => json({ results: rows, ...(nextUri && { nextUri }) });

test("the wait-time distribution is read page after page: the first with a body, the next as the platform asks", async () => {
  const next = "https://na1.example.com/api/v2/analytics/queues/data/query?cursor=2";
  const it = platform(pageOf([{ waitTimeRange: "0-30", abandonedCount: 2 }], next), pageOf([{ waitTimeRange: "30+" }]));
  const patchcord = await on(it);
  const [rows, progress] = [[], []];
  for await (const page of patchcord.pages("wait-distribution", { queue: "billing" }, { onProgress: (so) => progress.push(so) })) rows.push(...page.rows);
  assert.deepEqual(rows, [{ range: "0-30", abandoned: 2 }, { range: "30+" }]);
  assert.deepEqual(progress, [{ pages: 1, rows: 1 }, { pages: 2, rows: 2 }]);
  assert.deepEqual(it.asked.map(({ method, path, body }) => [method, path, body !== ""]), [
    ["POST", "/api/v2/analytics/queues/data/query", true],
    ["GET", "/api/v2/analytics/queues/data/query?cursor=2", false],
  ]);
});

test("the audit log is read page after page", async () => {
  const it = platform(pageOf([{ id: "a-1" }, { id: "a-2" }], "/api/v2/audit?cursor=2"), pageOf([{ id: "a-3" }]));
  const patchcord = await on(it);
  const rows = [];
  for await (const page of patchcord.pages("audit-log", { queue: "billing", from: "now-30d" })) rows.push(...page.rows);
  assert.deepEqual(rows.map(({ id }) => id), ["a-1", "a-2", "a-3"]);
});

test("a page that fails for a while is asked for again, and one that can't be read ends it with an error", async () => {
  const it = platform(pageOf([{}], "?cursor=2"), json({}, 429, { "retry-after": "3" }), json({}, 403));
  const patchcord = await on(it);
  const pages = patchcord.pages("audit-log", { queue: "billing", from: "now-1d" });
  assert.equal((await settled(pages.next())).done, false);
  await assert.rejects(settled(pages.next()), { name: "PatchcordError", code: "missing-scope", message: /^page 2 could not be read/ });
  assert.deepEqual(await pages.next(), { done: true, value: undefined });
  assert.equal(it.asked.length, 3);
});

test("pages that lead in a circle end with an error", async () => {
  const it = platform(pageOf([{}], "?cursor=2"), pageOf([{}], "https://na1.example.com/api/v2/audit?cursor=3"), pageOf([{}], "/api/v2/audit?cursor=2"));
  const patchcord = await on(it);
  const read = async () => {
    for await (const _ of patchcord.pages("audit-log", { queue: "billing", from: "now-1d" }));
  };
  await assert.rejects(settled(read()), { name: "PatchcordError", code: "page-loop" });
  assert.equal(it.asked.length, 3);
});

test("a link that leads elsewhere is not followed", async () => {
  const it = platform(pageOf([{}], "https://na1.example.com/api/v2/voice/calls/call-1/transfer"));
  const patchcord = await on(it);
  const pages = patchcord.pages("audit-log", { queue: "billing", from: "now-1d" });
  await settled(pages.next());
  await assert.rejects(settled(pages.next()), { code: "invalid-input", path: "$.next" });
  assert.equal(it.asked.length, 1);
});

test("whoever leaves the loop asks for no further page, and one that is under way is cancelled", async () => {
  const it = platform(pageOf([{}], "?cursor=2"));
  const patchcord = await on(it);
  for await (const _ of patchcord.pages("audit-log", { queue: "billing", from: "now-1d" })) break;
  assert.equal(it.asked.length, 1);

  const silent = await on(platform(() => new Promise(() => {})));
  const pages = silent.pages("audit-log", { queue: "billing", from: "now-1d" });
  const under = pages.next();
  await assert.rejects(settled(Promise.all([under, pages.return()]), 2_000), { code: "cancelled" });

  const controller = new AbortController();
  const signalled = silent.pages("audit-log", { queue: "billing", from: "now-1d" }, { signal: controller.signal }).next();
  controller.abort();
  await assert.rejects(settled(signalled, 2_000), { code: "cancelled" });
});

test("a progress listener that throws harms nobody", async () => {
  const patchcord = await on(platform(pageOf([{}])));
  let pages = 0;
  for await (const _ of patchcord.pages("skills", {}, { onProgress: () => { throw new Error("mine"); } })) pages += 1;
  assert.equal(pages, 1);
});

// Deployments.

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

// Bridges.

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

// Before and after a transfer.

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
