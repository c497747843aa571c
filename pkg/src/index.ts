import { core } from "./core-engine.js";
import { checkOptions, connect } from "./patchcord.js";
import type { EngineInput, Patchcord, PatchcordOptions } from "./types.js";

export { PatchcordError, type PatchcordErrorCode } from "./error.js";
export { buildRequest, checkEligibility, checkPolicy, profiles, roster, validate, verifyAudit } from "./pure.js";
export type * from "./types.js";

/**
 * Loads the engine, where that is not done yet: in a browser, before the synchronous parts are used.
 *
 * @param input Where from, if the bundler did not bring it along: the address of `patchcord/core.wasm`, a response, bytes or a module.
 */
export function ready(input?: EngineInput): Promise<void> {
  return core.load(input);
}

/** Connects to a platform. Rejects where an option is refused. */
export async function createPatchcord(options: PatchcordOptions): Promise<Patchcord> {
  checkOptions(options);
  await ready();
  return connect(core, options);
}
