/** The edge worker in workerd, on this machine: no account, no network beyond the platform it is pointed at. */

import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { Log, LogLevel, Miniflare } from "miniflare";

const MOUNT = "/edge";
const COMPATIBILITY_DATE = "2026-07-01";
/** Headers that concern the way from workerd to here, and nobody further on. */
const HOP = ["connection", "keep-alive", "mf-content-encoding", "transfer-encoding"];

/**
 * Starts the worker under `/edge`, open to everybody who reaches it.
 *
 * `platformUrl` is where the platform answers, `persist` a folder for what the calls write down, `bindings` takes the place of
 * single bindings. `fetch` answers requests whose path begins with `/edge`, or has lost it on the way.
 */
export async function startEdge({ platformUrl, log = () => {}, persist, bindings = {} }) {
  const miniflare = new Miniflare({
    modules: await bundle(fileURLToPath(new URL("worker.js", import.meta.url))),
    compatibilityDate: COMPATIBILITY_DATE,
    durableObjects: { CALLS: { className: "CallSession", useSQLite: true } },
    durableObjectsPersist: persist ?? false,
    bindings: {
      PATCHCORD_PROFILE: "cxone-v2",
      PATCHCORD_BASE_URL: platformUrl,
      PATCHCORD_TOKEN: "simulated",
      PATCHCORD_OPEN: "true",
      PATCHCORD_MOUNT: MOUNT,
      ...bindings,
    },
    cf: false,
    log: new Listened(log),
  });
  await miniflare.ready;
  return {
    async fetch(request) {
      const url = new URL(request.url);
      if (url.pathname !== MOUNT && !url.pathname.startsWith(`${MOUNT}/`)) url.pathname = MOUNT + url.pathname;
      const { method, headers } = request;
      const body = request.body && (await request.arrayBuffer());
      const answer = await miniflare.dispatchFetch(url, { method, headers: [...headers], body, redirect: "manual" });
      const plain = [...answer.headers].filter(([name]) => !HOP.includes(name));
      return new Response(answer.body, { status: answer.status, headers: plain });
    },
    dispose: () => miniflare.dispose(),
  };
}

/** The modules of a worker: one of JavaScript, and the engine beside it, compiled once by workerd. */
export async function bundle(entry) {
  const wasm = new Map();
  const asModule = {
    name: "wasm-as-module",
    setup(it) {
      it.onResolve({ filter: /\.wasm$/ }, async ({ path, importer, resolveDir, kind, pluginData }) => {
        if (pluginData === asModule) return undefined;
        const found = await it.resolve(path, { importer, resolveDir, kind, pluginData: asModule });
        if (found.errors.length > 0) return found;
        const name = `./${basename(found.path)}`;
        wasm.set(name, found.path);
        return { path: name, external: true };
      });
    },
  };
  const built = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: "esm",
    target: "es2022",
    conditions: ["workerd", "worker", "browser"],
    plugins: [asModule],
    logLevel: "silent",
  });
  return [
    { type: "ESModule", path: "worker.mjs", contents: built.outputFiles[0].text },
    ...(await Promise.all([...wasm].map(async ([name, file]) => ({ type: "CompiledWasm", path: name.slice(2), contents: await readFile(file) })))),
  ];
}

class Listened extends Log {
  #log;

  constructor(log) {
    super(LogLevel.WARN);
    this.#log = log;
  }

  log(message) {
    this.#log(message);
  }
}
