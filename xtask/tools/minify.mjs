// Takes the white space out of an ES module, for it is downloaded. Usage: node minify.mjs FILE.js
import { readFileSync, writeFileSync } from "node:fs";
import { transformSync } from "esbuild";

const [file] = process.argv.slice(2);
const { code } = transformSync(readFileSync(file, "utf8"), { minify: true, format: "esm", target: "es2022", legalComments: "none" });
writeFileSync(file, code);
