/** Policies that decide where calls go, what they decide on, and what they decide. `docs/decisions.md` tells all of it. */

import type { Policy } from "./outcome.js";
import type { Issue, TransferMode } from "./request.js";

/** Somewhere a call can go. */
export type DecisionPlace =
  | { queue: string; skill?: string | undefined }
  | { skill: string }
  | { extension: string }
  | { phone: string }
  | { agent: string }
  | { callback: string }
  | { voicemail: string }
  | { announce: string }
  | { returnTo: "agent" };

/** A condition over facts and calendars. */
export type DecisionCondition =
  | { all: readonly DecisionCondition[] }
  | { any: readonly DecisionCondition[] }
  | { not: DecisionCondition }
  | { calendar: string; openForSeconds?: number | undefined }
  | {
      fact: string;
      of?: DecisionPlace | undefined;
      bound?: "lower" | "upper" | undefined;
      is?: string | number | boolean | undefined;
      isNot?: string | number | boolean | undefined;
      oneOf?: readonly (string | number)[] | undefined;
      atLeast?: number | undefined;
      atMost?: number | undefined;
      above?: number | undefined;
      below?: number | undefined;
    };

/** A policy, as `docs/policy.schema.json` says it. The core judges it. */
export interface DecisionPolicy {
  steps: readonly object[];
  safe?: object | undefined;
  budgetSeconds?: number | undefined;
  stepSeconds?: number | undefined;
  [field: string]: unknown;
}

/** A policy of either kind: plain steps, or steps that the decision engine weighs. */
export type AnyPolicy = Policy | DecisionPolicy;

/** What a decision rests on. What is left out is unknown. */
export interface DecisionInputs {
  /** The time, in milliseconds since 1970. */
  now?: number | undefined;
  [field: string]: unknown;
}

/** What there is, so that dead targets are found. */
export type DecisionWorld = Record<string, unknown>;

/** How much a decision tells of what it did not choose. */
export type DecisionTrace = "off" | "summary" | "full";

/** A step of the plan. */
export interface PlannedStep {
  step: string;
  /** Which of several, from 0. */
  option?: number;
  to: DecisionPlace;
  mode: TransferMode;
  priority?: number;
  reaches: "person" | "machine" | (string & {});
  /** Why it is in the plan, such as `condition-met` or `safe-end`. */
  code: string;
  about?: Record<string, unknown>;
  /** When it begins, after the decision. */
  afterMillis: number;
  /** How long it may last. */
  millis: number;
  deadline?: number;
  costCents?: number;
}

/** A step that is not in the plan, and why. */
export interface ConsideredStep {
  step: string;
  option?: number;
  code: string;
  about?: Record<string, unknown>;
  /** With a full trace: every comparison that was made. */
  compared?: unknown[];
  /** With a full trace: what would have met its condition, each enough on its own. */
  wouldIf?: unknown[];
}

/** Where the call goes: the whole plan. */
export interface Decision {
  verdict: "transfer" | "stay" | (string & {});
  plan: PlannedStep[];
  considered?: ConsideredStep[];
  /** Why what was asked for is not done, and the best step that is. */
  refused?: { code: string; alternative?: string };
  noSafeEnd?: string;
  /** What of the inputs cannot be read. */
  issues?: Issue[];
  /**
   * What it rests on. `policy`: SHA-256 in hexadecimal. `inputs`: `siphash-2-4-128:` and 128 bits in hexadecimal, over the inputs' JSON
   * with keys in order; it finds recorded inputs again, and is no seal. `rules`: the version of the engine's rules.
   */
  hashes: { policy: string; inputs: string; rules: string };
}

/** A policy that was read. */
export interface ReadPolicy {
  decide(inputs: DecisionInputs | string, options?: { trace?: DecisionTrace | undefined }): Decision;
  /**
   * The same decision as JSON text, the same bytes on every host: for whoever stores it or sends it on. It takes half the time,
   * for most of `decide` is `JSON.parse`.
   */
  decideText(inputs: DecisionInputs | string, options?: { trace?: DecisionTrace | undefined }): string;
}

/** Two policies on the same recorded inputs. */
export interface ComparedPolicies {
  decisions: number;
  same: number;
  /** How many differ in what. */
  changes: Record<"verdict" | "first" | "later" | "times", number>;
  differences: { at: number; inputs: string; change: "verdict" | "first" | "later" | "times"; before?: unknown; after?: unknown }[];
}
