import { readFileSync } from "node:fs";
import { core } from "./engine.js";

core.bring(() => readFileSync(new URL("../simulator_bg.wasm", import.meta.url)));

export * from "./index.js";
