// What the glue of the parts exports (src/js of the crate). Text arguments are JSON: one parser decides, the core's.

import type { ComparedPolicies, Decision, AuditVerdict, FailureReason, HandoffRecord, OperationOutcome, ReadResponse, Eligibility, MetricInputs, PlatformRequest, Prediction, ProfileInfo, Report, Roster, RowPrediction, Scores } from "./types.js";

export declare class DecisionPolicy {
  private constructor();
  static read(policy: string): DecisionPolicy;
  decide(inputs: string, trace: number): string;
  compare(after: DecisionPolicy, recorded: string): ComparedPolicies;
  free(): void;
}

/** A policy as a run of `core` takes it. Findings stand at `path`. */
export declare function planPolicy(profile: string, policy: string, path: string): string;
export declare function decideDuring(policy: string, told: string, known: string): string | undefined;
export declare function needsDecisions(policy: string): boolean;
export declare function checkDecisionPolicy(policy: string, profile?: string, world?: string): Report;

export declare class Learned {
  private constructor();
  static open(stored?: string): Learned;
  observe(outcome: string): boolean;
  predict(state: string): Prediction;
  store(): string;
  free(): void;
}

export type OperationOutput =
  | { type: "request"; id: number; refresh: boolean; request: PlatformRequest }
  | { type: "wait"; until: number }
  | { type: "done"; outcome: OperationOutcome };

export declare class OperationRun {
  private constructor();
  static start(options: string, now: number): OperationRun;
  poll(): OperationOutput;
  handleResponse(id: number, status: number, headers: string, body: Uint8Array, now: number): void;
  handleLost(id: number, reason: string, now: number): void;
  handleNotSent(id: number, reason: string, now: number): void;
  handleWake(now: number): void;
  handleCancel(now: number): void;
  free(): void;
}

export declare function failureReason(code: string, toldBy?: string): FailureReason;
export declare function readResponse(profile: string, operation: string, response: string): ReadResponse;
export declare function checkScopes(profile: string, input: string): Report;
export declare function handoffRecord(input: string): HandoffRecord;
export declare function auditLine(input: string): string;
export declare function verifyAuditLines(lines: string): AuditVerdict;
/** The same in every instance. */
export declare function operationNumber(profile: string, operation: string): number;
/** Effect, method, timeout and the headers of JSON in one line; path, body, then each further header's name and value: a line each. */
export declare function requestLines(operationNumber: number, input: string): string;
export declare function validate(profile: string, operation: string, input: string): Report;
export declare function checkPolicy(profile: string, policy: string): Report;
export declare function eligibility(profile: string, target: string, answers: string): Eligibility;
export declare function roster(profile: string, body: Uint8Array, skill?: string): Roster;
export declare function verifyAudit(audit: string): AuditVerdict;
export declare function profiles(): ProfileInfo[];
export declare function predict(input: string): Prediction;
export declare function predictionInputs(profile: string, answer: string): MetricInputs;
export declare function score(input: string): Scores;
export declare function predictMany(inputs: Uint8Array): RowPrediction[];

export declare function initSync(input: { module: BufferSource | WebAssembly.Module }): unknown;
export default function init(input: { module_or_path: unknown }): Promise<unknown>;
export declare function __wbg_reset_state(): void;
