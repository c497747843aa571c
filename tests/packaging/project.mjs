// Tiny projects with the package installed as its users would install it: from the tarball, without a network.

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after } from "node:test";
import { fileURLToPath } from "node:url";

const root = new URL("../../", import.meta.url);

export const packageFolder = fileURLToPath(new URL("pkg", root));
export const manifest = JSON.parse(readFileSync(join(packageFolder, "package.json"), "utf8"));

/** A tool that the repository pins. */
export const tool = (path) => fileURLToPath(new URL(`xtask/tools/node_modules/${path}`, root));

const folders = [];
after(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

export function folder() {
  const made = mkdtempSync(join(tmpdir(), "patchcord-"));
  folders.push(made);
  return made;
}

/** Runs a program and returns what it printed; throws what it complained of. */
export function run(program, args, cwd) {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, encoding: "utf8", timeout: 120_000 });
  if (status !== 0) throw new Error(`${program} ${args.join(" ")} ended with ${status}\n${stdout}\n${stderr}`);
  return stdout.trim();
}

export const node = (args, cwd) => run(process.execPath, args, cwd);

let packed;

/** The tarball that `npm publish` would upload, and the files in it. */
export function tarball() {
  if (packed) return packed;
  const to = folder();
  const [{ filename, files }] = JSON.parse(run("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", to], packageFolder));
  packed = { path: join(to, filename), files: files.map(({ path }) => path) };
  return packed;
}

/** A project that has the package installed, with these files. */
export function project(files, manifest = {}) {
  const at = folder();
  writeFileSync(join(at, "package.json"), JSON.stringify({ name: "consumer", private: true, ...manifest }));
  run("npm", ["install", "--offline", "--no-audit", "--no-fund", "--no-package-lock", tarball().path], at);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(at, name)), { recursive: true });
    writeFileSync(join(at, name), text);
  }
  return at;
}

/** A whole transfer in a simulated contact centre, with names imported already; it prints how it ended. */
export const TRANSFER = `
const queue = "7f1d7c52-3a0b-4b5e-9c1d-2e8f6a4b0c11";
async function main() {
  await ready();
  const { path } = buildRequest("cxone-v2", "call", { call: "call-1" });
  const sim = await createSimulator({ seed: 7, profile: "cxone-v2" });
  sim.addQueue({ id: queue, agents: [{ id: "ann" }] });
  sim.addCall({ id: "call-1" });
  const { baseUrl, fetch, clock } = sim;
  const patchcord = await createPatchcord({ profile: "cxone-v2", baseUrl, fetch, clock, token: () => "t" });
  const outcome = await patchcord.transfer({ call: "call-1", to: { queue } });
  return [path, outcome.status, outcome.agent].join(" ");
}
`;
export const TRANSFERRED = "/api/v2/voice/calls/call-1 connected ann";
