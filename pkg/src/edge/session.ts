import { core } from "../core-engine.js";
import { parts } from "../parts-engine.js";
import { connect } from "../patchcord.js";
import type { OperationOutcome, Outcome, Patchcord, TransferEvent, TransferRun } from "../types.js";
import { AlarmClock } from "./alarm-clock.js";
import { readConfig } from "./config.js";
import type { EdgeEnv } from "./env.js";
import { type Entry, Journal } from "./journal.js";
import type { OperationOrder } from "./operation.js";
import { answering, Problem, respond } from "./problem.js";
import type { ObjectState } from "./runtime.js";
import type { Order } from "./transfer.js";

/** How long an ended transfer, or a claimed key, is kept: longer than anybody repeats a request. */
const KEEP_MS = 7 * 24 * 60 * 60 * 1000;
/** How long a run rests that could not go on. */
const REST_MS = 10_000;
/** Under which name an object that guards a key keeps the end of its operation. */
const OPERATION = "operation";
/** The engine restarts after a defect. A run that breaks it this often is given up. */
const MOST_BREAKDOWNS = 3;

/** What the worker asks of an object. `at` is the path that its transfers stand under. */
export type Command =
  | { do: "claim"; fingerprint: string }
  | { do: "start"; order: Order; key?: string | undefined; at: string }
  | { do: "read"; id: string; after: number }
  | { do: "cancel"; id: string }
  | { do: "push"; event: unknown }
  | { do: "operate"; order: OperationOrder; fingerprint?: string | undefined };

/**
 * A call, as the one writer of what happens to it.
 *
 * Each event goes into the journal together with the state after it, before the request that it announces can leave. So an
 * object that is put out of memory, moved or killed goes on from there, at the next request or at its alarm. Beside calls,
 * an object of this class guards each idempotency key: a key may come back with another call's body.
 */
export class CallSession {
  readonly #state: ObjectState;
  readonly #env: EdgeEnv;
  readonly #journal: Journal;
  readonly #clock: AlarmClock;
  #patchcord: Patchcord | undefined;
  #live: { id: string; run: TransferRun } | undefined;
  #operating: Promise<OperationOutcome> | undefined;

  constructor(state: ObjectState, env: EdgeEnv) {
    this.#state = state;
    this.#env = env;
    this.#journal = new Journal(state.storage.sql);
    this.#clock = new AlarmClock(state.storage);
  }

  async fetch(request: Request): Promise<Response> {
    const command = (await request.json()) as Command;
    return answering(() => {
      this.#goOn();
      return this.#obey(command);
    });
  }

  async alarm(): Promise<void> {
    this.#clock.rang();
    if (this.#journal.running()) return this.#goOn();
    const end = (this.#journal.touched() ?? 0) + KEEP_MS;
    if (this.#clock.now() < end) return this.#clock.ringBy(end);
    await this.#state.storage.deleteAll();
    this.#journal.forget();
  }

  #obey(command: Command): Response | Promise<Response> {
    switch (command.do) {
      case "claim":
        return this.#claim(command.fingerprint);
      case "start":
        return this.#start(command.order, command.key, command.at);
      case "read":
        return this.#read(command.id, command.after);
      case "cancel":
        return this.#cancel(command.id);
      case "push":
        return this.#push(command.event);
      case "operate":
        return this.#operate(command.order, command.fingerprint);
    }
  }

  #claim(fingerprint: string): Response {
    const now = this.#clock.now();
    if (!this.#journal.claim(fingerprint, now)) {
      throw new Problem(422, "idempotency-key-reused", "this `Idempotency-Key` came with another body before");
    }
    this.#clock.ringBy(now + KEEP_MS);
    return respond(204, undefined);
  }

  /** Under a key, one operation is sent, and those who come again get its outcome. */
  async #operate(order: OperationOrder, fingerprint: string | undefined): Promise<Response> {
    const patchcord = this.#connected();
    if (fingerprint === undefined) return respond(200, await patchcord.send(order.operation, order.input));
    const begun = this.#journal.isClaimed();
    this.#claim(fingerprint);
    const kept = this.#journal.outcome(OPERATION);
    if (kept) return respond(200, kept);
    if (begun && order.writes && !this.#operating) {
      throw new Problem(409, "result-unknown", "this operation was begun, and the worker went away before its end: look what became of it");
    }
    this.#operating ??= this.#toItsEnd(patchcord, order);
    return respond(200, await this.#operating);
  }

  async #toItsEnd(patchcord: Patchcord, { operation, input }: OperationOrder): Promise<OperationOutcome> {
    const outcome = await patchcord.send(operation, input);
    this.#end(OPERATION, outcome);
    return outcome;
  }

