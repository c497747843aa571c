// A table of eleven transfer rules and 256 inputs: what decisions are measured on.
import { readFileSync } from "node:fs";

/** The policy; its last rule is the safe end. */
export const table = JSON.parse(readFileSync(new URL("../tests/vectors/decide/eleven-rules.json", import.meta.url), "utf8"));

/** The inputs: at all hours of the week, with callers, queues and predictions of every kind. */
export const inputs = Array.from({ length: 256 }, (_, at) => ({
  now: 1_774_000_000_000 + at * 28_800_000,
  elapsedSeconds: at % 60,
  facts: { waitedSeconds: at % 120, tier: at % 2 ? "gold" : "blue", callbackConsent: at % 2 === 0, callerNumberValid: true, language: at % 3 ? "de" : "en" },
  queues: { billing: { waiting: at % 12, agentsAvailable: at % 3, breachShare: (at % 10) / 10 } },
}));
