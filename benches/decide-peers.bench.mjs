// Decisions on the table of eleven rules, and beside them other rule engines on the same rules and inputs, in one run, in turn,
// each read once, JSON text in and JSON text out.
//
// What the peers can't say is done for them outside the measured time: calendars and zones (they are told whether it is open) and
// the path (they are told the hops). They answer with the name of one rule; ours with the whole plan and why nothing else. On the
// measured inputs and on others, in which every rule is the first once, every peer must choose what the policy chooses.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync } from "node:fs";
import { createRequire } from "node:module";
import { setFlagsFromString } from "node:v8";
import { readPolicy } from "patchcord";
import { inputs, table } from "./eleven-rules.mjs";
import { inTurnAwaited, median } from "./timing.mjs";

// Node 20 ends with "unreachable code" in its deoptimizer where this many engines are hot at once and calls into wasm were inlined.
setFlagsFromString("--no-turbo-inline-js-wasm-calls");

const ROUNDS = 7;
/** How often each round goes through the inputs. */
const PASSES = 4;
const SAFE = table.safe.id;

/** The conditions of the table once more, in a form that can be put into the words of each peer. */
const RULES = [
  ["looping", ["hops", ">=", 4]],
  ["closed", ["open", "==", false]],
  ["gold", ["tier", "==", "gold"]],
  ["german", ["language", "==", "de"], ["waiting", ">", 8]],
  ["free", ["agentsAvailable", ">=", 1]],
  ["short-line", ["waiting", "<=", 2], ["breachShare", "<=", 0.2]],
  ["callback", ["callbackConsent", "==", true], ["waitedSeconds", ">=", 60]],
  ["overflow", ["waiting", ">", 6]],
  ["likely-late", ["breachShare", ">", 0.8]],
  ["patient", ["waitedSeconds", "<", 30]],
];

/** Whether it is Monday to Friday from 08:00 to 18:00 in Berlin, by the host's own calendar. */
function isOpen(now) {
  const clock = new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/Berlin", weekday: "short", hour: "2-digit", hourCycle: "h23" });
  const { weekday, hour } = Object.fromEntries(clock.formatToParts(now).map(({ type, value }) => [type, value]));
  return !["Sat", "Sun"].includes(weekday) && Number(hour) >= 8 && Number(hour) < 18;
}

/** What a peer is told of an input. */
const told = ({ now, path = [], facts, queues }) => ({ hops: path.length, open: isOpen(now), ...facts, ...queues.billing });

/** Inputs that are not measured: every fact is drawn by itself, by a generator with a fixed seed. */
function others(count) {
  let state = 1;
  const under = (most) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % most;
  };
  return Array.from({ length: count }, () => ({
    now: 1_774_000_000_000 + under(604_800) * 1_000,
    path: Array.from({ length: under(6) }, () => ({ to: { agent: "ann" } })),
    facts: { waitedSeconds: under(120), tier: under(4) ? "blue" : "gold", callbackConsent: under(2) === 0, callerNumberValid: true, language: under(2) ? "de" : "en" },
    queues: { billing: { waiting: under(12), agentsAvailable: under(3) ? 0 : 1, breachShare: under(11) / 10 } },
  }));
}
const checked = [...inputs, ...others(2_000)];

/**
 * Called with its package, each of these says how an input is written for it, which rule it chooses (a name as JSON text), and how
 * it goes through many texts: each in a loop of its own, so that no engine's calls spoil what the host learns of another's.
 */
const PEERS = { "json-rules-engine": jsonRulesEngine, "@gorules/zen-engine": zen, "@cedar-policy/cedar-wasm": cedar };

/** The highest priority first; the first rule that fits stops the run. It is not re-entrant: one decision after the other. */
function jsonRulesEngine({ Engine }) {
  const operators = { "==": "equal", ">=": "greaterThanInclusive", ">": "greaterThan", "<=": "lessThanInclusive", "<": "lessThan" };
  const engine = new Engine();
  RULES.forEach(([type, ...all], at) => {
    const conditions = { all: all.map(([fact, operator, value]) => ({ fact, operator: operators[operator], value })) };
    engine.addRule({ conditions, event: { type }, priority: RULES.length - at });
  });
  engine.on("success", () => engine.stop());
  const decide = async (text) => JSON.stringify((await engine.run(JSON.parse(text))).events[0]?.type ?? SAFE);
  const run = async (texts) => {
    for (const text of texts) await decide(text);
  };
  return { write: JSON.stringify, decide, runs: { "": run } };
}

