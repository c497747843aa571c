// Every promise settles, whatever fetch and token do.

import assert from "node:assert/strict";
import { test } from "node:test";
import { centre, connected, secret, settled, shown, toBilling } from "./support.mjs";

const never = () => new Promise(() => {});
const answer = (body, init) => new Response(body, init);
const endless = () => new ReadableStream({ pull: never });
const broken = () => new ReadableStream({ pull: (to) => to.error("cut off") });
const withBody = (read) => Object.assign(answer("{}"), { arrayBuffer: read });

const HOSTILE_FETCHES = {
  "never answers": never,
  "throws": () => {
    throw new Error("no network");
  },
  "rejects with an error": () => Promise.reject(new TypeError("fetch failed", { cause: new Error("ECONNRESET") })),
  "rejects with a string": () => Promise.reject("no network"),
  "rejects with null": () => Promise.reject(null),
  "rejects with undefined": () => Promise.reject(undefined),
  "rejects with an object that can't be printed": () => Promise.reject(Object.create(null)),
  "rejects with an AbortError of its own": () => Promise.reject(new DOMException("aborted", "AbortError")),
  "quotes the token in its error": (request) => Promise.reject(`refused: ${request.headers.get("authorization")}`),
  "resolves to undefined": async () => undefined,
  "resolves to null": async () => null,
  "resolves to a string": async () => "200 OK",
  "resolves to an object that is no Response": async () => ({ ok: true, status: 200, json: async () => ({}) }),
  "returns something that is no promise": () => 42,
  "resolves to a Response of status 0": async () => Response.error(),
  "resolves to a Response whose body never ends": async () => answer(endless()),
  "resolves to a Response whose body breaks off": async () => answer(broken()),
  "resolves to a Response whose body was read": async () => {
    const response = answer("{}");
    await response.text();
    return response;
  },
  "resolves to a Response whose body throws": async () =>
    withBody(() => {
      throw new Error("no body");
    }),
  "resolves to a Response whose body rejects with a string": async () => withBody(() => Promise.reject("no body")),
  "resolves to a Response whose body rejects with null": async () => withBody(() => Promise.reject(null)),
  "resolves to a Response whose body is text": async () => withBody(async () => "{}"),
  "resolves to a Response whose body is a huge number": async () => withBody(async () => 4_000_000_000),
  "answers with no JSON": async () => answer("<html>busy</html>", { status: 200 }),
  "answers with 500": async () => answer("", { status: 500 }),
  "answers with an empty 204": async () => answer(null, { status: 204 }),
};

for (const [what, fetch] of Object.entries(HOSTILE_FETCHES)) {
  test(`a run comes to its outcome when fetch ${what}`, async () => {
    const sim = await centre();
    const events = [];
    let writes = 0;
    const patchcord = await connected(sim, {
      fetch: (request) => {
        if (request.method === "POST") writes += 1;
        return fetch(request);
      },
      onEvent: (event) => events.push(event),
    });
    const outcome = await settled(patchcord.transfer(toBilling));
    assert.ok(["failed", "refused", "unresolved"].includes(outcome.status), `ended ${outcome.status}`);
    assert.equal(events.filter(({ type }) => type === "ended").length, 1);
    assert.ok(writes <= 2, `sent ${writes} transfers into the dark`);
    assert.ok(!shown([outcome, events]).includes(secret), "the token shows");
  });

  test(`a question about a queue settles when fetch ${what}`, async () => {
    const patchcord = await connected(await centre(), { fetch });
    const end = await settled(patchcord.eligibility(toBilling.to)).catch((error) => error);
    if (end instanceof Error) assert.ok(["no-answer", "platform-refused"].includes(end.code), end.code);
    else assert.equal(end.eligible, false);
    assert.ok(!shown(end).includes(secret), "the token shows");
  });

  test(`a transfer that fetch ${what} to after the platform took it is looked into and never sent twice`, async () => {
    const sim = await centre();
    const patchcord = await connected(sim, {
      fetch: async (request) => {
        const real = await sim.fetch(request.clone());
        return request.method === "POST" ? fetch(request) : real;
      },
    });
    const outcome = await settled(patchcord.transfer(toBilling));
    assert.equal(sim.transfers("call-1"), 1);
    assert.equal(outcome.status, "connected");
  });
}

