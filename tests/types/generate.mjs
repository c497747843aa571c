// Turns the vectors into TypeScript, so that the compiler proves the hand-written types against the contract: what a vector
// accepts must compile, what it refuses for its shape must not, and what the engine answers must be of the type promised.

import { readFileSync, readdirSync } from "node:fs";

const folder = new URL("../vectors/cxone-v2/", import.meta.url);

/** Findings that a type can see; the others (a UUID, a range) are for the engine alone. */
const SEEN_BY_TYPES = new Set(["missing-field", "unknown-field", "wrong-type", "unknown-value", "no-target", "several-targets"]);

const seen = ({ report }) => report?.some(({ code }) => SEEN_BY_TYPES.has(code));

/** In JSON a null counts as absent; in TypeScript it is a mistake that the compiler finds. */
const hasNull = (value) => value === null || (typeof value === "object" && Object.values(value).some(hasNull));

/** The text of a module that imports the types from `types`, and how many vectors it holds. */
export function generate(types) {
  const lines = [`import type { Eligibility, EligibilityAnswers, OperationInputs, PlatformRequest, ProfileName, Report, Target } from ${JSON.stringify(types)};`];
  let count = 0;
  const constant = (type, value) => lines.push(`export const v${lines.length}: ${type} = ${JSON.stringify(value)};`);
  for (const file of readdirSync(folder).sort()) {
    for (const vector of JSON.parse(readFileSync(new URL(file, folder), "utf8"))) {
      count += 1;
      lines.push(`// ${file}: ${vector.name}`);
      constant("ProfileName", vector.profile);
      if (vector.operation) {
        if (seen(vector) || hasNull(vector.input)) lines.push("// @ts-expect-error refused for its shape");
        constant(`OperationInputs[${JSON.stringify(vector.operation)}]`, vector.input);
      }
      if (vector.request) constant("PlatformRequest", vector.request);
      if (vector.report) constant("Report", { ok: false, issues: vector.report.map((issue) => ({ ...issue, message: "" })) });
      if (vector.eligibility) {
        constant("Target", vector.target);
        constant("EligibilityAnswers", vector.answers);
        constant("Eligibility", vector.eligibility);
      }
    }
  }
  return { text: `${lines.join("\n")}\n`, count };
}
