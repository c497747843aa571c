import wasm from "./core_bg.wasm";
import { core } from "./core-engine.js";

core.loadSync(wasm);

export * from "./index.js";
