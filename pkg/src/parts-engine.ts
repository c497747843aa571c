import { Engine } from "./engine.js";
import * as glue from "./parts.js";

/** The parts that need no host, one engine for the package. Each entry tells it where its bytes are. */
export const parts: Engine<typeof glue> = new Engine(glue, "serve `patchcord/parts.wasm` and call `ready({ parts: url })` with its address");
