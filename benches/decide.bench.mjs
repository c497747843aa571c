// Decisions on a table of eleven transfer rules, JSON text in and out, by a policy that was read once.
import assert from "node:assert/strict";
import { readPolicy } from "patchcord";
import * as eleven from "./eleven-rules.mjs";
import { inTurn, median } from "./timing.mjs";

const DECISIONS = 2_000;
const policy = readPolicy(eleven.table);
const inputs = eleven.inputs.map((each) => JSON.stringify(each));
const all = (decide) => () => {
  for (let at = 0; at < DECISIONS; at += 1) decide(inputs[at % inputs.length]);
};
const traces = ["off", "summary", "full"];
for (const trace of traces) for (const text of inputs) assert.deepEqual(JSON.parse(policy.decideText(text, { trace })), policy.decide(text, { trace }));
const texts = traces.map((trace) => all((text) => policy.decideText(text, { trace })));
const objects = traces.map((trace) => all((text) => policy.decide(text, { trace })));
const rates = inTurn([...texts, ...objects], 15).map((times) => (DECISIONS * 1_000) / median(times));
const shown = (rate) => Math.round(rate).toLocaleString("en");
traces.forEach((trace, at) => console.log(`11 rules, trace ${trace}: ${shown(rates[at])} decisions a second as text, ${shown(rates[at + 3])} as objects`));
console.log(JSON.stringify({ budget: "decision", value: rates[1] }));
