// The worker is configured by bindings. What is missing or wrong is named; no value is shown.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { key, rest, secret, startPlatform, startWorker, toBilling } from "./support.mjs";

let platform, worker;
before(async () => {
  platform = await startPlatform();
  worker = await startWorker({ platform });
});
after(async () => {
  await worker?.dispose();
  platform?.close();
});

const post = (bindings, headers = {}) =>
  worker.ask("POST", "/transfers", { body: { call: "c", to: {} }, headers: { ...headers, "test-bindings": JSON.stringify(bindings) } });

const wrong = [
  ["PATCHCORD_KEY", { PATCHCORD_KEY: "" }],
  ["PATCHCORD_KEY", { PATCHCORD_KEY: null, PATCHCORD_OPEN: "yes" }],
  ["PATCHCORD_PROFILE", { PATCHCORD_PROFILE: "" }],
  ["PATCHCORD_PROFILE", { PATCHCORD_PROFILE: "cxone" }],
  ["PATCHCORD_BASE_URL", { PATCHCORD_BASE_URL: "" }],
  ["PATCHCORD_BASE_URL", { PATCHCORD_BASE_URL: "na1.example.com" }],
  ["PATCHCORD_BASE_URL", { PATCHCORD_BASE_URL: `https://user:${secret}@na1.example.com` }],
  ["PATCHCORD_TOKEN", { PATCHCORD_TOKEN: "" }],
  ["PATCHCORD_TOKEN_SERVICE", { PATCHCORD_TOKEN_SERVICE: {} }],
  ["PATCHCORD_POLICY", { PATCHCORD_POLICY: "{" }],
  ["PATCHCORD_POLICY", { PATCHCORD_POLICY: "[]" }],
  ["PATCHCORD_POLICY", { PATCHCORD_POLICY: { steps: [{ id: "a", to: { queue: "x" } }] } }],
  ["PATCHCORD_MOUNT", { PATCHCORD_MOUNT: "cti" }],
  ["CALLS", { CALLS: null }],
];

for (const [name, bindings] of wrong) {
  test(`${JSON.stringify(bindings).replaceAll(secret, "…")} is a 503 that names ${name}`, async () => {
    const answer = await post(bindings);
    assert.equal(answer.status, 503, answer.text);
    assert.equal(answer.body.code, "not-configured");
    assert.ok(answer.body.detail.includes(name), answer.text);
    assert.ok(!answer.text.includes(secret) && !answer.text.includes(key), answer.text);
    const health = await worker.ask("GET", "/", { headers: { authorization: "", "test-bindings": JSON.stringify(bindings) } });
    assert.equal(health.status, 503, health.text);
    assert.equal(health.body.issues, undefined);
  });
}

test("a caller without the key is told nothing but that", async () => {
  for (const authorization of ["", "Bearer", "Bearer ", `Bearer ${key}x`, `Bearer ${key.slice(1)}`, `Basic ${key}`, key]) {
    for (const path of ["/transfers", "/nowhere"]) {
      const answer = await worker.ask("POST", path, { body: {}, headers: { authorization } });
      assert.deepEqual([answer.status, answer.body.code], [401, "unauthorized"], authorization);
      assert.match(answer.headers.get("www-authenticate"), /^Bearer/);
    }
  }
  assert.equal((await worker.ask("POST", "/transfers", { body: {}, headers: { authorization: `bearer ${key}` } })).status, 400);
});

test("an open worker asks for no key, unless it has one", async () => {
  assert.equal((await post({ PATCHCORD_KEY: "", PATCHCORD_OPEN: "true" }, { authorization: "" })).status, 400);
  assert.equal((await post({ PATCHCORD_OPEN: "true" }, { authorization: "" })).status, 401);
});

test("a worker that is mounted under a path serves nothing beside it", async () => {
  const headers = { "test-bindings": JSON.stringify({ PATCHCORD_MOUNT: "/cti/" }) };
  for (const path of ["/cti", "/cti/"]) assert.equal((await worker.ask("GET", path, { headers })).status, 200);
  for (const path of ["/", "/ctix", "/transfers"]) assert.equal((await worker.ask("GET", path, { headers })).status, 404);
});

test("tokens come from a service, are kept for their time, and fetched anew when the platform refuses one", async () => {
  const asked = [];
  const service = (request) => {
    asked.push(new URL(request.url).search);
    return Response.json({ access_token: `token-${asked.length}`, expires_in: 3600 });
  };
  const served = await startWorker({ platform, services: { PATCHCORD_TOKEN_SERVICE: service } });
  try {
    platform.seen.length = 0;
    platform.sim.addCall({ id: "call-token" });
    platform.sim.addFault({ operation: "transfer", call: "call-token", status: 401 });
    const { headers, text } = await served.ask("POST", "/transfers", { body: toBilling("call-token") });
    const { outcome } = await served.done(headers.get("location") ?? assert.fail(text));
    assert.equal(outcome.status, "connected");
    assert.deepEqual(asked, ["", "?refresh=true"]);
    const tokens = platform.seen.map(({ authorization }) => authorization);
    assert.deepEqual([...new Set(tokens)], ["Bearer token-1", "Bearer token-2"]);
    assert.equal(platform.sim.transfers("call-token"), 1);
  } finally {
    await served.dispose();
    await rest(0);
  }
});
