import { readFileSync } from "node:fs";
import { core } from "./core-engine.js";
import { parts } from "./parts-engine.js";

core.bring(() => readFileSync(new URL("./core_bg.wasm", import.meta.url)));
parts.bring(() => readFileSync(new URL("./parts_bg.wasm", import.meta.url)));

export * from "./index.js";
