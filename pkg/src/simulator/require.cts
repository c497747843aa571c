// What `require("patchcord/simulator")` gives: types for CommonJS over the ES module's own.
import type * as esm from "./index.js" with { "resolution-mode": "import" };

export type * from "./index.js" with { "resolution-mode": "import" };
export declare const ready: typeof esm.ready;
export declare const createSimulator: typeof esm.createSimulator;
export declare const PatchcordError: typeof esm.PatchcordError;
export type PatchcordError = esm.PatchcordError;
