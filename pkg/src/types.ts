/**
 * The words of Patchcord in TypeScript. They are the same in Rust, in JSON and in the WIT package.
 *
 * Times are milliseconds since 1970-01-01T00:00:00Z; fields that end in `Seconds` are seconds.
 */

/** Which dialect of which platform is spoken. */
export type ProfileName = "cxone-v2";

/** A request that a profile can make: start a transfer, read a call, read the campaigns or the agents of a queue. */
export type Operation = "transfer" | "call" | "campaigns" | "agents";

/** What a profile can do. */
export interface ProfileInfo {
  name: ProfileName;
  /** What it can ask of the platform, with the scope or permission that the token needs for it. */
  operations: { name: Operation; scope: string }[];
  /** The kinds of target that it can send calls to, and in which ways. */
  targets: { kind: TargetKind; modes: TransferMode[] }[];
}

/** The kinds of target, by the field that names them. */
export type TargetKind = "queue" | "skill" | "extension" | "phone";

/** A queue (a UUID on CXone), and the skill that its agent must have. */
export interface QueueTarget {
  queue: string;
  skill?: string | undefined;
  extension?: never;
  phone?: never;
}

/** Whoever has the skill (a UUID on CXone), in whichever queue. */
export interface SkillTarget {
  skill: string;
  queue?: never;
  extension?: never;
  phone?: never;
}

/** A number inside the house, 1 to 15 digits, such as a voicemail box. */
export interface ExtensionTarget {
  extension: string;
  queue?: never;
  skill?: never;
  phone?: never;
}

/** A telephone number in E.164, with its plus. Patchcord prints it nowhere. */
export interface PhoneTarget {
  phone: string;
  queue?: never;
  skill?: never;
  extension?: never;
}

/** Where a call may go: exactly one kind. */
export type Target = QueueTarget | SkillTarget | ExtensionTarget | PhoneTarget;

/** `blind`: the agent leaves at once and the caller waits for the target. `consult`: the agent speaks with the target first. */
export type TransferMode = "blind" | "consult";

/** One call, to one target. */
export interface TransferInput {
  /** The platform's id of the call. */
  call: string;
  /** Where it goes. */
  to: Target;
  /** How it changes hands; `blind` where absent. */
  mode?: TransferMode | undefined;
  /** Its place in the queue, from 1 (first) to 5; the platform's own default where absent. */
  priority?: number | undefined;
  /** The number to ring the caller back at, in E.164. */
  callbackNumber?: string | undefined;
}

/** What an operation needs to know. */
export interface OperationInputs {
  transfer: TransferInput;
  call: { call: string };
  campaigns: { queue: string };
  agents: { queue: string };
}

/** A request for the host to send. It carries no token. */
export interface PlatformRequest {
  operation: Operation;
  /** Whether it may change the world. A write whose answer is lost is looked into, never repeated blindly. */
  effect: "reads" | "writes";
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Path and query, encoded, to be put behind the base URL. */
  path: string;
  /** Names and values, without the authorisation. */
  headers: [name: string, value: string][];
  /** The JSON text to send, if any. */
  body?: string | undefined;
  /** How long to wait for the whole answer, in milliseconds. */
  timeout: number;
}

/** Why one place of a payload or a policy is refused. */
export type IssueCode =
  | "invalid-json"
  | "missing-field"
  | "unknown-field"
  | "wrong-type"
  | "invalid-id"
  | "invalid-uuid"
  | "invalid-extension"
  | "invalid-phone"
  | "out-of-range"
  | "unknown-value"
  | "no-target"
  | "several-targets"
  | "not-supported"
  | "duplicate"
  | "unknown-profile"
  | "unknown-operation"
  | "invalid-snapshot"
  | (string & {});

/** One finding. */
export interface Issue {
  code: IssueCode;
  /** Where, as a JSON path: `$.to.queue`. */
  path: string;
  message: string;
  /** What would mend it. */
  hint?: string | undefined;
}

/** What a check found. */
export interface Report {
  /** Nothing was found. */
  ok: boolean;
  issues: Issue[];
}

/** One place of the plan to try, after the target that was asked for. */
export interface PolicyStep {
  /** Its name in events and outcomes; `primary` is taken by the target that was asked for. */
  id: string;
  to: Target;
  /** As the request has it, where absent. */
  mode?: TransferMode | undefined;
  /** From 1 (first) to 5. */
  priority?: number | undefined;
  /** What to do where it can't be told whether the target can take the call. A queue is skipped by default. */
  ifUnknown?: "skip" | "try" | undefined;
  /** How long the target may take to answer. */
  stepSeconds?: number | undefined;
}

