// The hand-written types, proved by the compiler against the vectors that the engine is tested with.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { generate } from "../types/generate.mjs";

const tsc = fileURLToPath(new URL("../../xtask/tools/node_modules/typescript/bin/tsc", import.meta.url));
const types = fileURLToPath(new URL("../../pkg/dist/types.js", import.meta.url));
const strict = ["--strict", "--exactOptionalPropertyTypes", "--noEmit", "--module", "nodenext", "--target", "es2022", "--types", ""];

/** Compiles a module of this text; returns what the compiler says. */
function compile(text) {
  const folder = mkdtempSync(join(tmpdir(), "patchcord-types-"));
  try {
    const file = join(folder, "vectors.mts");
    writeFileSync(file, text);
    const { status, stdout, stderr } = spawnSync(process.execPath, [tsc, ...strict, "--ignoreConfig", file], { encoding: "utf8", cwd: folder });
    return { status, said: stdout + stderr };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test("every vector is of the types that we promise, and those refused for their shape don't compile", () => {
  const { text, count } = generate(types);
  assert.ok(count >= 20, `${count} vectors`);
  assert.ok(text.includes("@ts-expect-error"), "some vectors are refused for their shape");
  assert.deepEqual(compile(text), { status: 0, said: "" });
});

test("the compiler would find a vector that is of another type", () => {
  const { text } = generate(types);
  const spoiled = text.replace(/"method":"(GET|POST)"/, '"method":"SHOUT"');
  assert.notEqual(spoiled, text);
  const { status, said } = compile(spoiled);
  assert.notEqual(status, 0);
  assert.match(said, /SHOUT/);
});
