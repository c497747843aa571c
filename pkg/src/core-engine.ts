import * as glue from "./core.js";
import { Engine } from "./engine.js";
import type { Core } from "./host.js";

/** The engine that moves calls, one for the package. Each entry tells it where its bytes are. */
export const core: Core = new Engine(glue, "serve `patchcord/core.wasm` and call `ready({ core: url })` with its address");