/** Where a call goes when its target does not take it, and how long all of it may last. */
export interface Policy {
  /** In the order in which they are tried; the last one should always take a call, such as a voicemail box. */
  steps: PolicyStep[];
  /** Time for the whole run, all steps together; 120 where absent. */
  budgetSeconds?: number | undefined;
  /** Time for one step; 30 where absent. */
  stepSeconds?: number | undefined;
  /** How often the call is read while a transfer is under way; 3 where absent. */
  pollSeconds?: number | undefined;
  /** How long reads must agree before a transfer whose answer was lost counts as not started; 6 where absent. */
  settleSeconds?: number | undefined;
  /** The platform's states in which a pending transfer may be overtaken by the next step; none where absent. */
  overtakeIn?: string[] | undefined;
}

/** Why a step did not take the call, or why a run ended as it did. */
export type ReasonCode =
  | "eligible"
  | "needs-no-facts"
  | "no-campaign"
  | "no-active-campaign"
  | "no-available-agent"
  | "not-asked"
  | "facts-stale"
  | "unreadable-answer"
  | "already-tried"
  | "not-supported"
  | "transfer-in-progress"
  | "budget-spent"
  | "rate-limited"
  | "circuit-open"
  | "unauthorized"
  | "missing-scope"
  | "call-not-found"
  | "not-found"
  | "payload-refused"
  | "conflict"
  | "refused-by-platform"
  | "server-error"
  | "answer-lost"
  | "not-sent"
  | "transfer-failed"
  | "no-answer"
  | "declined"
  | "timed-out"
  | "not-started"
  | "still-pending"
  | "result-unknown"
  | "caller-left"
  | "cancelled"
  | "internal"
  | (string & {});

/** Why, in a code for programs and a sentence for the agent. */
export interface Reason {
  code: ReasonCode;
  /** The step that it concerns. */
  step?: string | undefined;
  /** What the agent should read. */
  message: string;
  /** The platform's own evidence: a status, a state, the name of a missing scope. */
  evidence?: string | undefined;
}

/** Whether a target can take a call just now. */
export interface Eligibility {
  eligible: boolean;
  /** Why, or why it is not known. */
  code?: ReasonCode | undefined;
  /** One sentence for the agent. */
  message: string;
  /** Agents who could take the call, where that was asked. */
  available?: number | undefined;
}

/** The bodies of the answers to `campaigns` and `agents`, parsed; what was not asked is left out. */
export interface EligibilityAnswers {
  campaigns?: unknown;
  agents?: unknown;
}

/** A count of the agents of a queue. */
export interface Roster {
  /** All that are listed. */
  agents: number;
  /** Those who are free to take a call. */
  available: number;
  /** Those of the free who have the skill that was asked for; all of the free where none was. */
  eligible: number;
}

/**
 * How a run ended.
 *
 * - `connected`: the target took the call.
 * - `failed`: every step ended; nothing is pending.
 * - `refused`: nothing that could move the call was ever sent.
 * - `caller-left`: the caller hung up.
 * - `cancelled`: the agent took it back.
 * - `unresolved`: the time was spent while a transfer was pending, or its result unknown.
 */
export type OutcomeStatus = "connected" | "failed" | "refused" | "caller-left" | "cancelled" | "unresolved";

/** What became of one step. */
export interface StepOutcome {
  id: string;
  target: Target;
  /** Whether it took the call, was tried without success, was left out, ended in doubt, or was never reached. */
  result: "connected" | "failed" | "skipped" | "unresolved" | "not-reached";
  reason?: Reason | undefined;
  /** How often a transfer was sent for it. */
  attempts: number;
}

/** What happened, each record sealed to the one before it, so that a change shows. */
export interface Audit {
  algorithm: "sha256-chain";
  /** The hash of the last record. */
  head: string;
  records: (TransferEvent & { hash: string })[];
}

/** Whether an audit stands as it was written. */
export interface AuditVerdict {
  ok: boolean;
  /** The first record that does not fit the one before it, counted from 0. */
  firstBroken?: number | undefined;
}

/** How often the platform failed lately. Store it if you like; hand it in as `breaker`. */
export type BreakerState = unknown;

/** How a run ended, where the call is, why, and the record of it. */
export interface Outcome {
  status: OutcomeStatus;
  /** The step that took the call, or the last one tried. */
  step?: string | undefined;
  target?: Target | undefined;
  /** Who has the call, where the platform says so. */
  agent?: string | undefined;
  answeredBy?: "person" | "machine" | "unknown" | undefined;
  /** How often a transfer was sent, all steps together. */
  attempts: number;
  /** Milliseconds from start to end. */
  took: number;
  startedAt: number;
  endedAt: number;
  reasons: Reason[];
  steps: StepOutcome[];
  audit: Audit;
  breaker: BreakerState;
}

interface EventOf<Type extends string> {
  /** 1, 2, 3, … within a run. */
  sequence: number;
  at: number;
  type: Type;
}

interface ExchangeEventOf<Type extends string> extends EventOf<Type> {
  operation: Operation;
  /** The number of the request within the run. */
  request: number;
}

interface StepEventOf<Type extends string> extends EventOf<Type> {
  step: string;
}