  #start({ input, ...own }: Order, key: string | undefined, at: string): Response {
    const known = key === undefined ? undefined : this.#journal.byKey(key);
    if (known) return accepted(known.id, statusOf(known), at);
    const running = this.#journal.running();
    if (running) {
      throw new Problem(409, "transfer-in-progress", "this call is being transferred: wait for the end, or cancel it", {
        headers: { location: `${at}/${running.id}` },
      });
    }
    const id = `${this.#state.id}-${crypto.randomUUID().slice(0, 8)}`;
    const run = this.#connected().start(input, { onEvent: (event) => this.#record(id, run, event), ...own });
    this.#written(() => this.#journal.open(id, key, run.snapshot(), this.#clock.now()));
    this.#follow(id, run);
    return accepted(id, "running", at);
  }

  #read(id: string, after: number): Response {
    const entry = this.#known(id);
    const { state } = entry;
    const outcome = this.#journal.outcome(id);
    const problem = entry.snapshot || outcome ? undefined : { code: "internal", detail: "the engine broke over this transfer: look at the call" };
    return respond(200, { id, status: statusOf(entry), state, events: this.#journal.events(id, after), outcome, problem });
  }

  #cancel(id: string): Response {
    if (this.#known(id).snapshot === undefined) throw new Problem(409, "transfer-ended", "this transfer has ended: nothing is left to cancel");
    this.#running()?.cancel();
    return respond(202, { id, status: statusOf(this.#known(id)) });
  }

  #push(event: unknown): Response {
    const run = this.#running();
    if (!run) throw new Problem(404, "no-transfer", "this call is not being transferred");
    run.push(event);
    return respond(202, {});
  }

  #known(id: string): Entry {
    const entry = this.#journal.find(id);
    if (!entry) throw new Problem(404, "transfer-not-found", "there is no transfer of this id");
    return entry;
  }

  /** The transfer that runs, taken up again where it rests since a breakdown. */
  #running(): TransferRun | undefined {
    const entry = this.#journal.running();
    if (entry && this.#live?.id !== entry.id) this.#resume(entry);
    return this.#live?.run;
  }

  /** After a rest, whatever ended it. Where the bindings are wrong by now, it goes on after the deployment that mends them. */
  #goOn(): void {
    try {
      this.#running();
    } catch (thrown) {
      if (!(thrown instanceof Problem)) throw thrown;
      this.#clock.ringBy(this.#clock.now() + REST_MS);
    }
  }

  #resume({ id, snapshot = "" }: Entry): void {
    try {
      const run = this.#connected().resume(snapshot, { onEvent: (event) => this.#record(id, run, event) });
      this.#follow(id, run);
    } catch (thrown) {
      if (thrown instanceof Problem) throw thrown;
      this.#broke(id);
    }
  }

  #follow(id: string, run: TransferRun): void {
    this.#live = { id, run };
    run.outcome.then(
      (outcome) => {
        this.#live = undefined;
        this.#end(id, outcome);
      },
      () => this.#broke(id),
    );
  }

  /** The run rests until the next request or alarm, unless it broke too often. */
  #broke(id: string): void {
    this.#live = undefined;
    this.#journal.brokeDown(id);
    if ((this.#journal.find(id)?.breakdowns ?? 0) >= MOST_BREAKDOWNS) return this.#end(id, undefined);
    this.#clock.ringBy(this.#clock.now() + REST_MS);
  }

  #end(id: string, outcome: Outcome | OperationOutcome | undefined): void {
    const now = this.#clock.now();
    this.#written(() => this.#journal.end(id, outcome, now));
    this.#clock.ringBy(now + KEEP_MS);
  }

  #record(id: string, run: TransferRun, event: TransferEvent): void {
    this.#written(() => this.#journal.record(id, event, run.snapshot(), this.#clock.now()));
  }

  /** What can't be written down must not be done: no request leaves an object that is aborted. */
  #written(write: () => void): void {
    try {
      write();
    } catch {
      this.#state.abort("the journal could not be written");
    }
  }

  #connected(): Patchcord {
    this.#patchcord ??= connect(core, parts, { ...readConfig(this.#env), clock: this.#clock });
    return this.#patchcord;
  }
}

function statusOf({ snapshot }: Entry): "running" | "done" {
  return snapshot === undefined ? "done" : "running";
}

function accepted(id: string, status: "running" | "done", at: string): Response {
  return respond(202, { id, status }, { location: `${at}/${id}` });
}
