// Tokens by client credentials, against an endpoint over real HTTP.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, beforeEach, test } from "node:test";
import { inspect } from "node:util";
import { clientCredentials, createPatchcord, PatchcordError } from "../../pkg/dist/node.js";
import { secret as clientSecret, settled, shown } from "./support.mjs";

const clientId = "client-1@Vendor";

/** How the next requests are answered; the last answer stays. */
let answers;
let asked;
let origin;
const server = createServer((request, response) => {
  let body = "";
  request.on("data", (part) => (body += part));
  request.on("end", () => {
    asked.push({ method: request.method, path: request.url, headers: request.headers, form: Object.fromEntries(new URLSearchParams(body)) });
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    if (answer === "silence") return;
    const { status = 200, headers = {}, json, text } = answer;
    response.writeHead(status, headers).end(text ?? JSON.stringify(json));
  });
});

before(() => new Promise((listening) => server.listen(0, "127.0.0.1", listening)).then(() => (origin = `http://127.0.0.1:${server.address().port}`)));
after(() => new Promise((closed) => (server.close(closed), server.closeAllConnections())));
beforeEach(() => {
  asked = [];
  answers = [1, 2, 3, 4, 5].map((n) => granted(`token-${n}`));
});

const granted = (access_token, expires_in = 3_600) => ({ json: { access_token, token_type: "Bearer", expires_in } });

/** A clock that is set by hand. Its sleeps end when they are cancelled, or when `ring` is called. */
function handClock() {
  const wakes = new Set();
  return {
    at: 1_000_000,
    now() {
      return this.at;
    },
    sleep: (ms, signal) => new Promise((woken) => (wakes.add(woken), signal.addEventListener("abort", woken))),
    ring: () => wakes.forEach((wake) => wake()),
  };
}

const tokens = (options = {}) => clientCredentials({ tokenUrl: `${origin}/api/v2/oauth/token`, clientId, clientSecret, ...options });
const ask = (token, refresh = false) => settled(Promise.resolve(token({ refresh })));

const FOUNDING = [
  ["seeds/0: a Basic header that is encoded, and no scope", { path: "/api/v2/oauth/token", auth: "basic" }],
  ["seeds/1: the form's fields, and no scope", { path: "/oauth/token", auth: "body" }],
  ["seeds/2: the form's fields with scopes", { path: "/api/v2/oauth/token", auth: "body", scope: "routing:queues:write routing:queues:read" }],
  ["seeds/3: another path", { path: "/v2/oauth/token", auth: "body" }],
  ["seeds/4: scopes as a list", { path: "/oauth/token", auth: "body", scope: ["cti:calls:read", "cti:calls:write", "cti:bridge:write"] }],
];

for (const [name, { path, auth, scope }] of FOUNDING) {
  test(`a token is asked for as the founding documents do: ${name}`, async () => {
    assert.equal(await ask(tokens({ tokenUrl: `${origin}${path}`, auth, scope })), "token-1");
    const [{ method, path: at, headers, form }] = asked;
    assert.deepEqual([method, at, headers["content-type"]], ["POST", path, "application/x-www-form-urlencoded"]);
    const fields = auth === "body" ? { client_id: clientId, client_secret: clientSecret } : {};
    const scopes = scope === undefined ? {} : { scope: [scope].flat().join(" ") };
    assert.deepEqual(form, { grant_type: "client_credentials", ...fields, ...scopes });
    const basic = auth === "basic" ? `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}` : undefined;
    assert.equal(headers.authorization, basic);
  });
}

test("a secret that is not ASCII is encoded as UTF-8", async () => {
  await ask(tokens({ clientSecret: "pässwörd-€" }));
  assert.equal(Buffer.from(asked[0].headers.authorization.slice(6), "base64").toString(), `${clientId}:pässwörd-€`);
});

test("a token is kept until 60 s before it ends", async () => {
  const clock = handClock();
  const token = tokens({ clock });
  assert.equal(await ask(token), "token-1");
  clock.at += 3_539_999;
  assert.equal(await ask(token), "token-1");
  clock.at += 1;
  assert.equal(await ask(token), "token-2");
  assert.equal(asked.length, 2);
});

test("those who ask at once share one request", async () => {
  const token = tokens();
  const all = await Promise.all(Array.from({ length: 20 }, () => ask(token)));
  assert.deepEqual(new Set(all), new Set(["token-1"]));
  assert.equal(asked.length, 1);
});

test("a token that the platform refused is dropped, and what was asked for before does not come back", async () => {
  const token = tokens();
  const old = ask(token);
  const fresh = await ask(token, true);
  await old;
  assert.equal(asked.length, 2);
  assert.equal(await ask(token), fresh, "the fresh one is kept");
  assert.notEqual(await ask(token, true), fresh);
});

test("a token whose end nobody tells is asked for each time; an end in quotes counts", async () => {
  answers = [{ json: { access_token: "endless" } }];
  const token = tokens();
  await ask(token);
  await ask(token);
  assert.equal(asked.length, 2);
  answers = [{ json: { access_token: "quoted", expires_in: "3600" } }];
  await ask(token);
  await ask(token);
  assert.equal(asked.length, 3);
});

