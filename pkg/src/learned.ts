/** A predictor that corrects itself by the outcomes it is told: one for each queue. */

import { toJson } from "./json.js";
import type * as glue from "./parts.js";
import { parts } from "./parts-engine.js";
import type { Learned, LearnedOutcome, LearnedState, Prediction, StoredLearned } from "./types.js";

/** Begins a predictor that has seen nothing, or takes up a stored one: what `JSON.stringify` made of it, or its `toJSON()`. */
export function createLearned(stored?: StoredLearned | string): Learned {
  return new Predictor(stored === undefined ? undefined : toJson(stored));
}

/** How many outcomes are kept to be told again before the core's object is stored anew. */
const KEPT = 64;

/** The core's object may be lost with its instance; the text that it was last stored as, and what it was told since, is not. */
class Predictor implements Learned {
  #learned: glue.Learned;
  #generation: number;
  #stored: string | undefined;
  #since: string[] = [];

  constructor(stored: string | undefined) {
    this.#stored = stored;
    this.#learned = parts.call((it) => it.Learned.open(stored));
    this.#generation = parts.generation;
  }

  observe(outcome: LearnedOutcome | string): boolean {
    const text = toJson(outcome);
    const learned = this.#alive();
    const used = parts.call(() => learned.observe(text));
    this.#since.push(text);
    if (this.#since.length >= KEPT) this.#store();
    return used;
  }

  predict(state: LearnedState | string): Prediction {
    const text = toJson(state);
    const learned = this.#alive();
    return parts.call(() => learned.predict(text));
  }

  toJSON(): StoredLearned {
    return JSON.parse(this.#store()) as StoredLearned;
  }

  #store(): string {
    const learned = this.#alive();
    const stored = parts.call(() => learned.store());
    [this.#stored, this.#since] = [stored, []];
    return stored;
  }

  #alive(): glue.Learned {
    if (this.#generation !== parts.generation) {
      const learned = parts.call((it) => it.Learned.open(this.#stored));
      for (const outcome of this.#since) parts.call(() => learned.observe(outcome));
      [this.#learned, this.#generation] = [learned, parts.generation];
    }
    return this.#learned;
  }
}
