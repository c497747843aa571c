import type { AnyPolicy, Issue, Reason, Target } from "../types.js";
import type { DeskQueue } from "./options.js";
import { placesOf } from "./places.js";

/**
 * What things are called. The platform and the engine speak in ids; agents don't.
 *
 * It knows every queue and skill that the desk offers, and asks the host about anything else. Phone numbers have no name
 * here: they are spoken of, never shown.
 */
export class Names {
  readonly #known = new Map<string, string>();
  readonly #nameOf: (id: string) => string | undefined;

  constructor(queues: readonly DeskQueue[] = [], nameOf: (id: string) => string | undefined = () => undefined) {
    this.#nameOf = nameOf;
    for (const queue of queues) {
      this.#known.set(queue.id, queue.name);
      for (const skill of queue.skills ?? []) this.#known.set(skill.id, skill.name);
    }
  }

  /** The name of an id, or the id. */
  of(id: string): string {
    return id === REDACTED ? "the phone number" : (this.#find(id) ?? short(id));
  }

  target(target: Target): string {
    if (target.queue !== undefined) return target.skill === undefined ? this.of(target.queue) : `${this.of(target.queue)} (${this.of(target.skill)})`;
    if (target.skill !== undefined) return `skill ${this.of(target.skill)}`;
    if (target.phone !== undefined) return "the phone number";
    const name = this.#find(target.extension);
    return name === undefined ? `extension ${target.extension}` : `${name} (extension ${target.extension})`;
  }

  /** A sentence of the engine as the agent reads it: names in place of ids, counts in proper grammar. */
  sentence(text: string): string {
    const named = text.replace(UUID, (id) => this.of(id)).replace(/\b(\d+) (\w+)\(s\)/g, (_, count: string, word: string) => plural(Number(count), word));
    return upperFirst(/[.!?]$/.test(named) || named === "" ? named : `${named}.`);
  }

  /** Why a step was left out or did not take the call, as the agent reads it. */
  reason({ code, message, evidence = "" }: Reason): string {
    const ruledOut = code === "not-planned" ? RULED_OUT[evidence.split(" ")[0] ?? ""] : undefined;
    return this.sentence(ruledOut ?? message);
  }

  /** The steps that a policy adds to this target, in words: "Overflow, then Voicemail". Each is named once. */
  plan(policy: AnyPolicy | undefined, target: Target | undefined): string {
    const others = placesOf(policy).filter(([, to]) => !target || !isSame(to, target));
    return [...new Set(others.map(([, to]) => this.target(to)))].join(", then ");
  }

  #find(id: string): string | undefined {
    const known = this.#known.get(id);
    if (known !== undefined) return known;
    try {
      const name = this.#nameOf(id);
      return typeof name === "string" && name !== "" ? name : undefined;
    } catch {
      return undefined;
    }
  }
}

/** Why a policy leaves a step out, by the first word of the evidence. */
const RULED_OUT: Record<string, string> = {
  "condition-not-met": "Its condition is not met",
  "fact-unknown": "Its condition rests on something that is not known",
  "fact-stale": "Its condition rests on something that was told too long ago",
  "ranked-lower": "Another place is better",
  "after-last": "An earlier step was the last one",
  "just-failed": "The call has just failed there",
  visited: "The call has been there",
  "too-many-people": "The call has been to as many people as it may",
  "too-many-machines": "The call has been to as many machines as it may",
  "over-cost": "It costs more than is left",
  "no-time-left": "Too little of the caller's time is left",
};

/** What the engine writes in place of a phone number. */
const REDACTED = "[redacted]";

export function isSame(one: Target, other: Target): boolean {
  return one.queue === other.queue && one.skill === other.skill && one.extension === other.extension && one.phone === other.phone;
}

const UUID = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi;

/** Long ids fill a line and tell nobody anything. */
function short(id: string): string {
  return id.length > 16 ? `${id.slice(0, 8)}…${id.slice(-4)}` : id;
}

export function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}

export function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What a finding says to the agent: what is wrong, then what would mend it. */
export function findingOf({ message, hint }: Issue): string {
  const said = [message, hint].filter((it): it is string => it !== undefined && it !== "").map((it) => upperFirst(it.replaceAll("`", "")));
  return said.map((it) => (/[.!?]$/.test(it) ? it : `${it}.`)).join(" ");
}

/** A length of time: "0.4 s", "12 s", "1 min 5 s". */
export function duration(ms: number): string {
  const seconds = Math.max(0, ms) / 1000;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** How long ago something was learnt. */
export function age(ms: number): string {
  const seconds = Math.floor(Math.max(0, ms) / 1000);
  if (seconds < 2) return "just now";
  return seconds < 90 ? `${seconds} s ago` : `${Math.round(seconds / 60)} min ago`;
}
