import { PatchcordError } from "./error.js";
import { delivery, exchanged } from "./exchange.js";
import { type Core, type Host, type Parts, slept, timeOf, Wakes } from "./host.js";
import type * as glue from "./parts.js";
import type { OperationOutcome } from "./types.js";

type RequestOutput = Extract<glue.OperationOutput, { type: "request" }>;

/**
 * One operation under way: does what its machine asks for, until that is over. Rejects where the options are refused, and
 * where an engine or the clock breaks.
 */
export class CarryOut {
  readonly #core: Core;
  readonly #parts: Parts;
  readonly #host: Host;
  readonly #signals: readonly AbortSignal[];
  readonly #run: glue.OperationRun;
  readonly #generation: number;
  /** The time that the machine was told last. */
  #now: number;
  readonly #wakes = new Wakes();

  constructor(core: Core, parts: Parts, host: Host, options: string, signals: readonly AbortSignal[]) {
    this.#core = core;
    this.#parts = parts;
    this.#host = host;
    this.#signals = signals;
    this.#now = timeOf(host.clock);
    this.#run = parts.call((it) => it.OperationRun.start(options, this.#now));
    this.#generation = parts.generation;
  }

  async outcome(): Promise<OperationOutcome> {
    try {
      for (;;) {
        if (this.#signals.some(({ aborted }) => aborted)) this.#tell((run, now) => run.handleCancel(now));
        const output = this.#tell((run) => run.poll());
        if (output.type === "done") return output.outcome;
        if (output.type === "wait") await this.#sleep(output.until);
        else await this.#perform(output);
      }
    } catch (thrown) {
      throw thrown instanceof PatchcordError && thrown.code === "internal" ? lostSight(thrown) : thrown;
    } finally {
      // What belongs to a retired instance must not be freed: the memory is another's by now.
      if (this.#generation === this.#parts.generation) this.#run.free();
    }
  }

  async #perform({ id, refresh, request }: RequestOutput): Promise<void> {
    const { answer } = await exchanged(this.#core, this.#host, request, refresh, this.#signals);
    this.#tick();
    this.#tell(delivery(id, answer));
  }

  async #sleep(until: number): Promise<void> {
    await slept(this.#host.clock, Math.max(0, until - this.#now), this.#signals);
    this.#now = timeOf(this.#host.clock);
    this.#wakes.count(this.#now);
    this.#tell((run, now) => run.handleWake(now));
  }

  /** An answer counts also where the clock can't be read. */
  #tick(): void {
    try {
      this.#now = timeOf(this.#host.clock);
    } catch {
      // The time of the last input does.
    }
  }

  /** Somebody else's call may have broken the instance that this run lived in: what it knew is lost. */
  #tell<T>(work: (run: glue.OperationRun, now: number) => T): T {
    if (this.#generation !== this.#parts.generation) throw lostSight();
    return this.#parts.call(() => work(this.#run, this.#now));
  }
}

function lostSight(cause?: PatchcordError): PatchcordError {
  return new PatchcordError("internal", "the engine met a defect of its own and was restarted", {
    hint: "look what became of the operation before it is sent again",
    cause,
  });
}
