// Real bundlers: Vite brings the wasm along once; esbuild leaves it to the host, which says where it is.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { node, project, TRANSFER, TRANSFERRED, tool } from "./project.mjs";

const MAIN = `import { buildRequest, createPatchcord, ready } from "patchcord";
import { createSimulator } from "patchcord/simulator";
${TRANSFER}
globalThis.ended = main();`;

/** Runs a bundle that was made for browsers: files are fetched, as from a server. */
const RUN = (bundle) => `import { readFileSync } from "node:fs";
globalThis.fetch = async (url) => new Response(readFileSync(new URL(url)), { headers: { "content-type": "application/wasm" } });
await import(${JSON.stringify(pathToFileURL(bundle).href)});
console.log(await globalThis.ended);`;

test("a Vite build carries each wasm once and transfers a call", () => {
  const at = project({
    "index.html": `<!doctype html><script type="module" src="/main.js"></script>`,
    "main.js": MAIN,
    "vite.config.mjs": `export default { base: "./", logLevel: "error", build: { modulePreload: false, assetsInlineLimit: 0, target: "es2022" } };`,
  });
  node([tool("vite/bin/vite.js"), "build"], at);
  const assets = readdirSync(join(at, "dist/assets"));
  assert.deepEqual(assets.map((name) => name.replace(/-[\w-]{8}\./, ".")).filter((name) => name.endsWith(".wasm")).sort(), ["core_bg.wasm", "parts_bg.wasm", "simulator_bg.wasm"]);
  const bundle = assets.find((name) => /^index-.*\.js$/.test(name));
  const text = readFileSync(join(at, "dist/assets", bundle), "utf8");
  assert.ok(!text.includes("node:fs"), "Node's entry is not in a page's bundle");
  assert.equal(node(["--input-type=module", "--eval", RUN(join(at, "dist/assets", bundle))], at), TRANSFERRED);
});

test("a Vite build of the synchronous parts alone leaves the simulator out", () => {
  const at = project({
    "index.html": `<!doctype html><script type="module" src="/main.js"></script>`,
    "main.js": `import { ready, validate } from "patchcord";
globalThis.ended = ready().then(() => validate("cxone-v2", "transfer", {}).ok);`,
    "vite.config.mjs": `export default { base: "./", logLevel: "error", build: { modulePreload: false, assetsInlineLimit: 0, target: "es2022" } };`,
  });
  node([tool("vite/bin/vite.js"), "build"], at);
  const assets = readdirSync(join(at, "dist/assets"));
  assert.ok(!assets.some((name) => name.startsWith("simulator")));
  const bundle = assets.find((name) => /^index-.*\.js$/.test(name));
  assert.equal(node(["--input-type=module", "--eval", RUN(join(at, "dist/assets", bundle))], at), "false");
});

test("an esbuild bundle takes the wasm from where `ready` says, and says so where it finds none", () => {
  const wasm = `new URL("./node_modules/patchcord/dist/parts_bg.wasm", import.meta.url)`;
  const at = project({
    "told.js": `import { ready, validate } from "patchcord";
globalThis.ended = ready({ parts: ${wasm} }).then(() => validate("cxone-v2", "transfer", {}).ok);`,
    "untold.js": `import { ready } from "patchcord";
globalThis.ended = ready({ parts: undefined }).catch(({ code, hint }) => [code, hint.includes("patchcord/parts.wasm")].join(" "));`,
  });
  for (const [name, ending] of [["told", "false"], ["untold", "not-ready true"]]) {
    node([tool("esbuild/bin/esbuild"), `${name}.js`, "--bundle", "--format=esm", "--platform=browser", `--outfile=${name}-bundle.js`, "--log-level=error"], at);
    assert.equal(node(["--input-type=module", "--eval", RUN(join(at, `${name}-bundle.js`))], at), ending);
  }
});

test("a bundle for workers imports the compiled module instead of fetching it", () => {
  const at = project({ "main.js": MAIN });
  const flags = ["--bundle", "--format=esm", "--conditions=workerd", "--loader:.wasm=copy", "--outdir=out", "--log-level=error"];
  node([tool("esbuild/bin/esbuild"), "main.js", ...flags], at);
  const files = readdirSync(join(at, "out"));
  assert.equal(files.filter((name) => name.endsWith(".wasm")).length, 3);
  const text = readFileSync(join(at, "out/main.js"), "utf8");
  assert.match(text, /from "\.\/core_bg-\w+\.wasm"/);
  assert.ok(!text.includes("node:fs"));
});
