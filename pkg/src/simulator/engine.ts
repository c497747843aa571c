import { Engine } from "../engine.js";
import * as glue from "../simulator.js";
import type { SimulatorCore } from "./simulator.js";

/** The one engine of the simulator. Each entry tells it where its bytes are. */
export const core: SimulatorCore = new Engine(glue, "serve `patchcord/simulator.wasm` and call `ready(url)` with its address");
