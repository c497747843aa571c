// Decisions through the package: the same bytes as the crate's.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { checkDecisionPolicy, comparePolicies, decide, readPolicy } from "../../pkg/dist/node.js";

const vectors = (file) => JSON.parse(readFileSync(new URL(`../vectors/decide/${file}`, import.meta.url), "utf8"));

for (const { name, policy, inputs, trace, decision } of vectors("decisions.json")) {
  test(`decided: ${name}`, () => {
    assert.equal(JSON.stringify(decide(policy, inputs, { trace })), decision);
    assert.equal(JSON.stringify(readPolicy(JSON.stringify(policy)).decide(JSON.stringify(inputs), { trace })), decision);
  });
}

for (const { name, policy, report = [] } of vectors("refused.json")) {
  test(`read: ${name}`, () => {
    if (report.length === 0) assert.ok(["transfer", "stay"].includes(readPolicy(policy).decide({}).verdict));
    else assert.throws(() => readPolicy(policy), { name: "PatchcordError", code: "invalid-input", path: report[0].path });
  });
}

for (const { name, policy, world, report } of vectors("checks.json")) {
  test(`checked: ${name}`, () => {
    const { issues } = checkDecisionPolicy(policy, { world });
    assert.deepEqual(issues.map(({ code, path }) => [code, path]), report.map(({ code, path }) => [code, path]));
  });
}

test("inputs that are nonsense leave the safe end", () => {
  const policy = readPolicy({ steps: [{ id: "voicemail", to: { voicemail: "care" } }] });
  for (const inputs of [{ now: "soon" }, { path: 7 }, "{", {}]) assert.equal(policy.decide(inputs).verdict, "transfer");
});

test("a policy's change is told by the decisions that differ", () => {
  const step = { id: "billing", to: { queue: "billing" }, when: { fact: "agentsAvailable", atLeast: 1 }, ifUnknown: "skip", ifStale: "skip" };
  const safe = { id: "voicemail", to: { voicemail: "care" } };
  const recorded = [0, 1, 2].map((agentsAvailable) => ({ now: 1774864800000, queues: { billing: { agentsAvailable } } }));
  const compared = comparePolicies({ steps: [step], safe }, { steps: [{ ...step, when: { ...step.when, atLeast: 2 } }], safe }, recorded);
  assert.deepEqual([compared.decisions, compared.same, compared.differences.map(({ at, change }) => [at, change])], [3, 2, [[1, "first"]]]);
  assert.throws(() => comparePolicies({ steps: [step], safe }, { steps: [step], safe }, "{}"), { code: "wrong-type" });
});

test("a trace that there is not is refused", () => {
  assert.throws(() => decide({ steps: [{ id: "voicemail", to: { voicemail: "care" } }] }, {}, { trace: "loud" }), { name: "PatchcordError", path: "$.trace" });
});
