// What the tests of the edge worker share: a simulated platform behind HTTP, and the worker in workerd.

import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { Log, LogLevel, Miniflare } from "miniflare";
import { createSimulator } from "patchcord/simulator";
import { bundle } from "../../www/edge.mjs";

export const billing = "11111111-1111-4111-8111-111111111111";
/** Enough for every call of a file: who took one is busy for a while. */
export const agents = Array.from({ length: 60 }, (_, index) => `a44b44c4-d44e-4f44-8a44-b44c44d44e${String(index).padStart(2, "0")}`);
export const secret = "s3cr3t-t0ken-never-to-be-seen";
export const key = "the-key-of-the-callers";

/** Settings that make a run short in real time. */
export const brisk = { pollSeconds: 1, settleSeconds: 1 };

/** A simulated platform on 127.0.0.1. `seen` lists its requests; `arriving` is called with each before it is answered. */
export async function startPlatform({ answerSeconds = 1, profile = "cxone-v2" } = {}) {
  const sim = await createSimulator({ seed: 7, profile, clock: "real" });
  sim.addQueue({ id: billing, name: "Billing", agents: agents.map((id) => ({ id, answerSeconds })) });
  const platform = { sim, seen: [], arriving: () => {} };
  const server = createServer(async (incoming, answer) => {
    const { method, url: path, headers } = incoming;
    const parts = [];
    for await (const part of incoming) parts.push(part);
    platform.seen.push({ method, path, authorization: headers.authorization });
    platform.arriving({ method, path });
    const said = await sim.handle({ method, path, headers, body: Buffer.concat(parts) });
    if (said.lost) return incoming.socket.destroy();
    answer.writeHead(said.status, said.headers.flat());
    answer.end(said.body);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  platform.url = `http://127.0.0.1:${server.address().port}`;
  platform.close = () => {
    server.closeAllConnections();
    server.close();
    sim.close();
  };
  return platform;
}

const modules = bundle(fileURLToPath(new URL("worker.js", import.meta.url)));

/** Those of the bindings that there are. */
const bound = (bindings) => Object.fromEntries(Object.entries(bindings).filter(([, value]) => value !== undefined));

/** The worker in workerd. `ask` speaks with it as a caller that holds the key. */
export async function startWorker({ platform, persist, bindings = {}, services = {} }) {
  const miniflare = new Miniflare({
    modules: await modules,
    compatibilityDate: "2026-07-01",
    durableObjects: { CALLS: { className: "CallSession", useSQLite: true } },
    durableObjectsPersist: persist ?? false,
    bindings: bound({
      PATCHCORD_PROFILE: "cxone-v2",
      PATCHCORD_BASE_URL: platform.url,
      ...("PATCHCORD_TOKEN_SERVICE" in services ? {} : { PATCHCORD_TOKEN: secret }),
      PATCHCORD_KEY: key,
      ...bindings,
    }),
    serviceBindings: services,
    cf: false,
    log: new Log(LogLevel.ERROR),
  });
  await miniflare.ready;

  async function ask(method, path, { body, headers = {} } = {}) {
    const json = body !== undefined && typeof body !== "string" && !(body instanceof Uint8Array);
    const answer = await miniflare.dispatchFetch(new URL(path, "http://edge.test"), {
      method,
      headers: { authorization: `Bearer ${key}`, ...(body === undefined ? {} : { "content-type": "application/json" }), ...headers },
      body: json ? JSON.stringify(body) : body,
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, text, body: text === "" ? undefined : JSON.parse(text) };
  }

  return {
    ask,
    journal: async (of) => (await ask("GET", `/journal?of=${encodeURIComponent(of)}`)).body,
    /** Reads a transfer until it is done. */
    async done(location, ms = 20_000) {
      for (const end = Date.now() + ms; ; await rest(100)) {
        const { body } = await ask("GET", location);
        if (body.status === "done") return body;
        if (Date.now() > end) throw new Error(`still running after ${ms} ms: ${JSON.stringify(body.events.at(-1))}`);
      }
    },
    dispose: () => miniflare.dispose(),
  };
}

export const rest = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** A transfer of a call to the billing queue. */
export const toBilling = (call, policy = {}) => ({ call, to: { queue: billing }, policy: { ...brisk, ...policy } });
