import * as check from "./check.js";
import { CarryOut } from "./carry-out.js";
import { systemClock } from "./clock.js";
import type * as coreGlue from "./core.js";
import { Drive, type DriveOptions } from "./drive.js";
import { askEligibility } from "./eligibility.js";
import { PatchcordError } from "./error.js";
import type { Core, Host, Parts } from "./host.js";
import { toJson } from "./json.js";
import { operations, type Send } from "./operations.js";
import type { AnyPolicy, BreakerState, Patchcord, PatchcordOptions, Report, RunOptions, TransferOptions } from "./types.js";

const OPTIONS = ["profile", "baseUrl", "token", "fetch", "clock", "signal", "onEvent", "policy", "seed", "breaker", "onCti", "onAuditLine", "lastAuditLine"] as const;

/** Checks what the host gave, as far as the core can't. Returns the base URL without the slash at its end. */
export function checkOptions(options: PatchcordOptions): string {
  const given = check.object(options, "$");
  check.onlyFields(given, OPTIONS, "$");
  check.string(given["profile"], "$.profile", "give a profile, such as `cxone-v2`");
  const baseUrl = check.baseUrl(given["baseUrl"], "$.baseUrl");
  check.callable(given["token"], "$.token", "give a function that returns the token, or a promise of it");
  check.optional(given["fetch"], () => check.callable(given["fetch"], "$.fetch"));
  check.optional(given["clock"], () => check.clock(given["clock"], "$.clock"));
  check.optional(given["seed"], () => check.wholeNumber(given["seed"], "$.seed"));
  for (const listener of ["onCti", "onAuditLine"]) check.optional(given[listener], () => check.callable(given[listener], `$.${listener}`));
  check.optional(given["lastAuditLine"], () => check.string(given["lastAuditLine"], "$.lastAuditLine"));
  checkRunOptions(given);
  return baseUrl;
}

function checkRunOptions(given: Record<string, unknown>): void {
  check.optional(given["signal"], () => check.signal(given["signal"], "$.signal"));
  check.optional(given["onEvent"], () => check.callable(given["onEvent"], "$.onEvent"));
  check.optional(given["policy"], () => toJson(check.object(given["policy"], "$.policy"), "$.policy"));
}

/** Whether a policy needs the parts: it has conditions, or what else the decision engine weighs. */
export function needsParts(core: Core, policy: AnyPolicy | undefined): boolean {
  return policy !== undefined && core.call((glue) => glue.needsDecisions(toJson(policy, "$.policy")));
}

/** A connection to one platform, over a loaded core. The parts are loaded once an operation, or the policy, needs them. */
export function connect(core: Core, parts: Parts, options: PatchcordOptions): Patchcord {
  const baseUrl = checkOptions(options);
  const { profile, token, policy } = options;
  refuseUnknownProfile(core, profile);
  if (policy) planned(core, parts, profile, policy);
  const host: Host = { baseUrl, token, fetch: options.fetch, clock: options.clock ?? systemClock };
  const nextSeed = seeds(options.seed);
  let breaker: BreakerState = options.breaker;

  const carryOut: Send = async (operation, input, own = {}) => {
    checkOwn(own, ["signal", "budgetSeconds", "callAgeSeconds"]);
    check.string(operation, "operation", "give an operation, such as `presence`");
    const text = toJson(check.object(input, "$"));
    await parts.load();
    const { budgetSeconds, callAgeSeconds } = own;
    const rest = JSON.stringify({ profile, operation, seed: nextSeed(), breaker, budgetSeconds, callAgeSeconds });
    const run = new CarryOut(core, parts, host, `${rest.slice(0, -1)},"input":${text}}`, both(options, own).signals);
    const outcome = await run.outcome();
    breaker = outcome.breaker;
    return outcome;
  };

  const decider: coreGlue.Decider = (...texts) => parts.call((glue) => glue.decideDuring(...texts));
  const drive = (open: ConstructorParameters<typeof Drive>[2], own: RunOptions): Drive => {
    const run = new Drive(core, host, open, decider, both(options, own));
    run.outcome.then((outcome) => (breaker = outcome.breaker)).catch(() => {});
    return run;
  };

  const start: Patchcord["start"] = (request, own = {}) => {
    checkOwn(own, ["signal", "onEvent", "policy", "inputs"]);
    const transfer = toJson(check.object(request, "$"));
    const inputs = own.inputs && toJson(check.object(own.inputs, "$.inputs"), "$.inputs");
    refuse(core.call((glue) => glue.validate(profile, "transfer", transfer)), "the transfer", "$");
    const asked = merged(policy, own);
    const rest = JSON.stringify({ profile, seed: nextSeed(), breaker, inputs, ...(asked && planned(core, parts, profile, asked)) });
    return drive((glue, now) => glue.Run.start(`${rest.slice(0, -1)},"transfer":${transfer}}`, now, decider), own);
  };

  return {
    ...operations(parts, host, options, carryOut),
    start,
    transfer: async (request, own) => start(request, own).outcome,
    resume(snapshot, own = {}) {
      checkOwn(own, ["signal", "onEvent"]);
      check.string(snapshot, "$", "give what `snapshot()` returned");
      return drive((glue, now) => restored(glue, parts, snapshot, now, decider), own);
    },
    async eligibility(target, own = {}) {
      checkOwn(own, ["signal"]);
      check.object(target, "$");
      return askEligibility(core, host, profile, target, own.signal);
    },
  };
}