/** A decision table whose first hit counts, natively, loaded once. */
function zen({ ZenEngine }) {
  const fields = [...new Set(RULES.flatMap(([, ...all]) => all.map(([fact]) => fact)))];
  const cell = ([, operator, value]) => (operator === "==" ? JSON.stringify(value) : `${operator} ${value}`);
  const rules = RULES.map(([id, ...all]) => ({ _id: id, step: JSON.stringify(id), ...Object.fromEntries(all.map((one) => [one[0], cell(one)])) }));
  const content = {
    hitPolicy: "first",
    inputs: fields.map((field) => ({ id: field, name: field, field })),
    outputs: [{ id: "step", name: "step", field: "step" }],
    rules: [...rules, { _id: SAFE, step: JSON.stringify(SAFE) }].map((rule) => ({ ...Object.fromEntries(fields.map((field) => [field, ""])), ...rule })),
  };
  const position = { x: 0, y: 0 };
  const decision = new ZenEngine().createDecision({
    nodes: [{ id: "in", name: "in", type: "inputNode", position }, { id: "table", name: "table", type: "decisionTableNode", position, content }, { id: "out", name: "out", type: "outputNode", position }],
    edges: [{ id: "a", sourceId: "in", targetId: "table", type: "edge" }, { id: "b", sourceId: "table", targetId: "out", type: "edge" }],
  });
  const decide = async (text) => JSON.stringify((await decision.evaluate(JSON.parse(text))).result.step);
  const run = async (texts) => {
    for (const text of texts) await decide(text);
  };
  // Its threads are handed the work: many decisions under way at once are what suits it best.
  const atOnce = (texts) => Promise.all(texts.map(decide));
  return { write: JSON.stringify, decide, runs: { "": run, ", all inputs at once": atOnce } };
}

/** One query against policies that were parsed before. They have no order, so the host ranks all that permit; shares are whole thousandths. */
function cedar({ preparsePolicySet, statefulIsAuthorized }) {
  const thousandths = (fact, value) => (fact === "breachShare" ? Math.round(value * 1_000) : value);
  const written = ([fact, operator, value]) => `context.${fact} ${operator} ${JSON.stringify(thousandths(fact, value))}`;
  const staticPolicies = Object.fromEntries(RULES.map(([id, ...all]) => [id, `permit(principal, action, resource) when { ${all.map(written).join(" && ")} };`]));
  assert.equal(preparsePolicySet("eleven", { staticPolicies }).type, "success");
  const ranks = new Map(RULES.map(([id], rank) => [id, rank]));
  const asked = { principal: { type: "Call", id: "call" }, action: { type: "Action", id: "transfer" }, resource: { type: "Desk", id: "desk" }, preparsedPolicySetId: "eleven", entities: [] };
  const decide = (text) => {
    const { response } = statefulIsAuthorized({ ...asked, context: JSON.parse(text) });
    const best = Math.min(...response.diagnostics.reason.map((id) => ranks.get(id)));
    return JSON.stringify(RULES[best]?.[0] ?? SAFE);
  };
  const run = (texts) => {
    for (const text of texts) decide(text);
  };
  return { write: (each) => JSON.stringify({ ...each, breachShare: thousandths("breachShare", each.breachShare) }), decide, runs: { "": run } };
}

/** The peers, installed by their lock file beside what is built; none where they can't be had. */
function installed() {
  const folder = `${process.env.PATCHCORD_BENCH_FOLDER}/peers/`;
  try {
    cpSync(new URL("peers", import.meta.url), folder, { recursive: true });
    execFileSync("npm", ["ci", "--loglevel=error"], { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
    return createRequire(folder);
  } catch (error) {
    console.log(`the peers are not measured: npm could not install them: ${String(error.stderr || error.message).trim().split("\n")[0]}`);
    return undefined;
  }
}

const policy = readPolicy(table);
const first = (text) => policy.decide(text).plan[0].step;
const chosen = checked.map((each) => first(JSON.stringify(each)));
assert.equal(new Set(chosen).size, RULES.length + 1, "every rule of the table is the first once");

const measured = (texts) => Array.from({ length: PASSES }, () => texts.slice(0, inputs.length)).flat();
const own = measured(inputs.map((each) => JSON.stringify(each)));
const works = {
  "patchcord, with a summary trace": () => {
    for (const text of own) policy.decide(text);
  },
};
const require = installed();
for (const [name, make] of Object.entries(require ? PEERS : {})) {
  let peer;
  try {
    peer = make(require(name === "@cedar-policy/cedar-wasm" ? `${name}/nodejs` : name));
  } catch (error) {
    console.log(`${name} is not measured: ${error.message.split("\n")[0]}`);
    continue;
  }
  const texts = checked.map((each) => peer.write(told(each)));
  for (const [at, text] of texts.entries()) assert.equal(JSON.parse(await peer.decide(text)), chosen[at], `${name}: ${text}`);
  const theirs = measured(texts);
  for (const [how, run] of Object.entries(peer.runs)) works[name + how] = () => run(theirs);
}

const times = (await inTurnAwaited(Object.values(works), ROUNDS)).map(median);
const rates = times.map((time) => (own.length * 1_000) / time);
console.log(`11 rules, JSON text in and out; ${checked.length} inputs on which all agree, ${inputs.length} of them measured`);
Object.keys(works).forEach((name, at) => {
  const ratio = at === 0 ? "" : `; patchcord decides ${(rates[0] / rates[at]).toFixed(1)} times as many`;
  console.log(`${name}: ${Math.round(rates[at]).toLocaleString("en")} decisions a second${ratio}`);
});
