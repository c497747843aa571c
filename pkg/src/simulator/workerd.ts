import wasm from "../simulator_bg.wasm";
import { core } from "./engine.js";

core.bring(() => wasm);

export * from "./index.js";
