import type * as glue from "./core.js";
import type { Engine } from "./engine.js";
import { PatchcordError } from "./error.js";
import type { Clock, Fetch, TokenSource } from "./types.js";

/** The engine that the facade drives. */
export type Core = Engine<typeof glue>;

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
