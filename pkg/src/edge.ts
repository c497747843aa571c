/** Patchcord as a Cloudflare Worker: transfers over HTTP, and one Durable Object a call that carries them out. */

export type { EdgeEnv } from "./edge/env.js";
export { CallSession } from "./edge/session.js";
export { createEdge, type Edge, type EdgeOptions } from "./edge/worker.js";
