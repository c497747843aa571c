// What the glue of the engine exports (src/js of the crate). Text arguments are JSON: one parser decides, the core's.

import type { Outcome, PlatformRequest, TransferEvent } from "./types.js";

// A transfer takes these of the parts, so the engine has its own.
export { buildRequest, checkPolicy, eligibility, needsDecisions, profiles, roster, validate, verifyAudit } from "./parts.js";

export type Output =
  | { type: "request"; id: number; refresh: boolean; request: PlatformRequest }
  | { type: "event"; event: TransferEvent }
  | { type: "wait"; until: number }
  | { type: "done"; outcome: Outcome };

export type Answer =
  | { kind: "response"; status: number; headers: [string, string][]; body: Uint8Array }
  | { kind: "lost"; reason: string }
  | { kind: "not-sent"; reason: string };

/** Takes a policy, what the host tells and what the run knows, and returns the decision, all as JSON text. */
export type Decider = (policy: string, told: string, known: string) => string | undefined;

export declare class Run {
  private constructor();
  static start(options: string, now: number, decider: Decider): Run;
  static restore(snapshot: string, now: number, decider: Decider): Run;
  needsDecisions(): boolean;
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
