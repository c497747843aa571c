/**
 * What the desk knows and does, without any DOM: the element draws it, and tests drive it in Node.
 *
 * It decides nothing about calls. Whether a payload is right, who can take a call and how a transfer goes is the engine's
 * to say; the words for it are in `timeline` and `verdict`.
 */

import { PatchcordError } from "../error.js";
import type { Issue, Outcome, Report, Target, TransferEvent, TransferInput, TransferMode } from "../types.js";
import { Board, type Standing } from "./board.js";
import type { Carrier } from "./carrier.js";
import { findingOf, Names, plural } from "./names.js";
import type { DeskCall, DeskOptions, DeskQueue } from "./options.js";
import { search } from "./search.js";
import { type Kind, KINDS, type Run, Session } from "./session.js";
import { Timeline, type Tone } from "./timeline.js";
import { verdictOf } from "./verdict.js";

/** Something that the page around the desk may want to know. */
export type DeskHappening =
  | { type: "transfer-started"; call: string; mode: TransferMode; kind: Kind }
  | { type: "transfer-progressed"; call: string; event: TransferEvent }
  | { type: "transfer-completed"; call: string; outcome: Outcome }
  /** Bad input: no request was made. */
  | { type: "transfer-refused"; call: string; report: Report }
  /** It could not be followed to its end, and may go on all the same. */
  | { type: "transfer-interrupted"; call: string; error: unknown };

export interface DeskHooks {
  changed(): void;
  told(happening: DeskHappening): void;
}

/** What a target's standing says to the agent. */
export interface StandingWords {
  readonly tone: Tone;
  readonly title: string;
  readonly detail?: string | undefined;
  readonly asOf?: number | undefined;
}

/** Calls whose transfers are over are forgotten past this many. */
const MOST_SESSIONS = 50;
/** Errors after which a transfer may go on all the same. */
const IN_DOUBT = ["no-answer", "internal", "clock"];
const NO_QUEUE: Issue = { code: "no-target", path: "$.to.queue", message: "no queue is chosen", hint: "choose one from the list" };

export class DeskModel {
  readonly #hooks: DeskHooks;
  readonly #sessions = new Map<string, Session>();
  #carrier: Carrier | undefined;
  #board: Board | undefined;
  #queues: readonly DeskQueue[] = [];
  #nameOf: DeskOptions["nameOf"];
  #names = new Names();
  #session: Session | undefined;
  /** Whether the desk is connected to a platform, and if not, why. */
  connection: { state: "none" | "connecting" | "connected" } | { state: "failed"; message: string; hint?: string | undefined } = { state: "none" };

  constructor(hooks: DeskHooks) {
    this.#hooks = hooks;
  }

  get session(): Session | undefined {
    return this.#session;
  }

  get queues(): readonly DeskQueue[] {
    return this.#queues;
  }

  set queues(queues: readonly DeskQueue[]) {
    this.#queues = queues;
    this.#names = new Names(queues, this.#nameOf);
    this.#offer();
    this.#hooks.changed();
  }

  get names(): Names {
    return this.#names;
  }

