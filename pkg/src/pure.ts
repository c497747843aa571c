/** The parts of Patchcord that need no host: synchronous, without time, network or state. */

import * as check from "./check.js";
import { core } from "./core-engine.js";
import { PatchcordError } from "./error.js";
import { toJson } from "./json.js";
import type * as glueOfParts from "./parts.js";
import { parts } from "./parts-engine.js";
import { builtRequest } from "./requests.js";
import type {
  AnyPolicy,
  Audit,
  AuditLineInput,
  AuditVerdict,
  Eligibility,
  EligibilityAnswers,
  FailureReason,
  GivenResponse,
  HandoffInput,
  HandoffRecord,
  Operation,
  MetricInputs,
  MetricsProfile,
  OperationInputs,
  PlatformRequest,
  Prediction,
  PredictionInput,
  ProfileInfo,
  ProfileName,
  ReadResponse,
  ReasonCode,
  Report,
  Roster,
  RowPrediction,
  ScopesInput,
  ScoreInput,
  Scores,
  Target,
} from "./types.js";

/** Builds the request of an operation. Throws where the input is refused, with the report. JSON text may stand for `input`. */
export function buildRequest<O extends Operation>(profile: ProfileName, operation: O, input: OperationInputs[O] | string): PlatformRequest {
  checkNames(profile, operation);
  const text = toJson(input);
  return builtRequest(parts, profile, operation, text);
}

/** Checks the input of an operation and tells every finding. JSON text may stand for `input`. */
export function validate(profile: ProfileName, operation: Operation, input: unknown): Report {
  checkNames(profile, operation);
  return reported(input, (text) => parts.call((glue) => glue.validate(profile, operation, text)));
}

/**
 * Checks a policy before it runs, and tells every finding; of one with conditions also what can be told without running it. JSON
 * text may stand for `policy`.
 */
export function checkPolicy(profile: ProfileName, policy: AnyPolicy | string): Report {
  checkNames(profile);
  return reported(policy, (text) => {
    const engine = either().call((glue) => glue.needsDecisions(text)) ? parts : either();
    return engine.call((glue) => glue.checkPolicy(profile, text));
  });
}

/** Whether a target can take a call, by answers that are at hand: the bodies of `campaigns` and `agents`. */
export function checkEligibility(profile: ProfileName, target: Target | string, answers: EligibilityAnswers | string): Eligibility {
  checkNames(profile);
  const [where, told] = [toJson(target), toJson(answers)];
  return either().call((glue) => glue.eligibility(profile, where, told));
}

/** Counts the agents of a queue from the body of `agents`, as it came; those with `skill` are counted as eligible. */
export function roster(profile: ProfileName, body: Uint8Array | ArrayBuffer | string, skill?: string): Roster {
  checkNames(profile);
  check.optional(skill, () => check.string(skill, "skill"));
  const bytes = toBytes(body);
  return either().call((glue) => glue.roster(profile, bytes, skill));
}

/**
 * Reads the platform's answer to an operation: facts, or a problem with what to do about it. JSON text may stand for `response`.
 */
export function readResponse<O extends Operation>(profile: ProfileName, operation: O, response: GivenResponse | string): ReadResponse<O> {
  checkNames(profile, operation);
  const text = toJson(response);
  return parts.call((glue) => glue.readResponse(profile, operation, text)) as ReadResponse<O>;
}

/**
 * What follows from a reason: whether to try again and where, whose fault it is, whether to alert somebody, what the agent reads and
 * the caller hears. With `toldBy`, `code` is a code of `http`, `sip`, `q850` or of a vendor such as `genesys`; one that is not
 * known is a failed transfer, with its evidence.
 */
export function failureReason(code: ReasonCode): FailureReason;
export function failureReason(code: string | number, toldBy: string): FailureReason;
export function failureReason(code: string | number, toldBy?: string): FailureReason {
  check.optional(toldBy, () => check.string(toldBy, "toldBy"));
  if (typeof code !== "number") check.string(code, "code");
  return parts.call((glue) => glue.failureReason(String(code), toldBy));
}

