// A wallboard of 500 queues, from plain objects to plain objects: what a page waits for at every refresh.
import { predictMany } from "patchcord";
import { inTurn, median } from "./timing.mjs";

const QUEUES = 500;
const queue = (at) => ({
  waitingAhead: at % 40,
  agents: 5 + (at % 60),
  handleSeconds: 120 + (at % 200),
  patienceSeconds: 60 + ((at * 7) % 240),
  waitedSeconds: at % 15,
  thresholdSeconds: 20,
});
const load = (at) => {
  const { waitingAhead, waitedSeconds, ...team } = queue(at);
  return { ...team, callsPerHour: (at % 10) * team.agents * 2 };
};
const board = (method, row) => Array.from({ length: QUEUES }, (_, at) => ({ method, ...row(at) }));
const boards = { caller: board("caller", queue), "erlang-a": board("erlang-a", load), rule: board("rule", (at) => ({ occupancy: 0.9, waitSeconds: at, abandoned: 1, answered: at, thresholdSeconds: 20 })) };

const methods = Object.keys(boards);
const times = inTurn([...methods.map((method) => () => predictMany(boards[method])), () => JSON.parse(JSON.stringify(boards.caller))], 40).map(median);
methods.forEach((method, at) => console.log(`${QUEUES} queues by \`${method}\`: ${times[at].toFixed(2)} ms`));
console.log(`their inputs through JSON.stringify and JSON.parse alone: ${times[methods.length].toFixed(2)} ms`);
console.log(JSON.stringify({ budget: "wallboard", value: times[0] }));
