import { core } from "./core-engine.js";
import { parts } from "./parts-engine.js";

core.loadFrom(() => new URL("./core_bg.wasm", import.meta.url));
parts.loadFrom(() => new URL("./parts_bg.wasm", import.meta.url));

export * from "./index.js";
