import type { AnyPolicy, Operation, PartyKind, Target, TransferEvent } from "../types.js";
import { duration, type Names, upperFirst } from "./names.js";
import { placesOf } from "./places.js";

export type Tone = "plain" | "good" | "wait" | "warn" | "bad";

/** One line of the story of a transfer. */
export interface Line {
  /** The event's place in the run: a line keeps it for good. */
  readonly sequence: number;
  readonly at: number;
  readonly tone: Tone;
  readonly title: string;
  readonly detail?: string | undefined;
}

type Told = Pick<Line, "tone" | "title" | "detail"> | undefined;
type Of<Type extends TransferEvent["type"]> = Extract<TransferEvent, { type: Type }>;

const READS: Partial<Record<Operation, string>> = {
  transfer: "the transfer",
  call: "the question about the call",
  campaigns: "the question about the campaigns",
  agents: "the question about the agents",
  conversation: "the question about the call",
};

const STAGES: Record<string, string> = {
  planned: "Starting",
  checking: "Checking",
  deciding: "Checking",
  sent: "Sending",
  accepted: "Accepted",
  ringing: "On its way",
  talking: "Consulting",
  reconciling: "Finding out",
  closing: "Ending step",
};

interface Move {
  stage: string;
  tone: Tone;
  title: string;
}

/** What has a call that reads connected, where that is nobody. */
const NOBODY: Partial<Record<PartyKind, Move>> = {
  queue: { stage: "Queued", tone: "plain", title: "Waiting in the queue" },
  machine: { stage: "Machine", tone: "warn", title: "A machine answered" },
  ivr: { stage: "In an IVR", tone: "warn", title: "The caller is in an IVR" },
  music: { stage: "Music", tone: "warn", title: "The caller hears music" },
};

/** The platform's words for a call that moves, in the words of agents. */
const MOVES: Record<string, Move> = {
  WAITING: { stage: "Queued", tone: "plain", title: "Waiting in the queue" },
  IN_TRANSFER: { stage: "Ringing", tone: "plain", title: "Ringing" },
  CONNECTED: { stage: "Connected", tone: "good", title: "Connected" },
  FAILED: { stage: "Failed", tone: "bad", title: "The platform gave the transfer up" },
  DISCONNECTED: { stage: "Caller left", tone: "bad", title: "The caller hung up" },
};

/** The events of one run as the agent reads them. It leaves out what is business of machines. */
export class Timeline {
  readonly lines: Line[] = [];
  /** When the run began, by the clock of whoever carries it out. */
  startedAt: number | undefined;
  /** Where the transfer stands, in a word or two. */
  stage = "Starting";
  /** Whether the agent speaks with the target. */
  talking = false;
  /** What the platform told last of the call. */
  lastSeen: { state: string; party: string | undefined; partyKind: PartyKind | undefined } | undefined;
  readonly #names: Names;
  readonly #targets: Map<string, Target>;
  #sent = false;

  constructor(names: Names, to: Target, policy: AnyPolicy | undefined) {
    this.#names = names;
    this.#targets = new Map([["primary", to], ...placesOf(policy)]);
  }

  add(event: TransferEvent): void {
    this.startedAt ??= event.at;
    const told = this.#tell(event);
    if (told) this.lines.push({ sequence: event.sequence, at: event.at, ...told });
  }

