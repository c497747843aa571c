import type { Report } from "./types.js";

/** Codes of the package itself; those of the core (`invalid-uuid`, `missing-field`, …) stand in its reports. */
export type PatchcordErrorCode =
  | "missing-field"
  | "unknown-field"
  | "wrong-type"
  | "invalid-url"
  | "invalid-input"
  | "unknown-profile"
  | "not-ready"
  | "clock"
  | "cancelled"
  | "closed"
  | "no-answer"
  | "no-token"
  | "platform-refused"
  | "internal"
  | (string & {});

export interface PatchcordErrorDetails {
  /** Where in the argument, as a JSON path: `$.to.queue`. */
  path?: string | undefined;
  /** What would mend it. */
  hint?: string | undefined;
  /** Every finding, where a payload or a policy was refused. */
  report?: Report | undefined;
  /** The last good state of a run that broke off: hand it to `resume`. */
  snapshot?: string | undefined;
  /** What was thrown underneath. */
  cause?: unknown;
}

/**
 * Something that Patchcord refuses or cannot go on with. How a call fared is never an error: that is an `Outcome`.
 *
 * `code` is the contract; the message may change. No token and no phone number stands in it.
 */
export class PatchcordError extends Error {
  /** Which refusal it is. */
  readonly code: PatchcordErrorCode;
  /** Where in the argument, as a JSON path. */
  declare readonly path?: string;
  /** What would mend it. */
  declare readonly hint?: string;
  /** Every finding, where a payload or a policy was refused. */
  declare readonly report?: Report;
  /** The last good state of a run that broke off: hand it to `resume`. */
  declare readonly snapshot?: string;

  constructor(code: PatchcordErrorCode, message: string, details: PatchcordErrorDetails = {}) {
    const { cause, ...rest } = details;
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    for (const [key, value] of Object.entries(rest)) {
      if (value !== undefined) Object.defineProperty(this, key, { value, enumerable: true });
    }
  }

  static {
    Object.defineProperty(this.prototype, "name", { value: "PatchcordError", configurable: true, writable: true });
  }

  /** The same error, carrying the state that a run can be resumed from. */
  withSnapshot(snapshot: string): PatchcordError {
    return new PatchcordError(this.code, this.message, { ...this, cause: this.cause, snapshot });
  }
}
