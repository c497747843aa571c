// Decisions on a table of eleven transfer rules, JSON text in and out, by a policy that was read once.
import { readFileSync } from "node:fs";
import { readPolicy } from "patchcord";
import { inTurn, median } from "./timing.mjs";

const DECISIONS = 2_000;
const table = JSON.parse(readFileSync(new URL("../tests/vectors/decide/eleven-rules.json", import.meta.url), "utf8"));
const policy = readPolicy(table);
const inputs = Array.from({ length: 256 }, (_, at) =>
  JSON.stringify({
    now: 1_774_000_000_000 + at * 28_800_000,
    elapsedSeconds: at % 60,
    facts: { waitedSeconds: at % 120, tier: at % 2 ? "gold" : "blue", callbackConsent: at % 2 === 0, callerNumberValid: true, language: at % 3 ? "de" : "en" },
    queues: { billing: { waiting: at % 12, agentsAvailable: at % 3, breachShare: (at % 10) / 10 } },
  }),
);
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
