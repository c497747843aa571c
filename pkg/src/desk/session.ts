import type { Issue, Outcome, Target, TransferInput, TransferMode } from "../types.js";
import type { Carriage } from "./carriage.js";
import type { DeskCall } from "./options.js";
import type { Timeline } from "./timeline.js";
import type { Verdict } from "./verdict.js";

/** The kinds of target that the desk offers. */
export type Kind = "queue" | "phone" | "extension";
export const KINDS: readonly Kind[] = ["queue", "phone", "extension"];

/** What the agent has filled in. */
export interface Form {
  kind: Kind;
  queue?: string | undefined;
  skill?: string | undefined;
  phone: string;
  extension: string;
  mode: TransferMode;
}

/** A transfer of the call, under way or over. */
export interface Run {
  readonly to: Target;
  readonly mode: TransferMode;
  readonly startedAt: number;
  readonly timeline: Timeline;
  carriage?: Carriage | undefined;
  cancelling: boolean;
  /** How it ended. */
  ended?: { outcome: Outcome; verdict: Verdict; intact: boolean } | undefined;
  /** Why it could not be followed to its end. */
  trouble?: { title: string; message: string; hint?: string | undefined } | undefined;
}

/** All that the desk knows about one call. It stays while the agent looks at another. */
export class Session {
  readonly call: DeskCall;
  readonly form: Form = { kind: "queue", phone: "", extension: "", mode: "blind" };
  /** Whether the agent has chosen anything. */
  touched = false;
  issues: readonly Issue[] = [];
  run: Run | undefined;

  constructor(call: DeskCall) {
    this.call = call;
  }

  get phase(): "choosing" | "running" | "over" {
    if (!this.run) return "choosing";
    return this.run.ended || this.run.trouble ? "over" : "running";
  }

  /** Where the form points; nothing while no queue is chosen. */
  get target(): Target | undefined {
    const { kind, queue, skill, phone, extension } = this.form;
    if (kind === "phone") return { phone: bare(phone) };
    if (kind === "extension") return { extension: extension.trim() };
    return queue === undefined ? undefined : { queue, ...(skill !== undefined && { skill }) };
  }

  get input(): TransferInput | undefined {
    const to = this.target;
    return to && { call: this.call.id, to, mode: this.form.mode };
  }

  /** The finding that concerns a field. */
  issueOf(field: string): Issue | undefined {
    return this.issues.find(({ path }) => path === `$.to.${field}` || (field === this.form.kind && path === "$.to"));
  }

  /** Findings that no field of the form can mend. */
  get otherIssues(): Issue[] {
    return this.issues.filter((issue) => !["queue", "skill", "phone", "extension"].some((field) => this.issueOf(field) === issue));
  }
}

/** Numbers are pasted with the signs that people read them by. */
function bare(phone: string): string {
  return phone.replace(/[\s().\-/]/g, "");
}
