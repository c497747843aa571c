import { createPatchcord } from "../browser.js";
import { systemClock } from "../clock.js";
import { core } from "../core-engine.js";
import { toJson } from "../json.js";
import type { AnyPolicy, Audit, DecisionInputs, Eligibility, EventListener, Report, Target, TransferInput } from "../types.js";
import type { Carriage } from "./carriage.js";
import { EdgeCarriage } from "./edge-carriage.js";
import { type DeskOptions, split } from "./options.js";

/** What the desk needs done. The view model knows nothing beyond it. */
export interface Carrier {
  readonly policy: AnyPolicy | undefined;
  /** The kinds of target that the platform can take a call to. */
  readonly kinds: readonly string[];
  now(): number;
  validate(input: TransferInput): Report;
  eligibility(target: Target): Promise<Eligibility>;
  /** Throws where the transfer is refused. */
  start(input: TransferInput, onEvent: EventListener, inputs?: DecisionInputs): Carriage;
  /** Whether a record stands as it was written. */
  isIntact(audit: Audit): boolean;
}

/** Connects to the platform. Rejects where an option is refused, or the engine can't be loaded. */
export async function connectCarrier(options: DeskOptions): Promise<Carrier> {
  const { engine, desk } = split(options);
  const patchcord = await createPatchcord(engine);
  const { profile, policy, clock = systemClock } = engine;
  const { edge } = desk;
  return {
    policy,
    kinds: core.call((glue) => glue.profiles()).find(({ name }) => name === profile)?.targets.map(({ kind }) => kind) ?? [],
    now: () => clock.now(),
    validate: (input) => core.call((glue) => glue.validate(profile, "transfer", toJson(input))),
    eligibility: (target) => patchcord.eligibility(target),
    start: (input, onEvent, inputs) => (edge ? new EdgeCarriage(edge, { ...input, policy, inputs }, onEvent) : patchcord.start(input, { onEvent, inputs })),
    isIntact: (audit) => core.call((glue) => glue.verifyAudit(toJson(audit))).ok,
  };
}
