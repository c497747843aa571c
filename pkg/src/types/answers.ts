/** What the platform tells: the facts of each operation's answer, how an operation ended, and what goes with it. */

import type { BridgeInput, QueueConfigInput } from "./operations.js";
import type { BreakerState, Outcome, PartyKind, ReasonCode, Roster } from "./outcome.js";
import type { Operation, OperationInputs, PlatformRequest, Report } from "./request.js";

/** What a write made. */
export interface Made {
  /** The platform's id of it. */
  id?: string | undefined;
  /** The platform's word for how far it is. */
  state?: string | undefined;
}

/** A call, as the platform tells it. */
export interface CallFacts {
  state: "waiting" | "moving" | "connected" | "failed" | "ended" | "unknown";
  /** The platform's own word for the state. */
  word: string;
  /** Who has it. A phone number is redacted. */
  party?: string | undefined;
  /** What that is, where the platform tells. */
  partyKind?: PartyKind | undefined;
  /** Why it was not moved, or why who was asked did not take it, where the platform tells. */
  failure?: { code: ReasonCode; evidence: string } | undefined;
  legs?: { id: string; of: "caller" | "agent" | "target"; state: "ringing" | "active" | "held" | "ended" | "unknown" }[] | undefined;
}

/** A page of rows, and where the next one is. */
export interface Page<Row> {
  rows: Row[];
  /** What to pass as `next`; absent on the last page. */
  next?: string | undefined;
  /** How the platform wants that page to be asked for, where it says so. */
  nextMethod?: string | undefined;
}

/** The callers of a queue whose wait lay in one range. */
export interface WaitRange {
  queue?: string | undefined;
  /** The platform's word for the range. */
  range?: string | undefined;
  /** Callers who hung up while they waited. */
  abandoned?: number | undefined;
  waitSeconds?: number | undefined;
}

/** How a queue is configured. */
export interface QueueConfig {
  queue?: string | undefined;
  /** A deployment names the version that it changes. */
  version?: number | undefined;
  routingStrategy?: string | undefined;
  maxWaitSeconds?: number | undefined;
  overflowTargets: string[];
  skills: string[];
}

/** How busy a queue is, under the names that `predict({ method: "rule" })` reads. What is not told is absent, never zero. */
export interface QueueMetrics {
  queue?: string | undefined;
  facts: {
    /** 0 to 1. */
    occupancy?: number | undefined;
    waitSeconds?: number | undefined;
    abandoned?: number | undefined;
    answered?: number | undefined;
  };
}

/** A call that was placed. */
export interface PlacedCall {
  call?: string | undefined;
  /** The platform's word, such as `queued`, `ringing`, `answered`, `completed`, `failed`. */
  status?: string | undefined;
  /** Whether that is the end of it; absent for a word that nobody knows. */
  ended?: boolean | undefined;
  /** When the platform said so, in its own words. */
  at?: string | undefined;
}

/** The facts that each operation's answer tells. */
export interface OperationAnswers {
  transfer: Made;
  call: CallFacts;
  campaigns: { opening?: "open" | "inactive" | "unassigned" | undefined };
  agents: Roster;
  "transfer-metrics": { succeeded?: number | undefined; meanSeconds?: number | undefined };
  presence: { status?: string | undefined };
  "security-profiles": { id?: string | undefined; name?: string | undefined; scopes: string[] }[];
  queue: QueueConfig;
  "queue-config": QueueConfig;
  skills: Page<{ skill: string; name?: string | undefined }>;
  "queue-metrics": QueueMetrics[];
  "wait-distribution": Page<WaitRange>;
  /** Entries stay as the platform wrote them. */
  "audit-log": Page<unknown>;
  health: { status?: string | undefined };
  "personal-connection": PlacedCall;
  "personal-connection-status": PlacedCall;
  bridge: Made;
  conversation: CallFacts;
  /** `queue` is the one that was meant; absent where several may be meant, or none was found. */
  search: { queue?: string | undefined; queues: { queue: string; name?: string | undefined }[] };
}

