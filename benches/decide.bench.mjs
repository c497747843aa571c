// Decisions on a table of eleven transfer rules, JSON text in and out, by a policy that was read once.
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
const parsed = inputs.map((text) => JSON.stringify(policy.decide(text)));
const works = [...traces.map((trace) => all((text) => policy.decide(text, { trace }))), () => parsed.forEach((text) => JSON.parse(text))];
const times = inTurn(works, 15).map(median);
const rates = times.map((time) => (DECISIONS * 1_000) / time);
traces.forEach((trace, at) => console.log(`11 rules, trace ${trace}: ${Math.round(rates[at]).toLocaleString("en")} decisions a second`));
console.log(`of each with a summary, JSON.parse of what comes out takes ${((times[3] / parsed.length / (times[1] / DECISIONS)) * 100).toFixed(0)} %`);
console.log(JSON.stringify({ budget: "decision", value: rates[1] }));
