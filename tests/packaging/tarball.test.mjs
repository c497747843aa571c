// What is in the tarball, and what is not.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { manifest, packageFolder, tarball } from "./project.mjs";

const { files } = tarball();

/** Every file that a map of exports names, at any depth. */
const named = (value) => (typeof value === "string" ? [value] : Object.values(value).flatMap(named));

/** Every map of conditions in the exports. */
const conditions = (value) => (typeof value === "string" ? [] : [value, ...Object.values(value).flatMap(conditions)]);

test("every file that the exports name is in the tarball", () => {
  const missing = named(manifest.exports).map((path) => path.slice(2)).filter((path) => !files.includes(path));
  assert.deepEqual(missing, []);
});

test("types come first in every entry", () => {
  for (const [entry, value] of Object.entries(manifest.exports)) {
    if (typeof value !== "string") assert.equal(Object.keys(value)[0], "types", entry);
  }
  for (const map of conditions(manifest.exports)) {
    if ("types" in map) assert.equal(Object.keys(map)[0], "types");
  }
});

test("it depends on nothing and runs nothing when it is installed", () => {
  for (const kind of ["dependencies", "peerDependencies", "optionalDependencies", "bundleDependencies", "scripts"]) assert.ok(!(kind in manifest), kind);
  assert.ok(!files.some((path) => path.endsWith(".node") || path === "binding.gyp"));
});

test("there is one copy of the engine and one of the simulator", () => {
  assert.deepEqual(files.filter((path) => path.endsWith(".wasm")).sort(), ["dist/core_bg.wasm", "dist/parts_bg.wasm", "dist/simulator_bg.wasm"]);
  for (const path of files.filter((it) => /\.c?js$/.test(it))) {
    assert.ok(!readFileSync(join(packageFolder, path), "utf8").includes("AGFzbQ"), `${path} carries wasm as text`);
  }
});

test("nothing but what is built, the manifest and the readme is published", () => {
  const others = files.filter((path) => !path.startsWith("dist/"));
  assert.deepEqual(others.sort(), ["README.md", "package.json"]);
  assert.ok(!files.some((path) => /\.test\.|\.map$|tsconfig|\/src\//.test(path)));
});

test("files with side effects are named, so that bundlers keep them", () => {
  const entries = files.filter((path) => /^dist\/(simulator\/)?(node|workerd|browser)\.c?js$/.test(path));
  assert.ok(entries.length >= 8, entries.join(" "));
  for (const path of entries) assert.ok(manifest.sideEffects.includes(`./${path}`), path);
});
