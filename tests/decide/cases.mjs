// The vectors of `tests/vectors/decide` as cases of the package, for every host that runs it: what it is called with, and what
// must come out, as text, so that not a byte may differ.

import { checkDecisionPolicy, decide, readPolicy } from "patchcord";
import { hashOf } from "./siphash.mjs";

/** What reading a policy says: nothing, or the code and the path of the error. */
function refusal(policy) {
  try {
    readPolicy(policy).decide({});
    return "";
  } catch ({ name, code, path }) {
    return `${name} ${code} ${path}`;
  }
}

const found = (issues = []) => JSON.stringify(issues.map(({ code, path }) => [code, path]));

/** How the vectors of each file become cases `[name, what is asked, what must come out]`. */
const FILES = {
  "decisions.json": (vectors) =>
    vectors.flatMap(({ name, policy, inputs, trace, decision }) => [
      [name, () => JSON.stringify(decide(policy, inputs, { trace })), decision],
      [`${name}, by a policy that was read before`, () => JSON.stringify(readPolicy(JSON.stringify(policy)).decide(JSON.stringify(inputs), { trace })), decision],
      [`${name}, as text`, () => readPolicy(policy).decideText(inputs, { trace }), decision],
      [`${name}, the hash of its inputs`, () => JSON.parse(decision).hashes.inputs, hashOf(inputs)],
    ]),
  "refused.json": (vectors) =>
    vectors.map(({ name, policy, report = [] }) => [name, () => refusal(policy), report.length === 0 ? "" : `PatchcordError invalid-input ${report[0].path}`]),
  "checks.json": (vectors) => vectors.map(({ name, policy, world, report }) => [name, () => found(checkDecisionPolicy(policy, { world }).issues), found(report)]),
  "calendar.json": (vectors) =>
    vectors.map(({ name, zones, calendar, cases }) => {
      const plans = () => {
        const open = ([, openForSeconds]) => ({ id: "open", to: { queue: "q" }, when: { calendar: "hours", openForSeconds } });
        const policy = (each) => ({ zones, calendars: { hours: calendar }, steps: [open(each)], safe: { id: "closed", to: { voicemail: "box" } } });
        return JSON.stringify(cases.map((each) => decide(policy(each), { now: Date.parse(each[0]) }).plan[0].step));
      };
      return [name, plans, JSON.stringify(cases.map(([, , open]) => (open ? "open" : "closed")))];
    }),
  "eleven-rules.json": (policy) => [["eleven rules", () => found(checkDecisionPolicy(policy).issues), "[]"]],
};

/** The cases of a file of vectors. A file that this does not know is an error: none is left out. */
export const casesOf = (file, text) => FILES[file](JSON.parse(text));
