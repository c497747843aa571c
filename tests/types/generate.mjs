// Turns the vectors into TypeScript, so that the compiler proves the hand-written types against the contract: what a vector
// accepts must compile, what it refuses for its shape must not, and what the engine answers must be of the type promised.

import { readFileSync, readdirSync } from "node:fs";

const folder = new URL("../vectors/", import.meta.url);
const PROFILES = ["cxone-v2", "cxone-v2-names", "genesys-v2"];

/** Findings that a type can see; the others (a UUID, a range) are for the engine alone. */
const SEEN_BY_TYPES = new Set(["missing-field", "unknown-field", "wrong-type", "unknown-value", "no-target", "several-targets"]);

/** Fields of a transfer that the types know, for another profile has them. */
const OF_ANOTHER_PROFILE = new Set(["$.priority", "$.callbackNumber", "$.reasonCode", "$.wrapUpCode", "$.to.skill"]);

/** What no type tells from what is right, by the code that refuses it. */
const LOOKS_RIGHT = {
  "missing-field": (value) => typeof value === "string",
  "no-target": Array.isArray,
  "wrong-type": (value) => Array.isArray(value) && value.some((item) => item < 0),
};

const at = (input, path) => path.split(/[.[\]]+/).slice(1).filter(Boolean).reduce((value, key) => value?.[key], input);

const seen = ({ operation, input, report }) =>
  report?.some(({ code, path }) => {
    const value = at(input, path);
    if (code === "invalid-time") return typeof value === "boolean";
    if (code === "unknown-field" && operation === "transfer" && OF_ANOTHER_PROFILE.has(path)) return false;
    return SEEN_BY_TYPES.has(code) && !LOOKS_RIGHT[code]?.(value);
  });

/** In JSON a null counts as absent; in TypeScript it is a mistake that the compiler finds. */
const hasNull = (value) => value === null || (typeof value === "object" && Object.values(value).some(hasNull));

/** The text of a module that imports the types from `types`, and how many vectors it holds. */
export function generate(types) {
  const lines = [`import type { Eligibility, EligibilityAnswers, GivenResponse, OperationInputs, PlatformRequest, ProfileName, ReadResponse, Report, Target } from ${JSON.stringify(types)};`];
  let count = 0;
  const constant = (type, value) => lines.push(`export const v${lines.length}: ${type} = ${JSON.stringify(value)};`);
  const files = PROFILES.flatMap((profile) => readdirSync(new URL(`${profile}/`, folder)).map((name) => `${profile}/${name}`));
  for (const file of files.sort()) {
    for (const vector of JSON.parse(readFileSync(new URL(file, folder), "utf8"))) {
      count += 1;
      lines.push(`// ${file}: ${vector.name}`);
      constant("ProfileName", vector.profile);
      if ("input" in vector) {
        if (seen(vector) || hasNull(vector.input)) lines.push("// @ts-expect-error refused for its shape");
        constant(`OperationInputs[${JSON.stringify(vector.operation)}]`, vector.input);
      }
      if (vector.request) constant("PlatformRequest", vector.request);
      if (vector.answer) {
        constant("GivenResponse", vector.response);
        constant(`ReadResponse<${JSON.stringify(vector.operation)}>`, vector.answer);
      }
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
