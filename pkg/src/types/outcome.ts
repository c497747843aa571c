/** What comes of it: policies, reasons, eligibility, events, outcomes and their audit. */

import type { Operation, Target, TransferMode } from "./request.js";

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
  | "busy"
  | "no-answer"
  | "declined"
  | "unreachable"
  | "machine-answered"
  | "number-invalid"
  | "number-barred"
  | "not-found"
  | "no-campaign"
  | "no-active-campaign"
  | "queue-closed"
  | "queue-full"
  | "no-available-agent"
  | "routing-loop"
  | "not-supported"
  | "media-failed"
  | "network-congested"
  | "network-failed"
  | "rate-limited"
  | "unauthorized"
  | "missing-scope"
  | "payload-refused"
  | "conflict"
  | "refused-by-platform"
  | "server-error"
  | "answer-lost"
  | "not-sent"
  | "timed-out"
  | "call-not-found"
  | "aged-out"
  | "caller-left"
  | "cancelled"
  | "transfer-failed"
  | "eligible"
  | "needs-no-facts"
  | "planned"
  | "not-planned"
  | "not-decided"
  | "not-asked"
  | "facts-stale"
  | "unreadable-answer"
  | "already-tried"
  | "transfer-in-progress"
  | "budget-spent"
  | "circuit-open"
  | "not-started"
  | "still-pending"
  | "result-unknown"
  | "internal"
  | (string & {});

/** What follows from a reason, always the same. */
export interface FailureReason {
  code: ReasonCode;
  /** The same target may be tried again in this run, at once or once the platform was asked. */
  retryable: boolean;
  /** Where to go on: `this-target` where nothing failed, `end` where no target can do better. */
  next: "this-target" | "same-target" | "next-target" | "ask-first" | "end";
  /** Whose fault it is. */
  blame: "nobody" | "target" | "platform" | "network" | "host" | "request" | "patchcord";
  /** Somebody should be told, beyond the agent. */
  alert: boolean;
  agentReads: string;
  /** Empty where the caller should hear nothing. */
  callerHears: string;
  /** The code as it was told. A phone number is redacted. */
  evidence?: string | undefined;
}

/** Why, in a code for programs and a sentence for the agent. `failureReason(code)` tells what follows. */
export interface Reason {
  code: ReasonCode;
  /** The step that it concerns. */
  step?: string | undefined;
  /** What the agent should read. */
  message: string;
  /** The platform's own evidence: a status, a state, a code as it was told, the name of a missing scope. */
  evidence?: string | undefined;
}

/** What has a caller: somebody, a queue, a voicemail box or another machine, an IVR or another flow, music or an announcement. */
export type PartyKind = "person" | "queue" | "machine" | "ivr" | "music";

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
  /** What took the call, where the platform tells: a machine is a voicemail box, an IVR, music. */
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
  /** The platform told of the call: its own word for the state, who has the call, and what that is. */
  | (EventOf<"call-observed"> & { state: string; party?: string | undefined; partyKind?: PartyKind | undefined; pushed: boolean })
  /** The platform told of a state whose word we don't know. */
  | (EventOf<"state-unknown"> & { state: string })
  /**
   * The policy was asked, and its plan is another than before. The hashes are those of `decide`, so that it can be decided again;
   * `issues` say where your `inputs` cannot be read, and what would mend it.
   */
  | (EventOf<"decided"> & { policy: string; inputs: string; plan: string[]; issues: string[] })
  | (StepEventOf<"step-chosen"> & { target: Target; reason: Reason })
  | (StepEventOf<"step-skipped"> & { reason: Reason })
  | (StepEventOf<"step-ended"> & { reason: Reason })
  /** The step's time is over, but the platform still has the transfer in hand: it is followed on. */
  | StepEventOf<"step-overdue">
  /** Something came too late, twice, or out of place; it changed nothing. */
  | (EventOf<"ignored"> & { what: string })
  | (EventOf<"ended"> & { status: OutcomeStatus });
