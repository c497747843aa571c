import { core } from "./core-engine.js";

core.loadFrom(() => new URL("./core_bg.wasm", import.meta.url));

export * from "./index.js";
