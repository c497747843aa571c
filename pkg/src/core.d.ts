// What the glue of the engine exports (src/js of the crate). Text arguments are JSON: one parser decides, the core's.

import type { AuditVerdict, Eligibility, Outcome, PlatformRequest, ProfileInfo, Report, Roster, TransferEvent } from "./types.js";

export type Output =
  | { type: "request"; id: number; refresh: boolean; request: PlatformRequest }
  | { type: "event"; event: TransferEvent }
  | { type: "wait"; until: number }
  | { type: "done"; outcome: Outcome };

export type Answer =
  | { kind: "response"; status: number; headers: [string, string][]; body: Uint8Array }
  | { kind: "lost"; reason: string }
  | { kind: "not-sent"; reason: string };

export declare class Run {
  private constructor();
  static start(options: string, now: number): Run;
  static restore(snapshot: string, now: number): Run;
  poll(): Output;
  handleResponse(id: number, status: number, headers: string, body: Uint8Array, now: number): void;
  handleLost(id: number, reason: string, now: number): void;
  handleNotSent(id: number, reason: string, now: number): void;
  handleWake(now: number): void;
  handlePush(event: string, now: number): void;
  handleCancel(now: number): void;
  handleCallerLeft(now: number): void;
  handleComplete(now: number): void;
  snapshot(): string;
  free(): void;
}

export declare function buildRequest(profile: string, operation: string, input: string): PlatformRequest;
export declare function validate(profile: string, operation: string, input: string): Report;
export declare function checkPolicy(profile: string, policy: string): Report;
export declare function eligibility(profile: string, target: string, answers: string): Eligibility;
export declare function roster(profile: string, body: Uint8Array, skill?: string): Roster;
export declare function verifyAudit(audit: string): AuditVerdict;
export declare function profiles(): ProfileInfo[];
export declare function send(
  request: string,
  baseUrl: string,
  token: (ask: { refresh: boolean }) => string | Promise<string>,
  refresh: boolean,
  fetch: ((request: Request) => Promise<Response>) | undefined,
  signal: AbortSignal,
): Promise<Answer>;

export declare function initSync(input: { module: BufferSource | WebAssembly.Module }): unknown;
export default function init(input: { module_or_path: unknown }): Promise<unknown>;
export declare function __wbg_reset_state(): void;
/** Hands over what a task of the engine threw, which would else be an uncaught error of the host. */
export declare function listenForTraps(listener: (thrown: unknown) => void): void;
