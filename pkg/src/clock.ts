import type { Clock } from "./types.js";

/** Timers take at most 2^31 - 1 milliseconds; longer sleeps are slept in parts. */
const LONGEST_TIMER = 0x7fffffff;

/** The host's own time. A sleep that is aborted ends at once, without an error. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise<void>((resolve) => {
      let timer: ReturnType<typeof setTimeout>;
      const end = (): void => {
        clearTimeout(timer);
        signal.removeEventListener("abort", end);
        resolve();
      };
      const sleepOn = (left: number): void => {
        if (left > LONGEST_TIMER) timer = setTimeout(() => sleepOn(left - LONGEST_TIMER), LONGEST_TIMER);
        else timer = setTimeout(end, Math.max(0, left));
      };
      if (signal.aborted) return resolve();
      signal.addEventListener("abort", end);
      sleepOn(ms);
    }),
};
