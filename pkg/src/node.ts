import { readFileSync } from "node:fs";
import { core } from "./core-engine.js";

core.loadSync(readFileSync(new URL("./core_bg.wasm", import.meta.url)));

export * from "./index.js";
