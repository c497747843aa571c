import type { Outcome } from "../types.js";

/** A transfer that somebody carries out. */
export interface Carriage {
  readonly outcome: Promise<Outcome>;
  cancel(): void;
  /** Hands the caller over after a consultation, where the carrier can. */
  complete?(): void;
}
