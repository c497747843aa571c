import wasm from "../simulator_bg.wasm";
import { core } from "./engine.js";

core.loadSync(wasm);

export * from "./index.js";
