import { systemClock } from "../clock.js";
import type { Clock } from "../types.js";
import type { ObjectStorage } from "./runtime.js";

/** Waits up to here keep the object in memory; longer ones leave it to be woken by its alarm. */
const LONGEST_TIMER_MS = 10_000;
/** How long after the end of a short wait the alarm looks whether anybody was still there to go on. */
const GRACE_MS = 5_000;

interface Sleeper {
  readonly until: number;
  /** When the alarm must ring for it. */
  readonly alarm: number;
  readonly wake: () => void;
}

/**
 * The time of a Durable Object. Its one alarm ends the long waits, and brings back an object that was put out of memory in a
 * short one. It rings no later than anybody asked, and often earlier: moving it is a write.
 */
export class AlarmClock implements Clock {
  readonly #storage: ObjectStorage;
  readonly #sleepers = new Set<Sleeper>();
  #armed: number | undefined;

  constructor(storage: ObjectStorage) {
    this.#storage = storage;
  }

  now(): number {
    return Date.now();
  }

  async sleep(ms: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    const short = ms <= LONGEST_TIMER_MS;
    const until = this.now() + ms;
    let wake!: () => void;
    const rung = new Promise<void>((resolve) => (wake = resolve));
    const sleeper = { until, alarm: short ? until + GRACE_MS : until, wake };
    this.#sleepers.add(sleeper);
    signal.addEventListener("abort", wake, { once: true });
    this.ringBy(sleeper.alarm);
    await (short ? systemClock.sleep(ms, signal) : rung);
    signal.removeEventListener("abort", wake);
    this.#sleepers.delete(sleeper);
  }

  /** Sees to it that the alarm rings by then. */
  ringBy(at: number): void {
    if (this.#armed !== undefined && this.#armed <= at) return;
    this.#armed = at;
    // A write that fails takes the object down with it, so there is nobody to tell.
    this.#storage.setAlarm(at).catch(() => {});
  }

  /** The alarm rang. */
  rang(): void {
    this.#armed = undefined;
    const now = this.now();
    for (const { until, alarm, wake } of this.#sleepers) {
      if (until <= now) wake();
      else this.ringBy(alarm);
    }
  }
}
