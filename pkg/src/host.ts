import type * as glue from "./core.js";
import type { Engine } from "./engine.js";
import { PatchcordError } from "./error.js";
import type * as partsGlue from "./parts.js";
import type { Clock, Fetch, TokenSource } from "./types.js";

/** The engine that the facade drives. */
export type Core = Engine<typeof glue>;

/** The engine that does what needs no host. */
export type Parts = Engine<typeof partsGlue>;

/** What the host lends to every run: it does the HTTP, and the time is its own. */
export interface Host {
  readonly baseUrl: string;
  readonly token: TokenSource;
  readonly fetch: Fetch | undefined;
  readonly clock: Clock;
}

/** The time in whole milliseconds, where the host's clock can be read. */
export function timeOf(clock: Clock): number {
  let now: unknown;
  try {
    now = clock.now();
  } catch {
    throw clockError("`clock.now()` threw");
  }
  if (typeof now !== "number" || !Number.isFinite(now)) throw clockError("`clock.now()` gave no finite number");
  return Math.trunc(now);
}

export function clockError(what: string): PatchcordError {
  return new PatchcordError("clock", `the host's clock failed: ${what}`, {
    hint: "mend the clock, then go on with `resume(error.snapshot)` where there is one",
  });
}

/** Wakes in a row at which the clock stood still. Past them its sleep counts as broken, for it would keep the host busy for ever. */
const MOST_WAKES_AT_A_STANDSTILL = 1_000;

/** Counts the wakes of a run. */
export class Wakes {
  #at = Number.NaN;
  #still = 0;

  /** Throws where the clock has stood still for too many of them. */
  count(now: number): void {
    this.#still = this.#at === now ? this.#still + 1 : 0;
    this.#at = now;
    if (this.#still > MOST_WAKES_AT_A_STANDSTILL) throw clockError("`clock.sleep()` returns while `clock.now()` stands still");
  }
}

/** Sleeps by the host's clock, until one of the signals aborts. Rejects where the clock does. */
export async function slept(clock: Clock, ms: number, signals: readonly (AbortSignal | undefined)[]): Promise<void> {
  const over = new AbortController();
  const cancelled = new Promise<void>((resolve) => over.signal.addEventListener("abort", () => resolve()));
  const cancel = (): void => over.abort();
  for (const signal of signals) signal?.addEventListener("abort", cancel);
  if (signals.some((signal) => signal?.aborted)) cancel();
  try {
    await Promise.race([asleep(clock, ms, over.signal), cancelled]);
  } finally {
    for (const signal of signals) signal?.removeEventListener("abort", cancel);
    // The clock's own timer ends as well.
    cancel();
  }
}

async function asleep(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  try {
    await clock.sleep(ms, signal);
  } catch {
    throw clockError("`clock.sleep()` rejected");
  }
}

/** Tells a listener. What it throws, or its promise rejects with, harms nobody; nobody waits for it. */
export function tell<T>(listener: ((told: T) => unknown) | undefined, told: T): void {
  try {
    Promise.resolve(listener?.(told)).catch(() => {});
  } catch {
    // It was told.
  }
}