/** Checks before the start that a token has the scopes of what will be asked. JSON text may stand for `input`. */
export function checkScopes(profile: ProfileName, input: ScopesInput | string): Report {
  checkNames(profile);
  const text = toJson(input);
  return parts.call((glue) => glue.checkScopes(profile, text));
}

/** The record of a handoff, for an audit. JSON text may stand for `input`. */
export function handoffRecord(input: HandoffInput | string): HandoffRecord {
  const text = toJson(input);
  return parts.call((glue) => glue.handoffRecord(text));
}

/** The next line of an audit that is only appended to: its hash covers the line before it. Phone numbers are redacted. */
export function auditLine(input: AuditLineInput | string): string {
  const text = toJson(input);
  return parts.call((glue) => glue.auditLine(text));
}

/** Whether the lines of an audit stand as they were appended. */
export function verifyAuditLines(lines: string): AuditVerdict {
  if (lines !== "") check.string(lines, "lines", "give the audit's text");
  return parts.call((glue) => glue.verifyAuditLines(lines));
}

/** Whether an audit stands as it was written. JSON text may stand for `audit`. */
export function verifyAudit(audit: Audit | string): AuditVerdict {
  const text = toJson(audit);
  return either().call((glue) => glue.verifyAudit(text));
}

/**
 * Predicts how long callers will wait, and how likely that is too long. Facts that are not known make a prediction of status
 * `not-enough-data`, which names them; an input that makes no sense is refused with a report. JSON text may stand for `input`.
 */
export function predict(input: PredictionInput | string): Prediction {
  const text = toJson(input);
  return parts.call((glue) => glue.predict(text));
}

/** The same for a list, such as a wallboard, in one call. A row that is refused keeps no other back. JSON text may stand for `inputs`. */
export function predictMany(inputs: readonly PredictionInput[] | string): RowPrediction[] {
  const text = toJson(inputs);
  return parts.call((glue) => glue.predictMany(new TextEncoder().encode(text)));
}

/**
 * How good predictions were, by what became of their callers. Score them out of time: on callers who came after all that a
 * predictor has learned from. JSON text may stand for `input`.
 */
export function score(input: ScoreInput | string): Scores {
  const text = toJson(input);
  return parts.call((glue) => glue.score(text));
}

/**
 * The inputs of a prediction that an answer of a platform's metrics tells, in their units, to be spread into the input of
 * `predict`: an entry of `metrics` (`cxone-v2`), of `skillActivity` (`cxone-acd`) or of `results` (`genesys-cloud`).
 */
export function predictionInputs(profile: MetricsProfile, answer: object | string): MetricInputs {
  checkNames(profile);
  const text = toJson(answer);
  return parts.call((glue) => glue.predictionInputs(profile, text));
}

/** What each profile can do. */
export function profiles(): ProfileInfo[] {
  return parts.call((glue) => glue.profiles());
}

/** What a transfer takes as well, both engines have: the one that is loaded does it, the smaller one where neither is. */
function either(): { call<T>(work: (glue: Pick<typeof glueOfParts, "checkPolicy" | "eligibility" | "needsDecisions" | "roster" | "verifyAudit">) => T): T } {
  return parts.isLoaded && !core.isLoaded ? parts : core;
}

function checkNames(profile: unknown, operation: unknown = "any"): void {
  check.string(profile, "profile", "give a profile, such as `cxone-v2`");
  check.string(operation, "operation", "give an operation, such as `transfer`");
}

/** What JSON has no words for is a finding like any other. */
function reported(value: unknown, judge: (text: string) => Report): Report {
  let text: string;
  try {
    text = toJson(value);
  } catch (thrown) {
    if (thrown instanceof PatchcordError && thrown.report) return thrown.report;
    throw thrown;
  }
  return judge(text);
}

function toBytes(body: unknown): Uint8Array {
  if (body instanceof Uint8Array) return body;
  if (body instanceof ArrayBuffer) return new Uint8Array(body);
  return new TextEncoder().encode(check.string(body, "body", "give the body as bytes or text"));
}
