// Operations through the edge worker: with the token that it fetches by client credentials, and once for each key.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, beforeEach, test } from "node:test";
import { key, startWorker } from "./support.mjs";

const clientSecret = "s3cr3t-of-the-client";
const call = { callerNumber: "+15550100001", calledNumber: "+15550100002", flow: "flow-1" };

let asked;
/** How the next requests are answered, but for those for a token. */
let answer;
let platform;
let worker;
const server = createServer(async (incoming, response) => {
  const { method, url: path, headers } = incoming;
  let body = "";
  for await (const part of incoming) body += part;
  asked.push({ method, path, authorization: headers.authorization, body });
  const token = { access_token: `token-${asked.filter((it) => it.path === "/oauth/token").length}`, expires_in: 3_600 };
  const { status = 200, json = {} } = path === "/oauth/token" ? { json: token } : await answer(asked.at(-1));
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(json));
});

before(async () => {
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  platform = { url: `http://127.0.0.1:${server.address().port}` };
  worker = await startWorker({
    platform,
    bindings: {
      PATCHCORD_TOKEN: undefined,
      PATCHCORD_TOKEN_URL: `${platform.url}/oauth/token`,
      PATCHCORD_CLIENT_ID: "client-1",
      PATCHCORD_CLIENT_SECRET: clientSecret,
      PATCHCORD_SCOPE: "health:read personal-connection:write",
    },
  });
});
after(async () => {
  await worker?.dispose();
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  asked = [];
  answer = () => ({ json: { status: "UP" } });
});

const ask = (name, body, headers) => worker.ask("POST", `/operations/${name}`, { body, headers });
const calls = () => asked.filter(({ path }) => path.includes("personal-connection"));

test("an operation is sent with a token by client credentials, which many share", async () => {
  const answers = await Promise.all(Array.from({ length: 5 }, () => ask("health", {})));
  for (const { status, body } of answers) assert.deepEqual([status, body.status, body.answer], [200, "done", { status: "UP" }]);
  const tokens = asked.filter(({ path }) => path === "/oauth/token");
  assert.equal(tokens.length, 1);
  assert.equal(tokens[0].authorization, `Basic ${btoa(`client-1:${clientSecret}`)}`);
  assert.deepEqual(Object.fromEntries(new URLSearchParams(tokens[0].body)), { grant_type: "client_credentials", scope: "health:read personal-connection:write" });
  assert.deepEqual(new Set(asked.filter(({ path }) => path === "/api/v2/health").map(({ authorization }) => authorization)), new Set(["Bearer token-1"]));
});

test("a token that is refused is fetched anew", async () => {
  let refused = 0;
  answer = () => (refused++ === 0 ? { status: 401 } : { json: { status: "UP" } });
  const { body } = await ask("health", {});
  assert.deepEqual([body.status, body.attempts], ["done", 2]);
  assert.equal(asked.filter(({ path }) => path === "/oauth/token").length, 1);
});

test("what the platform refuses is an outcome, and tells no secret", async () => {
  answer = () => ({ status: 400, json: { message: "Invalid Flow ID" } });
  const { status, body, text } = await ask("personal-connection", call);
  assert.deepEqual([status, body.status, body.problem.report.issues[0].code], [200, "refused", "invalid-flow"]);
  assert.ok(!text.includes(clientSecret) && !text.includes("token-"));
});

test("under a key a call is placed once, however often it is asked for", async () => {
  answer = async () => (await new Promise((wait) => setTimeout(wait, 50)), { json: { callId: "c-1", status: "queued" } });
  const headers = { "idempotency-key": "key-1" };
  const [first, second] = await Promise.all([ask("personal-connection", call, headers), ask("personal-connection", call, headers)]);
  const third = await ask("personal-connection", call, headers);
  for (const { status, body } of [first, second, third]) assert.deepEqual([status, body.status, body.answer.call], [200, "done", "c-1"]);
  assert.equal(calls().length, 1);
  const other = await ask("personal-connection", { ...call, flow: "flow-2" }, headers);
  assert.deepEqual([other.status, other.body.code], [422, "idempotency-key-reused"]);
  assert.equal(calls().length, 1);
});

test("an answer that is lost is an unknown outcome, and the key does not place the call again", async () => {
  answer = () => ({ status: 500 });
  const headers = { "idempotency-key": "key-2" };
  for (let n = 0; n < 2; n += 1) {
    const { body } = await ask("personal-connection", call, headers);
    assert.equal(body.status, "unknown");
  }
  assert.equal(calls().length, 1);
});

for (const [what, name, body, status, code] of [
  ["no operation", "dance", {}, 404, "operation-not-found"],
  ["a transfer, which has a path of its own", "transfer", {}, 404, "operation-not-found"],
  ["an operation of another platform", "conversation", { call: "c" }, 404, "operation-not-found"],
  ["an input with findings", "personal-connection", { ...call, calledNumber: "0555" }, 400, "invalid-phone"],
  ["no object", "health", "[]", 400, "wrong-type"],
  ["no JSON", "health", "{", 400, "invalid-json"],
]) {
  test(`it refuses ${what}`, async () => {
    const found = await worker.ask("POST", `/operations/${name}`, { body, headers: { "content-type": "application/json" } });
    assert.deepEqual([found.status, found.body.code], [status, code]);
    assert.deepEqual(asked, []);
  });
}

test("nobody without the key asks anything", async () => {
  const { status } = await ask("health", {}, { authorization: `Bearer not-${key}` });
  assert.equal(status, 401);
  assert.deepEqual(asked, []);
});

test("bindings that are missing or too many are named, and no value is shown", async () => {
  for (const [bindings, word] of [
    [{ PATCHCORD_TOKEN: "t", PATCHCORD_TOKEN_URL: platform.url }, "not both"],
    [{ PATCHCORD_TOKEN: undefined, PATCHCORD_TOKEN_URL: platform.url, PATCHCORD_CLIENT_ID: "c" }, "PATCHCORD_CLIENT_SECRET"],
    [{ PATCHCORD_TOKEN: undefined, PATCHCORD_TOKEN_URL: "nowhere", PATCHCORD_CLIENT_ID: "c", PATCHCORD_CLIENT_SECRET: clientSecret }, "PATCHCORD_TOKEN_URL"],
  ]) {
    const wrong = await startWorker({ platform, bindings });
    const { status, body, text } = await wrong.ask("GET", "/");
    await wrong.dispose();
    assert.deepEqual([status, body.code], [503, "not-configured"]);
    assert.ok(body.detail.includes(word), body.detail);
    assert.ok(!text.includes(clientSecret));
  }
});
