/** Where a call goes, and why: policies that are read once, and decide any number of inputs. */

import * as check from "./check.js";
import { factsToJson, toJson } from "./json.js";
import type * as glue from "./parts.js";
import { parts } from "./parts-engine.js";
import type { ComparedPolicies, Decision, DecisionInputs, DecisionPolicy, DecisionTrace, DecisionWorld, ProfileName, ReadPolicy, Report } from "./types.js";

/** In the core's order, which knows them by their places. */
const TRACES: readonly DecisionTrace[] = ["off", "summary", "full"];

/** Reads a policy once, for all its decisions. Throws where it is refused, with the report. JSON text may stand for it. */
export function readPolicy(policy: DecisionPolicy | string): ReadPolicy {
  return new Reading(toJson(policy));
}

/**
 * Decides where the call goes. It never fails for its inputs: what cannot be read is unknown, and said in `issues`. A policy that
 * was not read yet is read anew each time. JSON text may stand for `policy` and `inputs`.
 */
export function decide(policy: ReadPolicy | DecisionPolicy | string, inputs: DecisionInputs | string, options: { trace?: DecisionTrace | undefined } = {}): Decision {
  const reading = policy instanceof Reading ? policy : new Reading(toJson(policy as DecisionPolicy | string));
  return reading.decide(inputs, options);
}

/** Which decisions differ between two policies on recorded inputs, and why. JSON text may stand for `recorded`. */
export function comparePolicies(before: ReadPolicy | DecisionPolicy | string, after: ReadPolicy | DecisionPolicy | string, recorded: readonly DecisionInputs[] | string): ComparedPolicies {
  const [one, other] = [before, after].map((policy) => (policy instanceof Reading ? policy : new Reading(toJson(policy as DecisionPolicy | string))));
  const text = toJson(recorded);
  return one!.compare(other!, text);
}

/**
 * Checks a policy before it runs, and tells every finding: what is misspelt, steps out of reach, circles, dead targets, budgets that
 * can't be met. What it passes is never refused. `world` tells what there is: `{ queues: […], agents: […], … }`.
 */
export function checkDecisionPolicy(policy: DecisionPolicy | string, own: { profile?: ProfileName | undefined; world?: DecisionWorld | undefined } = {}): Report {
  const text = toJson(policy);
  const { profile, world } = own;
  check.optional(profile, () => check.string(profile, "profile", "give a profile, such as `cxone-v2`"));
  const known = world === undefined ? undefined : toJson(world);
  return parts.call((it) => it.checkDecisionPolicy(text, profile, known));
}

/** The core's object may be lost with its instance; its text is not. */
class Reading implements ReadPolicy {
  readonly #text: string;
  #policy: glue.DecisionPolicy;
  #generation: number;

  constructor(text: string) {
    this.#text = text;
    this.#policy = parts.call((it) => it.DecisionPolicy.read(text));
    this.#generation = parts.generation;
  }

  decide(inputs: DecisionInputs | string, options: { trace?: DecisionTrace | undefined } = {}): Decision {
    return JSON.parse(this.decideText(inputs, options));
  }

  decideText(inputs: DecisionInputs | string, { trace = "summary" }: { trace?: DecisionTrace | undefined } = {}): string {
    const place = TRACES.indexOf(trace);
    if (place < 0) check.oneOf(trace, TRACES, "$.trace");
    const text = factsToJson(inputs);
    const policy = this.#alive();
    return parts.call(() => policy.decide(text, place));
  }

  compare(after: Reading, recorded: string): ComparedPolicies {
    const [before, other] = [this.#alive(), after.#alive()];
    return parts.call(() => before.compare(other, recorded));
  }

  #alive(): glue.DecisionPolicy {
    if (this.#generation !== parts.generation) {
      this.#policy = parts.call((it) => it.DecisionPolicy.read(this.#text));
      this.#generation = parts.generation;
    }
    return this.#policy;
  }
}