const HOSTILE_TOKENS = {
  "never settles": never,
  "throws": () => {
    throw new Error(`expired: ${secret}`);
  },
  "rejects with an error": () => Promise.reject(new Error(`expired: ${secret}`)),
  "rejects with a string": () => Promise.reject(secret),
  "rejects with null": () => Promise.reject(null),
  "gives undefined": () => undefined,
  "gives a number": () => 42,
  "gives an empty string": () => "",
  "gives a line break": () => `${secret}\r\nx-injected: 1`,
  "gives a space": () => `${secret} ${secret}`,
};

for (const [what, token] of Object.entries(HOSTILE_TOKENS)) {
  test(`nothing is sent and the run ends refused when the token function ${what}`, async () => {
    const sim = await centre();
    let sent = 0;
    const events = [];
    const patchcord = await connected(sim, {
      token,
      fetch: (request) => {
        sent += 1;
        return sim.fetch(request);
      },
      onEvent: (event) => events.push(event),
    });
    const outcome = await settled(patchcord.transfer(toBilling));
    assert.equal(outcome.status, "refused");
    assert.equal(sent, 0);
    assert.ok(events.some(({ type }) => type === "request-not-sent"));
    assert.ok(!shown([outcome, events]).includes(secret), "the token shows");
  });

  test(`a question about a queue says that it got no answer when the token function ${what}`, async () => {
    const patchcord = await connected(await centre(), { token });
    const error = await settled(patchcord.eligibility(toBilling.to)).then(assert.fail, (thrown) => thrown);
    assert.equal(error.code, "no-answer");
    assert.ok(!shown(error).includes(secret), "the token shows");
  });
}

test("a token that comes after its request was given up sends nothing", async () => {
  const sim = await centre();
  const late = [];
  let sent = 0;
  const patchcord = await connected(sim, {
    token: () => new Promise((resolve) => late.push(resolve)),
    fetch: (request) => {
      sent += 1;
      return sim.fetch(request);
    },
  });
  const outcome = await settled(patchcord.transfer(toBilling));
  assert.equal(outcome.status, "refused");
  assert.ok(late.length > 0);
  for (const resolve of late) resolve(secret);
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(sent, 0);
});

test("an answer that comes after its request was given up changes nothing", async () => {
  const sim = await centre();
  const late = [];
  const patchcord = await connected(sim, { fetch: () => new Promise((resolve) => late.push(resolve)) });
  const run = patchcord.start(toBilling);
  const outcome = await settled(run.outcome);
  for (const resolve of late) resolve(Response.json({ state: "CONNECTED" }));
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(await run.outcome, outcome);
  assert.notEqual(outcome.status, "connected");
});

test("a request is aborted when its time is up", async () => {
  const sim = await centre();
  const asked = [];
  const patchcord = await connected(sim, {
    fetch({ signal }) {
      const at = sim.clock.now();
      asked.push(new Promise((resolve) => signal.addEventListener("abort", () => resolve(sim.clock.now() - at))));
      return never();
    },
  });
  await settled(patchcord.transfer(toBilling));
  assert.ok(asked.length > 0);
  const first = await settled(asked[0]);
  assert.ok(first >= 1_000 && first <= 60_000, `aborted after ${first} ms`);
});

test("requests under way are aborted when the run is over", async () => {
  const signals = [];
  const patchcord = await connected(await centre(), {
    fetch({ signal }) {
      signals.push(signal);
      run.callerLeft();
      return never();
    },
  });
  const run = patchcord.start(toBilling);
  assert.equal((await settled(run.outcome)).status, "caller-left");
  assert.ok(signals.length > 0);
  assert.ok(signals.every(({ aborted }) => aborted));
});
