import coreModule from "./core_bg.wasm";
import { core } from "./core-engine.js";
import { parts } from "./parts-engine.js";
import partsModule from "./parts_bg.wasm";

core.bring(() => coreModule);
parts.bring(() => partsModule);

export * from "./index.js";
