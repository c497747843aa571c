// Who took the call, and why a transfer failed, as a host sees them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { createPatchcord, failureReason, PatchcordError } from "../../pkg/dist/node.js";
import { createSimulator } from "../../pkg/dist/simulator/node.js";
import { ann, billing, bob, overflow, settled } from "./support.mjs";

/** A transfer to billing, then to overflow, where billing behaves so; its outcome and its events. */
async function run(profile, queue) {
  const sim = await createSimulator({ seed: 7, profile });
  sim.addQueue({ id: billing, ...queue });
  sim.addQueue({ id: overflow, agents: [{ id: bob }] });
  sim.addCall({ id: "call-1", connectedTo: "me" });
  const policy = { steps: [{ id: "overflow", to: { queue: overflow } }], stepSeconds: 25 };
  const patchcord = await createPatchcord({ profile, policy, baseUrl: sim.baseUrl, token: () => "simulated", fetch: sim.fetch, clock: sim.clock });
  const outcome = await settled(patchcord.transfer({ call: "call-1", to: { queue: billing } }));
  return { outcome, kinds: outcome.audit.records.map(({ partyKind }) => partyKind).filter((kind) => kind !== undefined), call: sim.call("call-1") };
}

for (const profile of ["cxone-v2", "genesys-v2"]) {
  test(`${profile}: a machine in an agent's place is no success`, async () => {
    const { outcome, kinds, call } = await run(profile, { agents: [{ id: ann, answeredBy: "machine" }] });
    assert.deepEqual([outcome.status, outcome.step, outcome.agent, outcome.answeredBy], ["connected", "overflow", bob, "person"]);
    const { code, message } = outcome.steps[0].reason;
    assert.deepEqual([code, message], ["machine-answered", "A machine answered"]);
    assert.ok(kinds.includes("machine"), kinds.join());
    assert.equal(kinds.at(-1), "person");
    assert.ok(call.history.some(({ answeredBy }) => answeredBy === "machine"));
    assert.equal(call.answeredBy, "person");
  });

  test(`${profile}: a queue that ends in an IVR is no success`, async () => {
    const { outcome, kinds } = await run(profile, { agents: [{ id: ann, answers: false }], endsIn: "ivr", maxWaitSeconds: 5 });
    assert.deepEqual([outcome.status, outcome.step, outcome.steps[0].reason.code], ["connected", "overflow", "timed-out"]);
    assert.ok(kinds.includes("ivr"), kinds.join());
  });
}

test("what the platform says of a failure is the reason, with its evidence", async () => {
  const { outcome } = await run("cxone-v2", { agents: [{ id: ann, answers: false }] });
  const { code, evidence } = outcome.steps[0].reason;
  assert.deepEqual([code, evidence], ["no-answer", "no answer"]);
  const { retryable, next, blame, alert, agentReads, callerHears } = failureReason(code);
  assert.deepEqual([retryable, next, blame, alert], [false, "next-target", "target", false]);
  assert.deepEqual([agentReads, callerHears], [outcome.steps[0].reason.message, "I'm trying someone else for you."]);
});

test("codes of others mean reasons", () => {
  const told = (code, by) => { const { code: meant, evidence } = failureReason(code, by); return [meant, evidence]; };
  assert.deepEqual(told(486, "sip"), ["busy", "486"]);
  assert.deepEqual(told("17", "q850"), ["busy", "17"]);
  assert.deepEqual(told("transfer.noanswer", "genesys"), ["no-answer", "transfer.noanswer"]);
  assert.deepEqual(told("no route to +15550100000", "cxone"), ["transfer-failed", "[redacted]"]);
  assert.throws(() => failureReason("burnt"), (error) => error instanceof PatchcordError && error.code === "unknown-value");
});
