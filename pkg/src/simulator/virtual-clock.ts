import type { Clock } from "../types.js";

interface Timer {
  readonly at: number;
  readonly sequence: number;
  readonly ring: () => void;
}

/**
 * How many turns of the host's event loop must pass in which nothing asks for time. A promise chain may need several: reading
 * a body takes tasks of its own in some hosts.
 */
const QUIET_TURNS = 3;

/**
 * Time that stands still while anything runs, and jumps to the next timer when nothing does. Timers ring one at a time, the
 * earliest first and those of one moment in the order in which they were set, so the same run is the same every time.
 */
export class VirtualClock implements Clock {
  #now: number;
  #sequence = 0;
  #timers: Timer[] = [];
  #working = 0;
  #quiet = 0;
  #turning = false;

  constructor(now: number) {
    this.#now = now;
  }

  now = (): number => this.#now;

  /** A sleep that is aborted ends at once, without an error. */
  sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const end = (): void => {
        this.#timers = this.#timers.filter((it) => it !== timer);
        signal?.removeEventListener("abort", end);
        this.#stir();
        resolve();
      };
      const timer = { at: this.#now + Math.max(0, ms), sequence: this.#sequence++, ring: end };
      signal?.addEventListener("abort", end);
      this.#timers.push(timer);
      this.#stir();
    });

  /** Time stands still until `work` settles. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.#working += 1;
    try {
      return await work();
    } finally {
      this.#working -= 1;
      this.#stir();
    }
  }

  /** Something ran: the quiet turns are counted anew. */
  #stir(): void {
    this.#quiet = 0;
    if (this.#turning || this.#timers.length === 0) return;
    this.#turning = true;
    nextTurn(() => this.#turn());
  }

  #turn(): void {
    this.#turning = false;
    if (this.#timers.length === 0 || this.#working > 0) return;
    this.#quiet += 1;
    if (this.#quiet >= QUIET_TURNS) return this.#jump();
    this.#turning = true;
    nextTurn(() => this.#turn());
  }

  #jump(): void {
    const next = this.#timers.reduce((first, it) => (before(it, first) ? it : first));
    this.#now = Math.max(this.#now, next.at);
    next.ring();
  }
}

function before(a: Timer, b: Timer): boolean {
  return a.at < b.at || (a.at === b.at && a.sequence < b.sequence);
}

type Immediate = (task: () => void) => unknown;

/** Calls `task` when the host has done all that it has to do now. */
const nextTurn: Immediate = (() => {
  const { setImmediate } = globalThis as { setImmediate?: Immediate };
  if (typeof setImmediate === "function") return (task: () => void) => setImmediate(task);
  if (typeof document === "undefined" || typeof MessageChannel === "undefined") return (task: () => void) => setTimeout(task, 0);
  // Browsers hold back timers that follow one another, but not messages.
  return (task: () => void) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      task();
    };
    port2.postMessage(0);
  };
})();
