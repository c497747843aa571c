// Decisions through the package: the same bytes as the crate's.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { comparePolicies, decide, readPolicy } from "../../pkg/dist/node.js";
import { casesOf } from "../decide/cases.mjs";

const folder = new URL("../vectors/decide/", import.meta.url);
for (const file of readdirSync(folder)) {
  for (const [name, ask, wanted] of casesOf(file, readFileSync(new URL(file, folder), "utf8"))) {
    test(`${file}: ${name}`, () => assert.equal(ask(), wanted));
  }
}

test("inputs that are nonsense leave the safe end", () => {
  const policy = readPolicy({ steps: [{ id: "voicemail", to: { voicemail: "care" } }] });
  for (const inputs of [{ now: "soon" }, { path: 7 }, "{", {}]) assert.equal(policy.decide(inputs).verdict, "transfer");
});

test("facts that JSON cannot say are unknown, and keep nobody from a decision", () => {
  const step = { id: "billing", to: { queue: "billing" }, when: { fact: "expectedWaitSeconds", below: 60 }, ifUnknown: "skip", ifStale: "skip" };
  const policy = readPolicy({ steps: [step], safe: { id: "voicemail", to: { voicemail: "care" } } });
  const circle = {};
  circle.self = circle;
  for (const wait of [Infinity, NaN, 5n, () => 5, Symbol("soon")]) {
    const { plan, considered } = policy.decide({ now: 1774864800000, queues: { billing: { expectedWaitSeconds: wait } } });
    assert.deepEqual([plan[0].step, considered[0].about.unknown], ["voicemail", "unreadable"], String(wait));
  }
  for (const inputs of [circle, undefined, null, { toJSON() {} }, { toJSON: () => circle }, 7n]) {
    const { plan, issues } = policy.decide(inputs);
    assert.deepEqual([plan[0].step, issues.length > 0], ["voicemail", true]);
  }
});

test("a policy's change is told by the decisions that differ", () => {
  const step = { id: "billing", to: { queue: "billing" }, when: { fact: "agentsAvailable", atLeast: 1 }, ifUnknown: "skip", ifStale: "skip" };
  const safe = { id: "voicemail", to: { voicemail: "care" } };
  const recorded = [0, 1, 2].map((agentsAvailable) => ({ now: 1774864800000, queues: { billing: { agentsAvailable } } }));
  const compared = comparePolicies({ steps: [step], safe }, { steps: [{ ...step, when: { ...step.when, atLeast: 2 } }], safe }, recorded);
  assert.deepEqual([compared.decisions, compared.same, compared.differences.map(({ at, change }) => [at, change])], [3, 2, [[1, "first"]]]);
  assert.throws(() => comparePolicies({ steps: [step], safe }, { steps: [step], safe }, "{}"), { code: "wrong-type" });
});

test("the package has the schema of policies", () => {
  const require = createRequire(new URL("../../pkg/dist/node.js", import.meta.url));
  const { properties } = require("patchcord/policy.schema.json");
  assert.ok(properties.steps && properties.safe);
});

test("a trace that there is not is refused", () => {
  assert.throws(() => decide({ steps: [{ id: "voicemail", to: { voicemail: "care" } }] }, {}, { trace: "loud" }), { name: "PatchcordError", path: "$.trace" });
});
