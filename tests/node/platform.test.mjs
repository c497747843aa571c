// Runs and questions against a platform that is not at its best: policies, eligibility, breaker, retries, secrets.

import assert from "node:assert/strict";
import { test } from "node:test";
import { systemClock } from "../../pkg/dist/clock.js";
import { billing, centre, connected, overflow, secret, settled, shown, toBilling } from "./support.mjs";

test("a policy's settings may be replaced for one call", async () => {
  const sim = await centre();
  sim.addCall({ id: "call-2" });
  sim.addFault({ operation: "call", times: 1000, status: 503 });
  const patchcord = await connected(sim, { policy: { steps: [{ id: "voicemail", to: { extension: "999" } }], budgetSeconds: 60 } });
  const usual = await settled(patchcord.transfer(toBilling));
  const hurried = await settled(patchcord.transfer({ ...toBilling, call: "call-2" }, { policy: { budgetSeconds: 20 } }));
  assert.deepEqual(usual.steps.map(({ id }) => id), ["primary", "voicemail"]);
  assert.deepEqual(hurried.steps.map(({ id }) => id), ["primary", "voicemail"]);
  assert.ok(hurried.took <= 20_000 && usual.took > 20_000, `${hurried.took} and ${usual.took} ms`);
});

test("a queue that can't take the call is skipped for the next step of the policy", async () => {
  const sim = await centre();
  sim.addQueue({ id: overflow, campaign: "INACTIVE", agents: [] });
  const patchcord = await connected(sim, { policy: { steps: [{ id: "voicemail", to: { extension: "999" } }] } });
  const outcome = await settled(patchcord.transfer({ call: "call-1", to: { queue: overflow } }));
  assert.deepEqual([outcome.status, outcome.step], ["connected", "voicemail"]);
  assert.equal(outcome.steps[0].reason.code, "no-active-campaign");
});

test("eligibility is asked of the platform, and a token is refreshed once when it was refused", async () => {
  const sim = await centre();
  const asks = [];
  const token = ({ refresh }) => {
    asks.push(refresh);
    return secret;
  };
  const patchcord = await connected(sim, { token });
  const free = await settled(patchcord.eligibility({ queue: billing }));
  assert.deepEqual([free.eligible, free.available, asks], [true, 1, [false, false]]);
  sim.addFault({ operation: "agents", status: 401 });
  assert.equal((await settled(patchcord.eligibility({ queue: billing }))).eligible, true);
  assert.deepEqual(asks.slice(2), [false, false, true]);
  assert.equal((await settled(patchcord.eligibility({ extension: "999" }))).eligible, true);
  assert.equal(asks.length, 5, "an extension needs no question");
});

test("a question that is forbidden names the scope that the token lacks", async () => {
  const sim = await centre();
  sim.addFault({ operation: "campaigns", status: 403 });
  const error = await settled((await connected(sim)).eligibility({ queue: billing })).then(assert.fail, (thrown) => thrown);
  assert.equal(error.code, "platform-refused");
  assert.match(error.hint, /voice:campaign:read/);
});

test("a question can be cancelled", async () => {
  const controller = new AbortController();
  const patchcord = await connected(await centre(), { fetch: () => new Promise(() => {}), clock: systemClock });
  const asked = patchcord.eligibility({ queue: billing }, { signal: controller.signal });
  controller.abort();
  await assert.rejects(settled(asked), { code: "cancelled" });
  await assert.rejects(settled(patchcord.eligibility({ queue: billing }, { signal: AbortSignal.abort() })), { code: "cancelled" });
});

test("neither the token nor a phone number shows in events, outcome or snapshot", async () => {
  const phone = "+15550100123";
  const sim = await centre();
  const seen = [];
  const patchcord = await connected(sim, { onEvent: (event) => seen.push(event) });
  const run = patchcord.start({ call: "call-1", to: { phone }, callbackNumber: "+15550100456" });
  const outcome = await settled(run.outcome);
  assert.equal(outcome.status, "connected");
  assert.ok(!shown([seen, outcome]).includes("0100123"));
  assert.ok(!shown([seen, outcome]).includes("0100456"));
  assert.ok(!shown([seen, outcome, run.snapshot()]).includes(secret));
});

test("a platform that failed again and again is left alone by the next run too", async () => {
  const sim = await centre();
  sim.addCall({ id: "call-2" });
  const patchcord = await connected(sim, { fetch: async () => new Response("", { status: 503 }), policy: { steps: [], budgetSeconds: 60 } });
  const first = await settled(patchcord.transfer(toBilling));
  const asked = [];
  await settled(patchcord.transfer({ ...toBilling, call: "call-2" }, { onEvent: (event) => asked.push(event) }));
  assert.ok(first.breaker.failures > 0);
  const sent = asked.find(({ type }) => type === "request-sent");
  assert.ok(!sent || sent.at - asked[0].at >= 1_000, "the next run did not wait");
});

test("a seed repeats its pauses, and each run of one seed has pauses of its own", async () => {
  const pauses = async () => {
    const sim = await centre();
    sim.addCall({ id: "call-2" });
    sim.addFault({ operation: "call", times: 1000, status: 429 });
    const patchcord = await connected(sim, { seed: 42, policy: { steps: [], budgetSeconds: 30 } });
    const waits = [];
    for (const call of ["call-1", "call-2"]) {
      const own = [];
      await settled(patchcord.transfer({ ...toBilling, call }, { onEvent: ({ type, at, until }) => type === "retry-scheduled" && own.push(until - at) }));
      waits.push(own.slice(0, 2));
    }
    return waits;
  };
  const [first, second] = [await pauses(), await pauses()];
  assert.ok(first[0].length > 0, "it paused");
  assert.deepEqual(first, second);
  assert.notDeepEqual(first[0], first[1]);
});