test("an endpoint that never answers is given up, and the next who asks asks anew", async () => {
  answers = ["silence", granted("late")];
  const clock = handClock();
  const token = tokens({ clock });
  const waiting = ask(token);
  setTimeout(() => clock.ring(), 50);
  await assert.rejects(waiting, { name: "PatchcordError", code: "no-token", message: "the token endpoint did not answer in time" });
  assert.equal(await ask(token), "late");
});

test("a fetch that settles never, throws or gives nonsense hangs nobody", async () => {
  for (const fetch of [() => { throw new Error(clientSecret); }, async () => undefined, async () => ({ ok: true, text: async () => { throw clientSecret; } }), () => Promise.reject(clientSecret)]) {
    const error = await ask(tokens({ fetch })).then(() => assert.fail("no token"), (thrown) => thrown);
    assert.equal(error.code, "no-token");
    assert.ok(!`${shown(error)} ${inspect(error)}`.includes(clientSecret), "no secret is told");
  }
});

const REFUSALS = [
  [{ status: 401, json: { error: "invalid_client" } }, "the token endpoint answered 401: invalid_client"],
  [{ status: 400, json: { error: "invalid_scope" } }, "the token endpoint answered 400: invalid_scope"],
  [{ status: 400, json: { error: clientSecret } }, "the token endpoint answered 400"],
  [{ status: 429, headers: { "retry-after": "3" }, text: "" }, "the token endpoint answered 429"],
  [{ status: 500, text: `<html>${clientSecret}` }, "the token endpoint answered 500"],
  [{ text: "not json" }, "the token endpoint gave no access_token"],
  [{ json: { access_token: 7 } }, "the token endpoint gave no access_token"],
  [{ json: null }, "the token endpoint gave no access_token"],
];

for (const [answer, message] of REFUSALS) {
  test(`what the endpoint refuses is told without its words: ${message}`, async () => {
    answers = [answer, granted("after-all")];
    const token = tokens({ auth: "body" });
    const error = await ask(token).then(() => assert.fail("no token"), (thrown) => thrown);
    assert.ok(error instanceof PatchcordError);
    assert.deepEqual([error.code, error.message], ["no-token", message]);
    assert.ok(!`${shown(error)} ${inspect(error)}`.includes(clientSecret));
    assert.equal(await ask(token), "after-all", "the next one asks anew");
  });
}

test("the secret does not follow where the endpoint sends us on", async () => {
  answers = [{ status: 307, headers: { location: `${origin}/elsewhere` }, text: "" }];
  await assert.rejects(ask(tokens({ auth: "body" })), { code: "no-token", message: "the token endpoint answered 307" });
  assert.deepEqual(asked.map(({ path }) => path), ["/api/v2/oauth/token"]);
});

for (const [name, options, refusal] of [
  ["no address", { tokenUrl: "/oauth/token" }, { code: "invalid-url", path: "$.tokenUrl" }],
  ["an address with a password", { tokenUrl: "https://me:secret@a.example/t" }, { code: "invalid-url", path: "$.tokenUrl" }],
  ["no secret", { clientSecret: undefined }, { code: "missing-field", path: "$.clientSecret" }],
  ["a secret that is none", { clientSecret: 7 }, { code: "wrong-type", path: "$.clientSecret" }],
  ["a colon in a Basic header", { clientId: "a:b" }, { code: "invalid-id", path: "$.clientId" }],
  ["a way that there is not", { auth: "header" }, { code: "unknown-value", path: "$.auth" }],
  ["a scope that is none", { scope: ["a", 7] }, { code: "wrong-type", path: "$.scope[1]" }],
  ["a field that nobody reads", { clientsecret: "x" }, { code: "unknown-field", path: "$.clientsecret", hint: "did you mean `clientSecret`?" }],
]) {
  test(`options are refused: ${name}`, () => {
    assert.throws(() => tokens(options), { name: "PatchcordError", ...refusal });
  });
}

test("a platform that refuses the token once gets a fresh one, and a run tells why there is none", async () => {
  const bearers = [];
  const fetch = async (request) => {
    bearers.push(request.headers.get("authorization"));
    if (bearers.length === 1) return new Response("", { status: 401 });
    return Response.json(request.url.includes("campaigns") ? [{ status: "ACTIVE" }] : []);
  };
  const queue = "b1111111-1111-4111-8111-11111111111b";
  const options = { profile: "cxone-v2", baseUrl: "https://na1.example.com", fetch };
  const patchcord = await createPatchcord({ ...options, token: tokens() });
  await settled(patchcord.eligibility({ queue }));
  assert.deepEqual(new Set(bearers), new Set(["Bearer token-1", "Bearer token-2"]));
  answers = [{ status: 401, json: { error: "invalid_client" } }];
  const refused = await createPatchcord({ ...options, token: tokens() });
  await assert.rejects(settled(refused.eligibility({ queue })), {
    code: "no-answer",
    message: /the token function failed \(the token endpoint answered 401: invalid_client\)/,
  });
});
