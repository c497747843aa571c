// What the worker says to requests that ask for nothing it could do: each a problem in the form of RFC 9457, with a code of ours.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { billing, key, secret, startPlatform, startWorker, toBilling } from "./support.mjs";

let platform, worker;
before(async () => {
  platform = await startPlatform();
  worker = await startWorker({ platform });
});
after(async () => {
  await worker?.dispose();
  platform?.close();
});

const post = (body, headers) => worker.ask("POST", "/transfers", { body, headers });

function assertProblem(answer, status, code) {
  assert.equal(answer.status, status, answer.text);
  assert.equal(answer.headers.get("content-type"), "application/problem+json");
  assert.equal(answer.headers.get("cache-control"), "no-store");
  const { type, title, status: said, detail, code: named } = answer.body;
  assert.deepEqual({ type, said, named }, { type: "about:blank", said: status, named: code });
  assert.ok(title && detail);
}

test("health needs no key", async () => {
  const answer = await worker.ask("GET", "/", { headers: { authorization: "" } });
  assert.deepEqual([answer.status, answer.body], [200, { status: "ok" }]);
});

test("a path that nobody serves", async () => {
  for (const path of ["/nowhere", "/transfers/", "/transfers/a/b", "/calls//events"]) assertProblem(await worker.ask("GET", path), 404, "not-found");
});

test("a method that a path does not take is answered with those it takes", async () => {
  const answer = await worker.ask("PUT", "/transfers", { body: {} });
  assertProblem(answer, 405, "method-not-allowed");
  assert.equal(answer.headers.get("allow"), "POST, OPTIONS");
  assert.equal((await worker.ask("GET", "/calls/call-1/events")).headers.get("allow"), "POST, OPTIONS");
});

test("OPTIONS tells what a path takes, HEAD is GET without a body", async () => {
  const options = await worker.ask("OPTIONS", "/transfers/x");
  assert.deepEqual([options.status, options.headers.get("allow"), options.text], [204, "GET, DELETE, HEAD, OPTIONS", ""]);
  const head = await worker.ask("HEAD", "/");
  assert.deepEqual([head.status, head.text], [200, ""]);
});

test("a body that is no JSON by its type", async () => {
  for (const type of ["text/plain", "application/x-www-form-urlencoded", "application/jsonp"]) {
    assertProblem(await post(toBilling("call-1"), { "content-type": type }), 415, "unsupported-media-type");
  }
});

test("a body of more than 64 KiB", async () => {
  assertProblem(await post(JSON.stringify({ call: "x".repeat(500_000) })), 413, "content-too-large");
  assertProblem(await post(`"${"x".repeat(64 * 1024 - 1)}"`), 413, "content-too-large");
  assertProblem(await post(`"${"x".repeat(64 * 1024 - 2)}"`), 400, "wrong-type");
});

test("a transfer that is refused comes back with all findings", async () => {
  const answer = await post({ call: "call-1", to: { queue: "billing" }, priority: 9 });
  assertProblem(answer, 400, answer.body.code);
  assert.deepEqual(answer.body.issues.map(({ code, path }) => [code, path]).sort(), [
    ["invalid-uuid", "$.to.queue"],
    ["out-of-range", "$.priority"],
  ]);
  assert.ok(answer.body.issues.every(({ message, hint }) => message && hint));
});

test("bodies that say nothing", async () => {
  const cases = [
    ["", "invalid-json"],
    ["{", "invalid-json"],
    ["null", "wrong-type"],
    ["[]", "wrong-type"],
    [JSON.stringify(JSON.stringify({ call: "call-1", to: { extension: "1" } })), "wrong-type"],
    ["{}", "missing-field"],
    ['{"call":"\\ud800","to":{"extension":"1"}}', "invalid-json"],
    ["[".repeat(30_000) + "]".repeat(30_000), "invalid-json"],
    [`{"call":"call-1","to":${'{"queue":'.repeat(100)}1${"}".repeat(100)}}`, "wrong-type"],
    [new Uint8Array([0x7b, 0xff, 0x7d]), "invalid-json"],
  ];
  for (const [body, code] of cases) {
    const answer = await post(body, { "content-type": "application/json" });
    assert.equal(answer.status, 400, `${body}: ${answer.text}`);
    assert.ok(answer.body.issues.some((issue) => issue.code === code), `${String(body).slice(0, 60)}: ${answer.text}`);
  }
});

test("a policy of one's own is checked too", async () => {
  const refused = async (policy) => (await post({ call: "call-1", to: { queue: billing }, policy })).body.issues.map(({ code, path }) => `${code} ${path}`);
  assert.deepEqual(await refused("quick"), ["wrong-type $.policy"]);
  assert.deepEqual(await refused({ pollSeconds: "soon" }), ["wrong-type $.policy.pollSeconds"]);
  assert.deepEqual(await refused({ steps: [{ id: "a", to: { queue: "x" } }] }), ["invalid-uuid $.policy.steps[0].to.queue"]);
});

test("a transfer that never was", async () => {
  for (const id of ["x", "0".repeat(64), `${"0".repeat(64)}-1`, "%E0%A4%A"]) {
    assertProblem(await worker.ask("GET", `/transfers/${id}`), 404, "transfer-not-found");
    assertProblem(await worker.ask("DELETE", `/transfers/${id}`), 404, "transfer-not-found");
  }
});

test("events of a call that nobody transfers leave no trace", async () => {
  assertProblem(await worker.ask("POST", "/calls/call-1/events", { body: { type: "x" } }), 404, "no-transfer");
  assert.deepEqual(await worker.journal("call:call-1"), {});
});

test("an idempotency key that is none", async () => {
  for (const bad of ['""', "a b", "x".repeat(256)]) assertProblem(await post(toBilling("call-1"), { "idempotency-key": bad }), 400, "invalid-id");
});

test("nothing of all this reached the platform, and no answer showed a secret", async () => {
  assert.deepEqual(platform.seen, []);
  const { text } = await post({ call: secret, to: { queue: key } });
  assert.ok(!text.includes(secret) && !text.includes(key));
});
