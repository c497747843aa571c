import { core } from "./engine.js";

core.loadFrom(() => new URL("../simulator_bg.wasm", import.meta.url));

export * from "./index.js";
