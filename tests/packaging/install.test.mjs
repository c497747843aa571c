// The tarball, installed without a network into tiny projects that run it.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { join } from "node:path";
import { node, packageFolder, project, TRANSFER, TRANSFERRED, tool } from "./project.mjs";

test("an ES module transfers a call", () => {
  const at = project({
    "main.mjs": `import { buildRequest, createPatchcord, ready } from "patchcord";
import { createSimulator } from "patchcord/simulator";
${TRANSFER}
console.log(await main());`,
  });
  assert.equal(node(["main.mjs"], at), TRANSFERRED);
});

test("a CommonJS module transfers a call", () => {
  const at = project({
    "main.cjs": `const { buildRequest, createPatchcord, ready } = require("patchcord");
const { createSimulator } = require("patchcord/simulator");
${TRANSFER}
main().then(console.log);`,
  });
  assert.equal(node(["main.cjs"], at), TRANSFERRED);
});

test("the wasm can be had by its public name", () => {
  const at = project({
    "main.mjs": `import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
for (const name of ["core", "parts", "simulator"]) {
  const bytes = readFileSync(fileURLToPath(import.meta.resolve(\`patchcord/\${name}.wasm\`)));
  console.log(WebAssembly.validate(bytes));
}`,
  });
  assert.equal(node(["main.mjs"], at), "true\ntrue\ntrue");
});

test("each host gets its own entry", () => {
  const at = project({ "where.mjs": `console.log(import.meta.resolve("patchcord"), import.meta.resolve("patchcord/simulator"));` });
  for (const [condition, file] of [["workerd", "workerd"], ["edge-light", "workerd"], ["deno", "node"], ["bun", "node"], ["none", "node"]]) {
    const [engine, simulator] = node(["-C", condition, "where.mjs"], at).split(" ");
    assert.ok(engine.endsWith(`/dist/${file}.js`), `${condition}: ${engine}`);
    assert.ok(simulator.endsWith(`/dist/simulator/${file}.js`), `${condition}: ${simulator}`);
  }
});

test("files behind the exports can't be had", () => {
  const at = project({ "main.mjs": `await import("patchcord/dist/engine.js").catch(({ code }) => console.log(code));` });
  assert.equal(node(["main.mjs"], at), "ERR_PACKAGE_PATH_NOT_EXPORTED");
});

test("the examples of the readme run as they stand and print what they say", () => {
  const readme = readFileSync(join(packageFolder, "README.md"), "utf8");
  const examples = [...readme.matchAll(/^```js\n(.*?)^```/gms)].map(([, code]) => code);
  assert.equal(examples.length, 7);
  const at = project(Object.fromEntries(examples.map((code, index) => [`example-${index}.mjs`, code])));
  for (const [index, code] of examples.entries()) {
    const promised = [...code.matchAll(/^console\.log\(.*?\);\s+\/\/ (.*)$/gm)].map(([, said]) => said);
    assert.equal(node([`example-${index}.mjs`], at), promised.join("\n"));
  }
});

const CONSUMER = `import { buildRequest, createPatchcord, type Outcome, PatchcordError, ready } from "patchcord";
import { createSimulator, type Simulator } from "patchcord/simulator";
import type { Policy } from "patchcord/types";
export const policy: Policy = { steps: [{ id: "voicemail", to: { extension: "999" } }] };
export async function move(sim: Simulator): Promise<Outcome> {
  await ready();
  const patchcord = await createPatchcord({ profile: "cxone-v2", baseUrl: sim.baseUrl, token: () => "t", fetch: sim.fetch, policy });
  return patchcord.transfer({ call: buildRequest("cxone-v2", "call", { call: "c" }).path, to: { phone: "+15550100000" } });
}
export const codeOf = (thrown: unknown): string => (thrown instanceof PatchcordError ? thrown.code : "other");
void createSimulator({ profile: "cxone-v2" }).then(move);
`;
// As an editor without skipLibCheck sees it: the declarations themselves must be sound.
const STRICT = { strict: true, noEmit: true, skipLibCheck: false, types: [], exactOptionalPropertyTypes: true, target: "es2022" };
const FLAVOURS = {
  "an ES module": ["main.mts", { module: "nodenext", lib: ["es2022", "dom"] }],
  "a CommonJS module": ["main.cts", { module: "nodenext", lib: ["es2022", "dom"] }],
  "a CommonJS module of Node 16's rules": ["main.cts", { module: "node16", lib: ["es2022", "dom"] }],
  "a module of Node without the types of browsers": ["main.mts", { module: "nodenext", lib: ["es2022"], exactOptionalPropertyTypes: false, types: ["node"], typeRoots: [tool("@types")] }],
  "a bundled module": ["main.ts", { module: "esnext", moduleResolution: "bundler", lib: ["es2022", "dom"] }],
};

for (const [what, [file, options]] of Object.entries(FLAVOURS)) {
  test(`TypeScript compiles ${what} against the package's types`, () => {
    const tsconfig = JSON.stringify({ compilerOptions: { ...STRICT, ...options }, files: [file] });
    const at = project({ [file]: CONSUMER, "tsconfig.json": tsconfig });
    assert.equal(node([tool("typescript/bin/tsc"), "--project", "."], at), "");
  });
}

test("TypeScript finds a wrong target against the package's types", () => {
  const at = project({
    "main.mts": `import { buildRequest } from "patchcord";\nbuildRequest("cxone-v2", "transfer", { call: "c", to: { queue: "q", phone: "p" } });`,
    "tsconfig.json": JSON.stringify({ compilerOptions: { ...STRICT, module: "nodenext", lib: ["es2022", "dom"] }, files: ["main.mts"] }),
  });
  assert.throws(() => node([tool("typescript/bin/tsc"), "--project", "."], at), /error TS/);
});
