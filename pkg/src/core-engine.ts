import * as glue from "./core.js";
import { Engine } from "./engine.js";
import type { Core } from "./host.js";

/** The one engine of the package. Each entry tells it where its bytes are. */
export const core: Core = new Engine(glue);