function checkOwn(own: unknown, fields: readonly string[]): void {
  const given = check.object(own, "$");
  check.onlyFields(given, fields, "$");
  checkRunOptions(given);
}

function refuseUnknownProfile(core: Core, profile: string): void {
  const names = core.call((glue) => glue.profiles()).map(({ name }) => name as string);
  if (names.includes(profile)) return;
  throw new PatchcordError("unknown-profile", "there is no profile of this name", { path: "$.profile", hint: `known are ${names.join(", ")}` });
}

/** A policy as a run takes it. Throws where it is refused. */
function planned(core: Core, parts: Parts, profile: string, policy: AnyPolicy): { plan: string } | { policy: AnyPolicy } {
  const text = toJson(policy, "$.policy");
  if (needsParts(core, policy)) return { plan: parts.call((glue) => glue.planPolicy(profile, text, "$.policy")) };
  refuse(core.call((glue) => glue.checkPolicy(profile, text)), "the policy", "$.policy");
  return { policy };
}

/** Throws where the run's policy needs the parts, and they are not there. */
function restored(glue: typeof coreGlue, parts: Parts, snapshot: string, now: number, decider: coreGlue.Decider): coreGlue.Run {
  const run = glue.Run.restore(snapshot, now, decider);
  if (run.needsDecisions()) parts.call(() => {});
  return run;
}

/** Throws what a report found, with its first finding in front. */
function refuse(report: Report, what: string, root: string): void {
  const first = report.issues[0];
  if (report.ok || !first) return;
  const { message, hint } = first;
  throw new PatchcordError("invalid-input", `${what} is refused: ${message}`, { path: first.path.replace("$", root), hint, report });
}

/** One call's own settings go before those of the options. */
function merged(policy: AnyPolicy | undefined, own: TransferOptions): AnyPolicy | undefined {
  return own.policy ? { steps: [], ...policy, ...own.policy } : policy;
}

function both(options: RunOptions, own: RunOptions): DriveOptions {
  return {
    listeners: [options.onEvent, own.onEvent].filter((it) => it !== undefined),
    signals: [options.signal, own.signal].filter((it) => it !== undefined),
  };
}

/** Runs that fail together must not all come back at the same moment, so each has a seed of its own. */
function seeds(first: number | undefined): () => number {
  let next = first;
  return () => {
    if (next !== undefined) return next++ % Number.MAX_SAFE_INTEGER;
    const [high = 0, low = 0] = crypto.getRandomValues(new Uint32Array(2));
    return (high >>> 11) * 0x1_0000_0000 + low;
  };
}
