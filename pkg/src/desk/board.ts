import { PatchcordError } from "../error.js";
import type { Eligibility, Target } from "../types.js";

/** What is known of a target, and since when. */
export interface Standing {
  /** Whether an answer is on its way. */
  asking: boolean;
  /** The last answer. */
  eligibility?: Eligibility | undefined;
  /** Why the last question was not answered. */
  trouble?: string | undefined;
  /** When the last answer came, or failed to. */
  asOf?: number | undefined;
}

/** Questions at one time: a hundred queues must not become two hundred requests at once. */
const MOST_AT_ONCE = 4;

/** Who can take a call, as far as is known, with the age of the knowledge. */
export class Board {
  readonly #ask: (target: Target) => Promise<Eligibility>;
  readonly #now: () => number;
  readonly #changed: () => void;
  readonly #standings = new Map<string, Standing>();
  #waiting: Target[] = [];
  #underWay = 0;

  constructor(ask: (target: Target) => Promise<Eligibility>, now: () => number, changed: () => void) {
    this.#ask = ask;
    this.#now = now;
    this.#changed = changed;
  }

  of(target: Target): Standing {
    return this.#standings.get(key(target)) ?? { asking: false };
  }

  /** Asks about those that were never asked about, or longer ago than this. Whoever still waits from earlier is forgotten. */
  want(targets: readonly Target[], oldestMs: number): void {
    const now = this.#now();
    this.#waiting = targets.filter((target) => {
      const { asking, asOf } = this.of(target);
      return !asking && (asOf === undefined || now - asOf >= oldestMs);
    });
    this.#goOn();
  }

  #goOn(): void {
    while (this.#underWay < MOST_AT_ONCE) {
      const target = this.#waiting.shift();
      if (!target) return;
      void this.#askAbout(target);
    }
  }

  async #askAbout(target: Target): Promise<void> {
    const standing = { ...this.of(target), asking: true };
    this.#standings.set(key(target), standing);
    this.#underWay += 1;
    this.#changed();
    try {
      const eligibility = await this.#ask(target);
      this.#standings.set(key(target), { asking: false, eligibility, asOf: this.#now() });
    } catch (thrown) {
      const trouble = thrown instanceof PatchcordError ? thrown.message : "the question failed";
      this.#standings.set(key(target), { asking: false, trouble, asOf: this.#now() });
    } finally {
      this.#underWay -= 1;
      this.#changed();
      this.#goOn();
    }
  }
}

function key({ queue, skill, extension, phone }: Target): string {
  return JSON.stringify([queue, skill, extension, phone]);
}
