// Transfers by policies with conditions: the plan comes from the decision engine, which is another binary.

import assert from "node:assert/strict";
import { test } from "node:test";
import { checkPolicy, decide } from "../../pkg/dist/node.js";
import { ann, billing, bob, centre, connected, overflow, settled, toBilling } from "./support.mjs";

/** What the first founding document does: another queue that is open and staffed, else the mailbox. */
const FALLBACK = {
  steps: [
    {
      id: "overflow",
      to: { queue: overflow },
      when: { all: [{ fact: "accepts", is: true }, { fact: "agentsAvailable", atLeast: 1 }] },
      ifUnknown: "skip",
      ifStale: "skip",
    },
    { id: "voicemail", to: { extension: "999" } },
  ],
};

/** Nobody is free in the queue that is asked for; `free` of them in the other. */
async function busy(free) {
  const sim = await centre();
  sim.setAgent({ agent: ann, status: "OFFLINE" });
  const agents = Array.from({ length: free }, () => ({ id: bob, status: "AVAILABLE" }));
  sim.addQueue({ id: overflow, campaign: "ACTIVE", agents });
  return sim;
}

for (const [free, step] of [[1, "overflow"], [0, "voicemail"]]) {
  test(`with ${free} free agents elsewhere the call goes to ${step}`, async () => {
    const events = [];
    const patchcord = await connected(await busy(free), { policy: FALLBACK, onEvent: (event) => events.push(event) });
    const outcome = await settled(patchcord.transfer(toBilling));
    assert.deepEqual([outcome.status, outcome.step, outcome.attempts], ["connected", step, 1]);
    const decided = events.filter(({ type }) => type === "decided");
    assert.deepEqual(decided[0].plan, ["primary", "voicemail"]);
    assert.match(decided[0].policy, /^[0-9a-f]{64}$/);
    assert.equal(decided[0].policy, decide(FALLBACK, { now: 0 }).hashes.policy);
    if (free === 0) assert.match(outcome.steps[1].reason.evidence, /^condition-not-met \{.*"agentsAvailable"/);
  });
}

test("what the host tells decides too, to the last digit of a fraction", async () => {
  const policy = {
    steps: [
      { id: "gold", to: { queue: overflow }, when: { fact: "breachShare", atMost: 0.123456789012345678 }, ifUnknown: "skip", ifStale: "skip" },
      { id: "voicemail", to: { extension: "999" } },
    ],
  };
  for (const [breachShare, step] of [[0.123456789012345678, "gold"], [0.12345678901234569, "voicemail"]]) {
    const patchcord = await connected(await busy(1), { policy });
    const outcome = await settled(patchcord.transfer(toBilling, { inputs: { queues: { [overflow]: { breachShare } } } }));
    assert.equal(outcome.step, step);
  }
});

test("one call may bring conditions of its own", async () => {
  const patchcord = await connected(await busy(1), { policy: { steps: [{ id: "voicemail", to: { extension: "999" } }] } });
  const outcome = await settled(patchcord.transfer(toBilling, { policy: FALLBACK }));
  assert.equal(outcome.step, "overflow");
});

test("a run that is written down goes on by its policy elsewhere", async () => {
  const sim = await busy(1);
  const policy = { ...FALLBACK, safe: { id: "safe", to: { extension: "1" } } };
  const patchcord = await connected(sim, { policy });
  let snapshot;
  const run = patchcord.start(toBilling, {
    onEvent: ({ type }) => {
      if (type !== "step-skipped" || snapshot) return;
      snapshot = run.snapshot();
      run.cancel();
    },
  });
  assert.equal((await settled(run.outcome)).status, "cancelled");
  const other = await connected(sim);
  assert.equal((await settled(other.resume(snapshot).outcome)).step, "overflow");
});

test("a policy is refused with its findings, before anything is sent", async () => {
  const bad = { steps: [{ ...FALLBACK.steps[0], when: { fact: "agentsAvailabel", atLeast: 1 } }, { id: "back", to: { callback: billing }, last: true }] };
  const refusal = { name: "PatchcordError", code: "invalid-input" };
  await assert.rejects(connected(await centre(), { policy: bad }), (error) => {
    assert.equal(error.code, refusal.code);
    assert.deepEqual(error.report.issues.map(({ code, path }) => [code, path]), [["unknown-name", "$.policy.steps[0].when.fact"]]);
    assert.match(error.hint, /agentsAvailable/);
    return true;
  });
  await assert.rejects(connected(await centre(), { policy: { steps: [bad.steps[1]] } }), (error) => {
    assert.deepEqual(error.report.issues.map(({ code, path }) => [code, path]), [["not-supported", "$.policy.steps[0].to"]]);
    return true;
  });
  const patchcord = await connected(await centre());
  assert.throws(() => patchcord.start(toBilling, { policy: bad }), refusal);
  assert.throws(() => patchcord.start(toBilling, { inputs: 7 }), { code: "wrong-type", path: "$.inputs" });
});

test("inputs that make no sense leave the safe end, and harm nothing", async () => {
  for (const inputs of [{ path: 7 }, { queues: [], facts: "no" }, { now: "yesterday" }, { path: [{ to: { queue: overflow }, final: true }] }]) {
    const patchcord = await connected(await busy(1), { policy: FALLBACK });
    const outcome = await settled(patchcord.transfer(toBilling, { inputs }));
    assert.equal(outcome.status === "connected" || outcome.status === "refused", true, JSON.stringify(outcome.reasons));
  }
});

test("a check of a policy with conditions tells what can be told before it runs", () => {
  const steps = [{ id: "all", to: { extension: "1" }, last: true }, ...FALLBACK.steps];
  assert.deepEqual(checkPolicy("cxone-v2", FALLBACK), { ok: true, issues: [] });
  const { ok, issues } = checkPolicy("cxone-v2", { steps });
  assert.equal(ok, false);
  assert.ok(issues.some(({ path }) => path.startsWith("$.steps[1]")), JSON.stringify(issues));
});
