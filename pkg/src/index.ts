import * as check from "./check.js";
import { core } from "./core-engine.js";
import { checkOptions, connect, needsParts } from "./patchcord.js";
import { parts } from "./parts-engine.js";
import type { EngineSources, Patchcord, PatchcordOptions } from "./types.js";

export { clientCredentials } from "./credentials.js";
export { checkDecisionPolicy, comparePolicies, decide, readPolicy } from "./decisions.js";
export { PatchcordError, type PatchcordErrorCode } from "./error.js";
export { createLearned } from "./learned.js";
export {
  auditLine,
  buildRequest,
  checkEligibility,
  checkPolicy,
  checkScopes,
  failureReason,
  handoffRecord,
  predict,
  predictionInputs,
  predictMany,
  profiles,
  readResponse,
  roster,
  score,
  validate,
  verifyAudit,
  verifyAuditLines,
} from "./pure.js";
export type * from "./types.js";

/**
 * Loads the engines, where that is not done yet: in a browser, before the synchronous parts are used. Only `parts` does those;
 * `createPatchcord` loads `core` by itself.
 *
 * @param from Which of them, and where from if the bundler did not bring them along; both where nothing is said.
 */
export async function ready(from: EngineSources = { core: undefined, parts: undefined }): Promise<void> {
  const engines = { core, parts };
  check.onlyFields(check.object(from, "$"), Object.keys(engines), "$");
  const named = Object.keys(engines).filter((name) => name in from) as (keyof typeof engines)[];
  await Promise.all(named.map((name) => engines[name].load(from[name])));
}

/** Connects to a platform. Rejects where an option is refused. */
export async function createPatchcord(options: PatchcordOptions): Promise<Patchcord> {
  checkOptions(options);
  await core.load();
  if (needsParts(core, options.policy)) await parts.load();
  return connect(core, parts, options);
}