/** Something that happened in a run. Phone numbers in it are redacted. More types may come: leave unknown ones alone. */
export type TransferEvent =
  | (EventOf<"started"> & { call: string; to: Target; mode: TransferMode; steps: string[] })
  /** Taken up again from a snapshot. */
  | EventOf<"resumed">
  | (EventOf<"state-changed"> & { from: string; to: string })
  | (ExchangeEventOf<"request-sent"> & { attempt: number })
  | (ExchangeEventOf<"response-received"> & { status: number })
  /** No whole answer came: what the platform did is not known. */
  | (ExchangeEventOf<"response-lost"> & { reason: string })
  /** It certainly never left the host. */
  | (ExchangeEventOf<"request-not-sent"> & { reason: string })
  /** An answer that is not what the platform promised. */
  | (ExchangeEventOf<"response-unreadable"> & { reason: string })
  | (EventOf<"retry-scheduled"> & { operation: Operation; until: number; reason: ReasonCode })
  /** The platform told of the call: its own word for the state, and who has the call. */
  | (EventOf<"call-observed"> & { state: string; party?: string | undefined; pushed: boolean })
  /** The platform told of a state whose word we don't know. */
  | (EventOf<"state-unknown"> & { state: string })
  | (StepEventOf<"step-chosen"> & { target: Target; reason: Reason })
  | (StepEventOf<"step-skipped"> & { reason: Reason })
  | (StepEventOf<"step-ended"> & { reason: Reason })
  /** The step's time is over, but the platform still has the transfer in hand: it is followed on. */
  | StepEventOf<"step-overdue">
  /** Something came too late, twice, or out of place; it changed nothing. */
  | (EventOf<"ignored"> & { what: string })
  | (EventOf<"ended"> & { status: OutcomeStatus });

/** Where time comes from. Patchcord has no other. */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now(): number;
  /** Settles after so many milliseconds, or soon after `signal` is aborted. */
  sleep(ms: number, signal: AbortSignal): Promise<unknown>;
}

/** Gives the bearer token, asked for each request: with `refresh: true` after the platform refused the last one. */
export type TokenSource = (ask: { refresh: boolean }) => string | Promise<string>;

/** As the global `fetch`, called with a `Request`. */
export type Fetch = (request: Request) => Promise<Response>;

/** Called for each event, in order. What it throws or returns is ignored. */
export type EventListener = (event: TransferEvent) => unknown;

export interface PatchcordOptions {
  profile: ProfileName;
  /** Where the platform answers, such as `https://na1.example.com`: absolute, http or https. */
  baseUrl: string;
  token: TokenSource;
  /** The global `fetch` where absent. */
  fetch?: Fetch | undefined;
  /** `Date.now` and timers where absent. */
  clock?: Clock | undefined;
  /** Cancels every run. */
  signal?: AbortSignal | undefined;
  /** Called for each event of every run. */
  onEvent?: EventListener | undefined;
  /** Where calls go that their target does not take. */
  policy?: Policy | undefined;
  /** A whole number from 0: the same seed spreads retries the same way. Drawn at random where absent. */
  seed?: number | undefined;
  /** As an earlier outcome carried it. */
  breaker?: BreakerState;
}

/** What one run may have of its own. */
export interface RunOptions {
  /** Cancels this run. */
  signal?: AbortSignal | undefined;
  /** Called for each event of this run, beside the listener of the options. */
  onEvent?: EventListener | undefined;
}

export interface TransferOptions extends RunOptions {
  /** Takes the place of single settings of the policy. */
  policy?: Partial<Policy> | undefined;
}

/** A transfer under way. */
export interface TransferRun {
  /**
   * How it ends. Rejects only where the run can't go on: with the code `internal` (a defect of Patchcord) or `clock` (the
   * host's clock failed). The error then carries a `snapshot` to `resume` from.
   */
  readonly outcome: Promise<Outcome>;
  /** The agent takes the transfer back. */
  cancel(): void;
  /** The caller hung up, as the host knows from elsewhere. */
  callerLeft(): void;
  /** The agent ends a consultation and hands the call over. */
  complete(): void;
  /** An event that the platform pushed, such as a webhook's body. */
  push(event: unknown): void;
  /** The state as JSON text, to be resumed here or on another machine. It holds no token. */
  snapshot(): string;
}

/** Moves calls on one platform. */
export interface Patchcord {
  /** Moves a call and tells how it ended. Rejects where the request is refused, with the report; never because a call did not get through. */
  transfer(request: TransferInput, options?: TransferOptions): Promise<Outcome>;
  /** The same, with the reins in hand. Throws where the request is refused. */
  start(request: TransferInput, options?: TransferOptions): TransferRun;
  /** Goes on with a run that was written down. */
  resume(snapshot: string, options?: RunOptions): TransferRun;
  /** Asks the platform whether a target can take a call just now. */
  eligibility(target: Target, options?: { signal?: AbortSignal | undefined }): Promise<Eligibility>;
}

/** What the engine may be loaded from where the package can't find it by itself. */
export type EngineInput = WebAssembly.Module | BufferSource | Response | URL | string | Promise<Response>;
