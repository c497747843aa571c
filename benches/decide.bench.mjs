// Decisions on a table of eleven transfer rules, JSON text in and out, by a policy that was read once.
import assert from "node:assert/strict";
import { readPolicy } from "patchcord";
import * as eleven from "./eleven-rules.mjs";
import { inTurn } from "./timing.mjs";

const ROUNDS = 200;
const policy = readPolicy(eleven.table);
const inputs = eleven.inputs.map((each) => JSON.stringify(each));
const all = (decide) => () => {
  for (const text of inputs) decide(text);
};
const traces = ["off", "summary", "full"];
for (const trace of traces) for (const text of inputs) assert.deepEqual(JSON.parse(policy.decideText(text, { trace })), policy.decide(text, { trace }));
const texts = traces.map((trace) => all((text) => policy.decideText(text, { trace })));
const objects = traces.map((trace) => all((text) => policy.decide(text, { trace })));
// The rounds are short, and a tenth of them decides: the median of a machine that does other things too tells of those.
const rates = inTurn([...texts, ...objects], ROUNDS).map((times) => (inputs.length * 1_000) / times.sort((a, b) => a - b)[ROUNDS / 10]);
const shown = (rate) => Math.round(rate).toLocaleString("en");
traces.forEach((trace, at) => console.log(`11 rules, trace ${trace}: ${shown(rates[at])} decisions a second as text, ${shown(rates[at + 3])} as objects`));
console.log(JSON.stringify({ budget: "decision", value: rates[1] }));