/** Why the platform did not do it, or why its answer tells nothing. */
export interface OperationProblem {
  code: ReasonCode;
  /** What the agent reads. */
  message: string;
  /** What would mend it. */
  hint: string;
  /** Work may go on: another target may do, or nothing depended on it. */
  goesOn: boolean;
  /** The same request may be sent again, after a pause. */
  retryable: boolean;
  /** The scope that the token lacks. */
  scope?: string | undefined;
  /** What the platform said of the payload's fields. */
  report: Report;
  /** How long the platform wants to be left alone. */
  retryAfterSeconds?: number | undefined;
  /** Where two deployments met: the version that was named, and the one that the platform has. */
  versions?: Versions | undefined;
  /** What shows it, where the status alone does not. */
  evidence?: string | undefined;
}

/** The version that a deployment named, and the one that the platform has where it says so. */
export interface Versions {
  sent?: number | undefined;
  current?: number | undefined;
}

/** An answer as a host has it. */
export interface GivenResponse {
  status: number;
  headers?: readonly (readonly [name: string, value: string])[] | Record<string, string> | undefined;
  /** The text, or the JSON that it holds. */
  body?: unknown;
  /** The request that it answers, as `buildRequest` made it, or what is at hand of it. */
  request?: Partial<PlatformRequest> | undefined;
  /** The host's time, in ms since 1970, to hold a date in `Retry-After` against. */
  now?: number | undefined;
  /** How long ago the call began that it is about. */
  callAgeSeconds?: number | undefined;
}

/** What an answer says: facts, or a problem. */
export interface ReadResponse<O extends Operation = Operation> {
  operation: O;
  status: number;
  ok: boolean;
  /** Absent where the platform said yes without a word. */
  facts?: OperationAnswers[O] | undefined;
  problem?: OperationProblem | undefined;
}

/**
 * How an operation ended.
 *
 * - `done`: the platform did it, or told what was asked.
 * - `refused`: the platform refused it; nothing was done.
 * - `unknown`: it may have been done or not. Look before it is sent again.
 * - `failed`: it came to nothing.
 * - `cancelled`: it was cancelled before anything could be done.
 */
export type OperationStatus = "done" | "refused" | "unknown" | "failed" | "cancelled";

/** How an operation ended, and why. */
export interface OperationOutcome<O extends Operation = Operation> {
  operation: O;
  status: OperationStatus;
  /** The HTTP status of the last answer. */
  httpStatus?: number | undefined;
  /** Absent where the platform said yes without a word. */
  answer?: OperationAnswers[O] | undefined;
  problem?: OperationProblem | undefined;
  /** How often it was sent. */
  attempts: number;
  /** Milliseconds that the last request took to its answer. */
  latency?: number | undefined;
  /** Milliseconds from the beginning to the end. */
  took: number;
  startedAt: number;
  endedAt: number;
  breaker: BreakerState;
}

/** What one operation may have of its own. */
export interface SendOptions {
  /** Cancels it. */
  signal?: AbortSignal | undefined;
  /** Time for it with all its pauses; 120 where absent. */
  budgetSeconds?: number | undefined;
  /** How long ago the call began that it is about: some platforms keep calls for a day. */
  callAgeSeconds?: number | undefined;
}

/** The operations that answer page by page. */
export type PagedOperation = "wait-distribution" | "audit-log" | "skills";

/** How far the reading of pages is. */
export interface PagesProgress {
  /** Pages so far. */
  pages: number;
  /** Rows so far. */
  rows: number;
}

export interface PagesOptions extends SendOptions {
  /** Called after each page. What it throws is ignored. */
  onProgress?: ((progress: PagesProgress) => unknown) | undefined;
}

/** The configuration of a queue; without a version it is deployed on the one that the platform has. */
export type Deployment = Omit<QueueConfigInput, "version"> & { version?: number | undefined };

/** Somebody else changed the queue meanwhile. */
export interface DeployConflict extends Versions {
  /** The queue as the platform has it now, where it could be read. */
  queue?: QueueConfig | undefined;
}

