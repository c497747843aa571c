import type { Outcome, OutcomeStatus, PartyKind, Reason, StepOutcome } from "../types.js";
import { duration, isSame, type Names, plural, upperFirst } from "./names.js";
import type { Timeline, Tone } from "./timeline.js";

/** How a transfer ended, as the agent reads it. */
export interface Verdict {
  readonly tone: Tone;
  /** What happened. */
  readonly title: string;
  /** Where the call is. */
  readonly where: string;
  /** What the agent had better do, where that is not plain. */
  readonly advice?: string | undefined;
  /** Why, most telling first. */
  readonly why: readonly string[];
  readonly steps: readonly VerdictStep[];
  /** Attempts and time taken. */
  readonly figures: string;
}

export interface VerdictStep {
  readonly id: string;
  readonly name: string;
  readonly result: string;
  readonly tone: Tone;
  readonly reason?: string | undefined;
}

const TONES: Record<OutcomeStatus, Tone> = {
  connected: "good",
  failed: "bad",
  refused: "bad",
  "caller-left": "warn",
  cancelled: "plain",
  unresolved: "warn",
};

const RESULTS: Record<StepOutcome["result"], { result: string; tone: Tone }> = {
  connected: { result: "Took the call", tone: "good" },
  failed: { result: "Did not take it", tone: "bad" },
  skipped: { result: "Left out", tone: "warn" },
  unresolved: { result: "Not known", tone: "warn" },
  "not-reached": { result: "Not needed", tone: "plain" },
};

/** Where a call is that nobody has. */
const PLACES: Partial<Record<PartyKind, string>> = { queue: "in a queue", machine: "with a machine", ivr: "in an IVR", music: "with music" };

/** Reasons that explain nothing: the step simply went ahead. */
const PLAIN = ["eligible", "needs-no-facts", "planned"];

export function verdictOf(outcome: Outcome, timeline: Timeline, names: Names): Verdict {
  const stuck = outcome.steps.some(({ result }) => result === "unresolved");
  return {
    tone: outcome.status === "cancelled" && stuck ? "warn" : TONES[outcome.status],
    ...told(outcome, timeline, names, stuck),
    why: whyOf(outcome, names),
    steps: outcome.steps.filter(isNews).map((step) => stepOf(step, outcome, timeline, names)),
    figures: `${outcome.attempts === 0 ? "No transfer sent" : `${plural(outcome.attempts, "transfer")} sent`} in ${duration(outcome.took)}`,
  };
}

function told(outcome: Outcome, timeline: Timeline, names: Names, stuck: boolean): Pick<Verdict, "title" | "where" | "advice"> {
  const seen = lastSeen(timeline, names);
  switch (outcome.status) {
    case "connected":
      return connected(outcome, names);
    case "failed":
      return { title: "Not transferred", where: `Nobody took the call, and no transfer is pending. ${seen}`, advice: "Choose another target, or take the caller back." };
    case "refused":
      return { title: "Not transferred", where: `No transfer was sent: the call is where it was. ${seen}` };
    case "caller-left":
      return { title: "The caller hung up", where: "The call is over." };
    case "cancelled":
      return stuck
        ? { title: "Cancelled, but not taken back", where: `The platform has the transfer in hand and may still connect it. ${seen}`, advice: "Look at the call before you try again." }
        : { title: "Transfer cancelled", where: `No transfer is pending. ${seen}` };
    case "unresolved":
      return { title: "Not certain yet", where: `The time is up, and how the transfer ends is not known. ${seen}`, advice: "Look at the call before you try again: it may still connect." };
  }
}

function connected({ agent, target, step, answeredBy }: Outcome, names: Names): Pick<Verdict, "title" | "where"> {
  const place = target ? names.target(target) : "the target";
  const title = agent === undefined ? `Connected to ${place}` : `Connected to ${names.of(agent)}`;
  const by = { machine: " A machine answered.", unknown: " Whether a person answered is not known.", person: "" }[answeredBy ?? "person"];
  const fallback = step !== undefined && step !== "primary" ? ", by the fallback plan" : "";
  return { title, where: agent === undefined ? `The call is at ${place}${fallback}.${by}` : `The call is with ${names.of(agent)} in ${place}${fallback}.${by}` };
}

function lastSeen({ lastSeen }: Timeline, names: Names): string {
  if (!lastSeen) return "The platform has told nothing of the call.";
  const { state, party, partyKind } = lastSeen;
  const place = partyKind && PLACES[partyKind];
  if (place) return `Last seen ${state}, ${place}.`;
  return party === undefined ? `Last seen ${state}, with nobody on the line.` : `Last seen ${state}, with ${names.of(party)}.`;
}

/** What stands beside a step is not said twice. */
function whyOf({ reasons, steps }: Outcome, names: Names): string[] {
  const ofStep = ({ code, step }: Reason): boolean => steps.some(({ id, reason }) => id === step && reason?.code === code);
  const said = reasons.filter((reason) => !PLAIN.includes(reason.code) && !ofStep(reason)).map(({ message }) => names.sentence(message));
  return [...new Set(said)];
}

/** A step that was not reached, and would have been left out because its target was tried before, tells nobody anything. */
function isNews({ result, target }: StepOutcome, at: number, steps: readonly StepOutcome[]): boolean {
  return result !== "not-reached" || !steps.slice(0, at).some((step) => isSame(step.target, target));
}

function stepOf({ id, result, reason, attempts }: StepOutcome, outcome: Outcome, timeline: Timeline, names: Names): VerdictStep {
  const { result: word, tone } = RESULTS[result] ?? { result: upperFirst(result), tone: "plain" };
  // Who was not reached in a run that went wrong was needed, but there was no going on.
  const reached = result === "not-reached" && outcome.status !== "connected" ? "Not reached" : word;
  const said = reason && !PLAIN.includes(reason.code) ? names.reason(reason) : undefined;
  const sends = attempts > 1 ? `Sent ${attempts} times.` : undefined;
  return { id, name: timeline.step(id), result: reached, tone, reason: [said, sends].filter((it) => it !== undefined).join(" ") || undefined };
}