  /** What a step of the plan is called. */
  step(id: string): string {
    const target = this.#targets.get(id);
    return upperFirst(target ? this.#names.target(target) : id);
  }

  #tell(event: TransferEvent): Told {
    switch (event.type) {
      case "resumed":
        return { tone: "plain", title: "Taken up again" };
      case "state-changed":
        return this.#stateChanged(event);
      case "request-sent":
        return this.#requestSent(event);
      case "response-received":
        return answered(event);
      case "response-lost":
        return event.operation === "transfer"
          ? { tone: "warn", title: "The platform's answer was lost", detail: "Whether the transfer began is not known yet." }
          : { tone: "warn", title: `No answer to ${READS[event.operation] ?? event.operation}` };
      case "request-not-sent":
        return { tone: "warn", title: `${upperFirst(READS[event.operation] ?? event.operation)} could not be sent`, detail: this.#names.sentence(event.reason) };
      case "response-unreadable":
        return { tone: "warn", title: `The answer to ${READS[event.operation] ?? event.operation} could not be read` };
      case "retry-scheduled":
        return { tone: "wait", title: `Trying again in ${duration(event.until - event.at)}`, detail: PAUSES[event.reason] };
      case "call-observed":
        return this.#callObserved(event);
      case "step-chosen":
        return { tone: "plain", title: `${this.step(event.step)} chosen`, detail: UNSAID.has(event.reason.code) ? undefined : this.#names.reason(event.reason) };
      case "step-skipped":
        return { tone: "warn", title: `${this.step(event.step)} left out`, detail: this.#names.reason(event.reason) };
      case "step-ended":
        return { tone: "bad", title: `${this.step(event.step)} did not take the call`, detail: this.#names.reason(event.reason) };
      case "step-overdue":
        return { tone: "wait", title: `${this.step(event.step)} takes longer than planned`, detail: "The platform still has the transfer in hand; it is followed on." };
      default:
        return undefined;
    }
  }

  #stateChanged({ to }: Of<"state-changed">): Told {
    this.stage = STAGES[to] ?? this.stage;
    this.talking = to === "talking";
    if (to === "sent") this.#sent = false;
    if (to === "ringing" && this.lastSeen) this.stage = MOVES[this.lastSeen.state]?.stage ?? this.stage;
    if (to === "reconciling") return { tone: "wait", title: "Finding out what happened", detail: "The call is read before anything is sent again." };
    if (to === "talking") return { tone: "good", title: "You are speaking with the target", detail: "Complete hands the caller over." };
    return undefined;
  }

  #requestSent({ operation, attempt }: Of<"request-sent">): Told {
    if (operation !== "transfer") return undefined;
    this.#sent = true;
    return { tone: "plain", title: attempt > 1 ? `Transfer sent, attempt ${attempt}` : "Transfer sent" };
  }

  /** A call reads "connected" before it moves, too: only what is new since the transfer was sent is told. */
  #callObserved({ state, party, partyKind }: Of<"call-observed">): Told {
    const before = this.lastSeen;
    this.lastSeen = { state, party, partyKind };
    if (!this.#sent || (before?.state === state && before.party === party && before.partyKind === partyKind)) return undefined;
    const nobody = state === "CONNECTED" && partyKind !== undefined ? NOBODY[partyKind] : undefined;
    if (nobody) {
      this.stage = nobody.stage;
      return { tone: nobody.tone, title: nobody.title, detail: `Platform: ${state}` };
    }
    const move = MOVES[state];
    if (!move) return { tone: "warn", title: `The platform says ${state}`, detail: "A state that is new to Patchcord; it proves nothing." };
    if (this.stage !== "Finding out" || state !== "CONNECTED") this.stage = move.stage;
    const who = party !== undefined && state === "CONNECTED" ? `${move.title} to ${this.#names.of(party)}` : move.title;
    return { tone: move.tone, title: who, detail: `Platform: ${state}` };
  }
}

/** Reasons that say no more than the title does. */
const UNSAID = new Set<string>(["needs-no-facts", "planned"]);

const PAUSES: Record<string, string> = {
  "rate-limited": "The platform asks for a pause.",
  "circuit-open": "The platform is failing; it is left alone for a while.",
  "server-error": "The platform had an internal error.",
  "answer-lost": "The platform's answer was lost.",
  "not-sent": "The request could not be sent.",
  "not-started": "The transfer did not begin.",
};

function answered({ operation, status }: Of<"response-received">): Told {
  if (operation === "transfer") {
    if (status < 300) return { tone: "good", title: "The platform accepted the transfer" };
    if (status === 429) return { tone: "wait", title: "The platform is busy", detail: "Too many requests (429)." };
  }
  if (status < 400) return undefined;
  if (status === 401) return { tone: "wait", title: "Signing in again", detail: "The platform did not accept the token (401)." };
  return { tone: "warn", title: `The platform answered ${status} to ${READS[operation] ?? operation}` };
}