  /** The kinds of target on offer: no queues, nothing to choose among. */
  get kinds(): readonly Kind[] {
    return KINDS.filter((kind) => (this.#carrier?.kinds.includes(kind) ?? true) && (kind !== "queue" || this.#queues.length > 0));
  }

  get call(): DeskCall | undefined {
    return this.#session?.call;
  }

  set call(call: DeskCall | undefined) {
    if (call === undefined) this.#session = undefined;
    else {
      const known = this.#sessions.get(call.id);
      this.#session = known ? Object.assign(known, { call }) : new Session(call);
      this.#sessions.set(call.id, this.#session);
      this.#forgetOld();
      this.#offer();
    }
    this.#hooks.changed();
  }

  connecting(): void {
    this.connection = { state: "connecting" };
    this.#hooks.changed();
  }

  connected(carrier: Carrier, nameOf: DeskOptions["nameOf"]): void {
    this.#carrier = carrier;
    this.#nameOf = nameOf;
    this.#names = new Names(this.#queues, nameOf);
    this.#board = new Board(carrier.eligibility, carrier.now, () => this.#hooks.changed());
    this.connection = { state: "connected" };
    this.#offer();
    this.#hooks.changed();
  }

  failed(thrown: unknown): void {
    // What is no error of ours may quote anything, and is not shown.
    const ours = thrown instanceof PatchcordError ? thrown : undefined;
    this.connection = {
      state: "failed",
      message: ours ? "The desk is not set up as it should be." : "The engine could not be loaded.",
      hint: ours
        ? findingOf({ ...ours, message: ours.message.replace("`$.", "`"), path: "$" })
        : "Check that core_bg.wasm is served beside the script, and that the page's policy allows 'wasm-unsafe-eval'.",
    };
    this.#hooks.changed();
  }

  now(): number {
    return this.#carrier?.now() ?? Date.now();
  }

  /** Where a call goes that its target does not take. */
  get fallback(): string {
    return this.#names.plan(this.#carrier?.policy, this.#session?.target);
  }

  get budgetMs(): number {
    return (this.#carrier?.policy?.budgetSeconds ?? 120) * 1000;
  }

  search(query: string): DeskQueue[] {
    return search(this.#queues, query);
  }

  queue(id: string | undefined): DeskQueue | undefined {
    return this.#queues.find((queue) => queue.id === id);
  }

  choose(change: Partial<Session["form"]>): void {
    const session = this.#session;
    if (!session || session.phase !== "choosing") return;
    if ("queue" in change && change.queue !== session.form.queue) session.form.skill = undefined;
    Object.assign(session.form, change);
    session.touched = true;
    session.issues = [];
    this.#hooks.changed();
  }

  /** Asks about targets that were never asked about, or not for so long. */
  look(targets: readonly Target[], oldestMs: number): void {
    this.#board?.want(targets, oldestMs);
  }

  standing(target: Target): StandingWords {
    return wordsOf(this.#board?.of(target) ?? { asking: false }, this.#names);
  }

  /** Starts the transfer that the form describes. Returns whether it did. */
  start(): boolean {
    const [session, carrier] = [this.#session, this.#carrier];
    if (!session || !carrier || session.phase !== "choosing") return false;
    const { input } = session;
    const report = input ? carrier.validate(input) : { ok: false, issues: [NO_QUEUE] };
    if (!input || !report.ok) return this.#refuse(session, report);
    const run: Run = {
      to: input.to,
      mode: session.form.mode,
      startedAt: carrier.now(),
      timeline: new Timeline(this.#names, input.to, carrier.policy),
      cancelling: false,
    };
    return this.#begin(session, carrier, run, input);
  }

  #begin(session: Session, carrier: Carrier, run: Run, input: TransferInput): boolean {
    const { call } = input;
    try {
      const onEvent = (event: TransferEvent): void => {
        run.timeline.add(event);
        this.#hooks.told({ type: "transfer-progressed", call, event });
        this.#hooks.changed();
      };
      run.carriage = carrier.start(input, onEvent, session.call.inputs);
    } catch (thrown) {
      if (thrown instanceof PatchcordError && thrown.report) return this.#refuse(session, thrown.report);
      throw thrown;
    }
    session.run = run;
    session.issues = [];
    this.#hooks.told({ type: "transfer-started", call, mode: run.mode, kind: session.form.kind });
    this.#hooks.changed();
    run.carriage.outcome.then(
      (outcome) => this.#ended(session, carrier, run, outcome),
      (thrown: unknown) => this.#interrupted(session, run, thrown),
    );
    return true;
  }

  cancel(): void {
    const run = this.#session?.run;
    if (!run || this.#session?.phase !== "running" || run.cancelling) return;
    run.cancelling = true;
    run.carriage?.cancel();
    this.#hooks.changed();
  }

  get canComplete(): boolean {
    const run = this.#session?.run;
    return this.#session?.phase === "running" && run?.timeline.talking === true && run.carriage?.complete !== undefined;
  }

  complete(): void {
    if (this.canComplete) this.#session?.run?.carriage?.complete?.();
  }

  /** Back to the form, once a transfer is over. */
  again(): void {
    const session = this.#session;
    if (session?.phase !== "over") return;
    session.run = undefined;
    this.#hooks.changed();
  }

  #refuse(session: Session, report: Report): false {
    session.issues = report.issues;
    this.#hooks.told({ type: "transfer-refused", call: session.call.id, report });
    this.#hooks.changed();
    return false;
  }

  #ended(session: Session, carrier: Carrier, run: Run, outcome: Outcome): void {
    // A number that was reached is of no more use here; one that was not may be tried again.
    if (outcome.status === "connected") session.form.phone = "";
    run.ended = { outcome, verdict: verdictOf(outcome, run.timeline, this.#names), intact: carrier.isIntact(outcome.audit) };
    this.#hooks.told({ type: "transfer-completed", call: session.call.id, outcome });
    this.#hooks.changed();
  }

  #interrupted(session: Session, run: Run, thrown: unknown): void {
    if (thrown instanceof PatchcordError && thrown.report && run.timeline.lines.length === 0) {
      session.run = undefined;
      this.#refuse(session, thrown.report);
      return;
    }
    const ours = thrown instanceof PatchcordError ? thrown : undefined;
    const refused = ours !== undefined && run.timeline.startedAt === undefined && !IN_DOUBT.includes(ours.code);
    run.trouble = {
      title: refused ? "Not started" : "Lost sight of this transfer",
      message: this.#names.sentence(ours?.message ?? "it broke off"),
      hint: this.#names.sentence(ours?.hint ?? "look at the call before you try again"),
    };
    this.#hooks.told({ type: "transfer-interrupted", call: session.call.id, error: thrown });
    this.#hooks.changed();
  }

  /** The first kind on offer is chosen, until the agent chooses. */
  #offer(): void {
    const [session, first] = [this.#session, this.kinds[0]];
    if (session && first && !session.touched) session.form.kind = first;
  }

  #forgetOld(): void {
    for (const [id, session] of this.#sessions) {
      if (this.#sessions.size <= MOST_SESSIONS) return;
      if (session !== this.#session && session.phase !== "running") this.#sessions.delete(id);
    }
  }
}

function wordsOf({ asking, eligibility, trouble, asOf }: Standing, names: Names): StandingWords {
  if (trouble !== undefined) return { tone: "warn", title: "Not known", detail: names.sentence(trouble.replaceAll("`", "")), asOf };
  if (!eligibility) return { tone: "wait", title: asking ? "Checking…" : "Not checked yet" };
  const { eligible, code, message, available } = eligibility;
  if (eligible && available !== undefined) return { tone: "good", title: "Can take the call", detail: `${plural(available, "agent")} available.`, asOf };
  if (eligible) return { tone: "good", title: "Can be tried", detail: code === "needs-no-facts" ? "Nothing to check beforehand." : names.sentence(message), asOf };
  const known = ["no-campaign", "no-active-campaign", "no-available-agent"].includes(code ?? "");
  return { tone: known ? "bad" : "warn", title: known ? "Can't take the call" : "Not known", detail: names.sentence(message), asOf };
}
