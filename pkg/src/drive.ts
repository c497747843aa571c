import type * as glue from "./core.js";
import { type Breakage, internalError } from "./engine.js";
import { PatchcordError } from "./error.js";
import { delivery, Exchange } from "./exchange.js";
import { clockError, type Core, type Host, tell, timeOf, Wakes } from "./host.js";
import { toJson } from "./json.js";
import type { EventListener, Outcome, TransferEvent, TransferRun } from "./types.js";

type Input = (run: glue.Run, now: number) => void;
type RequestOutput = Extract<glue.Output, { type: "request" }>;

export interface DriveOptions {
  listeners: EventListener[];
  signals: AbortSignal[];
}

/**
 * Carries out one run: feeds the machine what happens, and does what it asks for.
 *
 * Each input is followed by a full drain. After a drain, in this order: the state is written down, the events go out, the
 * requests leave. So whoever stores `snapshot()` on an event has it before the request that the event announces is sent.
 */
export class Drive implements TransferRun {
  readonly outcome: Promise<Outcome>;
  readonly #core: Core;
  readonly #host: Host;
  readonly #decider: glue.Decider;
  readonly #listeners: EventListener[];
  readonly #exchanges = new Map<number, { exchange: Exchange; deadline: number }>();
  readonly #inputs: Input[] = [];
  readonly #endings: (() => unknown)[] = [];
  #resolve!: (outcome: Outcome) => void;
  #reject!: (error: PatchcordError) => void;
  #run: glue.Run;
  #generation: number;
  #snapshot: string;
  /** The time that the machine was told last. */
  #now: number;
  #until = 0;
  #alarm: AbortController | undefined;
  readonly #wakes = new Wakes();
  #busy = false;
  #settled = false;

  /** Begins in the next microtask, so that the caller has the run in hand at the first event. Throws what `open` refuses. */
  constructor(core: Core, host: Host, open: (core: typeof glue, now: number) => glue.Run, decider: glue.Decider, options: DriveOptions) {
    this.#core = core;
    this.#host = host;
    this.#decider = decider;
    this.#listeners = options.listeners;
    this.#now = timeOf(host.clock);
    this.#run = core.call((it) => open(it, this.#now));
    this.#snapshot = core.call(() => this.#run.snapshot());
    this.#generation = core.generation;
    this.outcome = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    // Whoever follows the events alone must not be ended by a rejection that they never asked about.
    this.outcome.catch(() => {});
    this.#endings.push(core.watch((breakage) => this.#engineBroke(breakage)));
    for (const signal of options.signals) this.#obey(signal);
    queueMicrotask(() => this.#pump());
  }

  cancel(): void {
    this.#feed((run, now) => run.handleCancel(now));
  }

  callerLeft(): void {
    this.#feed((run, now) => run.handleCallerLeft(now));
  }

  complete(): void {
    this.#feed((run, now) => run.handleComplete(now));
  }

  push(event: unknown): void {
    const text = toJson(typeof event === "string" ? parsed(event) : event);
    this.#feed((run, now) => run.handlePush(text, now));
  }

  snapshot(): string {
    return this.#snapshot;
  }

  #obey(signal: AbortSignal): void {
    const cancel = (): void => this.cancel();
    if (signal.aborted) {
      this.#inputs.push((run, now) => run.handleCancel(now));
      return;
    }
    signal.addEventListener("abort", cancel, { once: true });
    this.#endings.push(() => signal.removeEventListener("abort", cancel));
  }

  #feed(input: Input): void {
    if (this.#settled) return;
    this.#inputs.push(input);
    this.#pump();
  }