export interface DeployOptions extends SendOptions {
  /** Decides whether to deploy on the platform's present version. Where absent, or unless it gives true, the deployment ends. */
  onConflict?: ((conflict: DeployConflict) => boolean | Promise<boolean>) | undefined;
}

/** How a deployment ended. */
export interface DeployOutcome {
  /** `conflict`: somebody else changed the queue meanwhile, and nothing was deployed. The others as for operations. */
  status: OperationStatus | "conflict";
  /** Whether the queue was read back as it was deployed. */
  propagated: boolean;
  /** The version that was deployed. */
  version?: number | undefined;
  conflict?: DeployConflict | undefined;
  /** The operation that decided it. */
  outcome: OperationOutcome<"queue"> | OperationOutcome<"queue-config">;
}

/** What a CTI system is told of a bridge. */
export interface BridgeEvent {
  event: "bridge_attempt";
  call: string;
  success: boolean;
  status: OperationStatus;
  requestId: string;
  attempts: number;
  /** ISO 8601. */
  timestamp: string;
  httpStatus?: number | undefined;
  latency?: number | undefined;
  /** Why not. */
  code?: ReasonCode | undefined;
}

export interface BridgeOptions extends SendOptions {
  /** Called with what became of it. Nobody waits for it; what it throws is ignored. */
  onCti?: ((event: BridgeEvent) => unknown) | undefined;
}

/** The bridges of a connection so far. What is not known yet is absent. */
export interface BridgeMetrics {
  total: number;
  succeeded: number;
  failed: number;
  /** Bridges of which nobody knows whether they were made. */
  unknown: number;
  /** 0 to 1. */
  successRate?: number | undefined;
  /** Mean milliseconds to the answer, of those that succeeded. */
  meanLatency?: number | undefined;
}

/** What the token may do, and what is wanted of it. */
export interface ScopesInput {
  /** The `scope` of the token's answer, or a list. */
  granted: string | readonly string[];
  /** All of the profile where absent. */
  operations?: readonly Operation[] | undefined;
}

/** The record of a handoff, for an audit. */
export interface HandoffRecord {
  timestamp: string;
  callId: string;
  targetQueueId?: string | undefined;
  agentId?: string | undefined;
  /** `UNKNOWN` where it could not be read. */
  agentPresence: string;
  analyticsSnapshot?: OperationAnswers["transfer-metrics"] | undefined;
  auditAction: string;
}

export interface HandoffInput {
  call: string;
  outcome: Outcome;
  presence?: OperationAnswers["presence"] | undefined;
  metrics?: OperationAnswers["transfer-metrics"] | undefined;
}

/** A line to be appended to an audit. */
export interface AuditLineInput {
  /** The line before it; absent for the first. */
  after?: string | undefined;
  entry: object;
  /** ms since 1970. */
  at: number;
}

/** What a connection does beside transfers. */
export interface Operations {
  /**
   * Asks one thing of the platform. A read is asked again where it fails; a write only where it certainly did nothing, or
   * where the platform knows it again. Rejects where the input is refused, with the report; else it always comes to its outcome.
   */
  send<O extends Operation>(operation: O, input: OperationInputs[O], options?: SendOptions): Promise<OperationOutcome<O>>;
  /** Reads page after page. Rejects where one can't be read, and where pages lead in a circle; leaving the loop cancels. */
  pages<O extends PagedOperation>(operation: O, input: OperationInputs[O], options?: PagesOptions): AsyncIterableIterator<OperationAnswers[O]>;
  /** Deploys a queue's configuration on the version that it changes, and waits until it is read back. */
  deployQueue(config: Deployment, options?: DeployOptions): Promise<DeployOutcome>;
  /** Bridges a call, and tells the CTI system, the metrics and the audit of it. */
  bridge(input: BridgeInput, options?: BridgeOptions): Promise<OperationOutcome<"bridge">>;
  /** The bridges of this connection so far. */
  bridgeMetrics(): BridgeMetrics;
  /** The record of a handoff: reads the agent's presence and the call's metrics, and goes without what can't be read. */
  recordHandoff(call: string, outcome: Outcome, options?: SendOptions): Promise<HandoffRecord>;
}
