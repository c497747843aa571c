/** What the host lends, and what it gets in return. */

import type { BridgeEvent, Operations } from "./answers.js";
import type { AnyPolicy, DecisionInputs } from "./decision.js";
import type { BreakerState, Eligibility, Outcome, TransferEvent } from "./outcome.js";
import type { ProfileName, Target, TransferInput } from "./request.js";

/** Where time comes from. Patchcord has no other. */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now(): number;
  /** Settles after so many milliseconds, or soon after `signal` is aborted. */
  sleep(ms: number, signal: AbortSignal): Promise<unknown>;
}

/** Gives the bearer token, asked for each request: with `refresh: true` after the platform refused the last one. */
export type TokenSource = (ask: { refresh: boolean }) => string | Promise<string>;

/** What tokens by OAuth 2.0 client credentials are asked for with. */
export interface ClientCredentials {
  /** Such as `https://na1.example.com/api/v2/oauth/token`. */
  tokenUrl: string;
  clientId: string;
  clientSecret: string;
  /** With a space between, or as a list. Where absent the client has all that it was given. */
  scope?: string | string[] | undefined;
  /** How the client shows itself: in a Basic header, which is usual, or in the form's fields. */
  auth?: "basic" | "body" | undefined;
  /** The global `fetch` where absent. */
  fetch?: Fetch | undefined;
  /** `Date.now` and timers where absent. */
  clock?: Clock | undefined;
}

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
  /** Where calls go that their target does not take: steps in order, or a policy with conditions, by which `decide` decides too. */
  policy?: AnyPolicy | undefined;
  /** A whole number from 0: the same seed spreads retries the same way. Drawn at random where absent. */
  seed?: number | undefined;
  /** As an earlier outcome carried it. */
  breaker?: BreakerState;
  /** Called with what became of each bridge. Nobody waits for it; what it throws is ignored. */
  onCti?: ((event: BridgeEvent) => unknown) | undefined;
  /** Called with each line of the audit of bridges, to be appended with a line feed. What it throws is ignored. */
  onAuditLine?: ((line: string) => unknown) | undefined;
  /** The last line of the audit that is to be gone on with. */
  lastAuditLine?: string | undefined;
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
  policy?: Partial<AnyPolicy> | undefined;
  /**
   * What a policy with conditions may ask about and the platform does not tell: facts of the call, predictions, where the call has
   * been. The run adds the time, what it tried, and what the platform says of the queues that come into question.
   */
  inputs?: DecisionInputs | undefined;
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
export interface Patchcord extends Operations {
  /** Moves a call and tells how it ended. Rejects where the request is refused, with the report; never because a call did not get through. */
  transfer(request: TransferInput, options?: TransferOptions): Promise<Outcome>;
  /** The same, with the reins in hand. Throws where the request is refused. */
  start(request: TransferInput, options?: TransferOptions): TransferRun;
  /** Goes on with a run that was written down. */
  resume(snapshot: string, options?: RunOptions): TransferRun;
  /** Asks the platform whether a target can take a call just now. */
  eligibility(target: Target, options?: { signal?: AbortSignal | undefined }): Promise<Eligibility>;
}

/**
 * What the engine may be loaded from where the package can't find it by itself: an address, a response or the promise of one,
 * bytes, or a compiled `WebAssembly.Module`.
 */
export type EngineInput = string | object;

/** Which engines to load, each from where: the files are `patchcord/core.wasm` and `patchcord/parts.wasm`. */
export interface EngineSources {
  /** Moves calls. */
  core?: EngineInput | undefined;
  /** Does what needs no host: requests, answers, policies, predictions. */
  parts?: EngineInput | undefined;
}