  /** Inputs that arrive while one is worked on (a listener cancels, say) wait for their turn. */
  #pump(): void {
    if (this.#busy || this.#settled) return;
    this.#busy = true;
    try {
      do {
        this.#reviveIfStale();
        const input = this.#inputs.shift();
        this.#now = timeOf(this.#host.clock);
        if (input) this.#core.call(() => input(this.#run, this.#now));
        this.#drain();
      } while (!this.#settled && this.#inputs.length > 0);
    } catch (thrown) {
      this.#fail(thrown instanceof PatchcordError ? thrown : internalError(thrown));
    } finally {
      this.#busy = false;
    }
  }

  #drain(): void {
    const events: TransferEvent[] = [];
    const requests: RequestOutput[] = [];
    let output = this.#core.call(() => this.#run.poll());
    for (; output.type === "event" || output.type === "request"; output = this.#core.call(() => this.#run.poll())) {
      if (output.type === "event") events.push(output.event);
      else requests.push(output);
    }
    this.#snapshot = this.#core.call(() => this.#run.snapshot());
    for (const event of events) for (const listener of this.#listeners) tell(listener, event);
    if (output.type === "done") return this.#finish(output.outcome);
    for (const request of requests) this.#perform(request);
    this.#until = output.until;
    this.#sleep();
  }

  #perform({ id, refresh, request }: RequestOutput): void {
    const exchange = new Exchange(this.#core, this.#host, request, refresh);
    this.#exchanges.set(id, { exchange, deadline: this.#now + request.timeout });
    void exchange.answer.then((answer) => {
      // Whoever was abandoned has been answered for.
      if (this.#exchanges.get(id)?.exchange !== exchange) return;
      this.#exchanges.delete(id);
      this.#feed(delivery(id, answer));
    });
  }

  #sleep(): void {
    this.#alarm?.abort();
    const alarm = (this.#alarm = new AbortController());
    const until = Math.min(this.#until, ...[...this.#exchanges.values()].map(({ deadline }) => deadline));
    const { clock } = this.#host;
    let slept: Promise<unknown>;
    try {
      slept = Promise.resolve(clock.sleep(Math.max(0, until - this.#now), alarm.signal));
    } catch {
      throw clockError("`clock.sleep()` threw");
    }
    slept.then(
      () => alarm.signal.aborted || this.#wake(),
      () => alarm.signal.aborted || this.#fail(clockError("`clock.sleep()` rejected")),
    );
  }

  #wake(): void {
    if (this.#settled) return;
    try {
      const now = timeOf(this.#host.clock);
      this.#wakes.count(now);
      this.#giveUpOverdue(now);
      if (now >= this.#until) this.#inputs.push((run, at) => run.handleWake(at));
      if (this.#inputs.length > 0) return this.#pump();
      this.#now = now;
      this.#sleep();
    } catch (thrown) {
      this.#fail(thrown instanceof PatchcordError ? thrown : internalError(thrown));
    }
  }

  /** Tells the machine of the requests whose time is up before it wakes: it then knows which of them never left. */
  #giveUpOverdue(now: number): void {
    for (const [id, { exchange, deadline }] of [...this.#exchanges]) {
      if (deadline > now) continue;
      this.#exchanges.delete(id);
      this.#inputs.push(delivery(id, exchange.abandon("no whole answer in time")));
    }
  }

  /** Somebody else's call broke the instance that this run lived in: it goes on in the new one, from its own last state. */
  #reviveIfStale(): void {
    if (this.#generation === this.#core.generation) return;
    this.#run = this.#core.call((it) => it.Run.restore(this.#snapshot, timeOf(this.#host.clock), this.#decider));
    this.#generation = this.#core.generation;
    for (const [id, { exchange }] of [...this.#exchanges]) {
      if (exchange.generation === this.#generation) continue;
      this.#exchanges.delete(id);
      this.#inputs.push(delivery(id, exchange.abandon("the engine was restarted")));
    }
  }

  /** A task that broke was carrying somebody's request: any run with one under way may be at fault, and ends. */
  #engineBroke(breakage: Breakage): void {
    if (breakage === "task" && this.#exchanges.size > 0) this.#fail(internalError());
    else queueMicrotask(() => this.#pump());
  }

  #finish(outcome: Outcome): void {
    this.#end();
    this.#resolve(outcome);
  }

  #fail(error: PatchcordError): void {
    if (this.#settled) return;
    this.#end();
    this.#reject(error.withSnapshot(this.#snapshot));
  }

  #end(): void {
    this.#settled = true;
    this.#alarm?.abort();
    for (const ending of this.#endings.splice(0)) ending();
    for (const { exchange } of this.#exchanges.values()) exchange.abandon("the run is over");
    this.#exchanges.clear();
    // What belongs to a retired instance must not be freed: the memory is another's by now.
    if (this.#generation !== this.#core.generation) return;
    try {
      this.#core.call(() => this.#run.free());
    } catch {
      // The run has ended; the engine has seen to itself.
    }
  }
}

/** Text is read here, so that broken text is refused to whoever pushes it and not to the run. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new PatchcordError("invalid-json", "the event is not JSON", { path: "$", hint: "push the event as the platform told it" });
  }
}
