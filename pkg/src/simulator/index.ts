import type { EngineInput } from "../types.js";
import { core } from "./engine.js";
import { checkSimulatorOptions, simulate } from "./simulator.js";
import type { Simulator, SimulatorOptions } from "./types.js";

export { PatchcordError, type PatchcordErrorCode } from "../error.js";
export type * from "./types.js";

/** Loads the simulator, where that is not done yet; from elsewhere, if the bundler did not bring it along: `patchcord/simulator.wasm`. */
export function ready(input?: EngineInput): Promise<void> {
  return core.load(input);
}

/** Opens a contact centre in memory. Rejects where an option is refused. */
export async function createSimulator(options: SimulatorOptions): Promise<Simulator> {
  checkSimulatorOptions(options);
  await ready();
  return simulate(core, options);
}
