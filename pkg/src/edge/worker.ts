import { validate } from "../workerd.js";
import { jsonText, refused } from "./body.js";
import { readCalls, readConfig, readMount } from "./config.js";
import type { EdgeEnv } from "./env.js";
import { authorise, fingerprint, readKey } from "./key.js";
import { readOperation } from "./operation.js";
import { answering, Problem, respond } from "./problem.js";
import type { ObjectId, ObjectNamespace } from "./runtime.js";
import type { Command } from "./session.js";
import { readOrder, readPushed } from "./transfer.js";

export interface EdgeOptions {
  /** The name of the binding of `CallSession`; `CALLS` where absent. */
  calls?: string | undefined;
}

/** A worker's default export. */
export interface Edge {
  fetch(request: Request, env: EdgeEnv): Promise<Response>;
}

/** What a route has in hand. */
interface Visit {
  readonly request: Request;
  readonly url: URL;
  readonly env: EdgeEnv;
  readonly mount: string;
  readonly calls: ObjectNamespace;
  /** What its pattern caught. */
  readonly part: string;
}

type Method = "GET" | "POST" | "DELETE";
type Handler = (visit: Visit) => Response | Promise<Response>;

const ROUTES: readonly { path: RegExp; open?: boolean; methods: Partial<Record<Method, Handler>> }[] = [
  { path: /^\/?$/, open: true, methods: { GET: health } },
  { path: /^\/transfers$/, methods: { POST: startTransfer } },
  { path: /^\/transfers\/([^/]+)$/, methods: { GET: readTransfer, DELETE: cancelTransfer } },
  { path: /^\/operations\/([\w-]+)$/, methods: { POST: operate } },
  { path: /^\/calls\/([^/]+)\/events$/, methods: { POST: pushEvent } },
];

/** The edge worker. It is configured by bindings and secrets: see `EdgeEnv`. */
export function createEdge({ calls = "CALLS" }: EdgeOptions = {}): Edge {
  return {
    async fetch(request, env) {
      const response = await answering(() => serve(request, env, calls));
      return request.method === "HEAD" ? new Response(null, response) : response;
    },
  };
}

async function serve(request: Request, env: EdgeEnv, binding: string): Promise<Response> {
  const url = new URL(request.url);
  const mount = readMount(env);
  const path = url.pathname.startsWith(mount) ? url.pathname.slice(mount.length) : undefined;
  const route = ROUTES.find((it) => path !== undefined && it.path.test(path));
  const allow = route && [...Object.keys(route.methods), ...(route.methods.GET ? ["HEAD"] : []), "OPTIONS"].join(", ");
  if (allow && request.method === "OPTIONS") return respond(204, undefined, { allow });
  if (!route?.open) await authorise(request, env);
  if (!route || !allow) throw new Problem(404, "not-found", "there is nothing under this path");
  const handler = route.methods[(request.method === "HEAD" ? "GET" : request.method) as Method];
  if (!handler) throw new Problem(405, "method-not-allowed", `this path takes ${allow}`, { headers: { allow } });
  const part = route.path.exec(path ?? "")?.[1] ?? "";
  return handler({ request, url, env, mount, calls: readCalls(env, binding), part });
}

/** Whether the worker could move a call, for whoever asks: it names the binding at fault and no finding in it. */
function health({ env }: Visit): Response {
  try {
    readKey(env);
    readConfig(env);
  } catch (thrown) {
    throw thrown instanceof Problem ? new Problem(thrown.status, thrown.code, thrown.message) : thrown;
  }
  return respond(200, { status: "ok" });
}

async function startTransfer({ request, env, mount, calls }: Visit): Promise<Response> {
  const config = readConfig(env);
  const key = idempotencyKey(request);
  const text = await jsonText(request);
  const order = readOrder(text, config);
  if (key !== undefined) {
    const claimed = await send(calls, calls.idFromName(`key:${key}`), { do: "claim", fingerprint: await fingerprint(text) });
    if (!claimed.ok) return claimed;
  }
  return send(calls, callObject(calls, order.input.call), { do: "start", order, key, at: `${mount}/transfers` });
}

/** Sends an operation and answers with its outcome. All of them share one object, and so one token; under a key it is sent once. */
async function operate({ request, env, calls, part }: Visit): Promise<Response> {
  const config = readConfig(env);
  const key = idempotencyKey(request);
  const text = await jsonText(request);
  const order = readOperation(part, text, config);
  const mark = key === undefined ? undefined : await fingerprint(`${part}\n${text}`);
  return send(calls, calls.idFromName(key === undefined ? "operations" : `operation:${key}`), { do: "operate", order, fingerprint: mark });
}

function readTransfer({ url, calls, part }: Visit): Promise<Response> {
  const after = url.searchParams.get("after") ?? "0";
  if (!/^\d{1,15}$/.test(after)) {
    throw refused([{ code: "out-of-range", path: "?after", message: "`after` must be a whole number from 0", hint: "give the sequence of the last event you have" }]);
  }
  return send(calls, transferObject(calls, part), { do: "read", id: part, after: Number(after) });
}

function cancelTransfer({ calls, part }: Visit): Promise<Response> {
  return send(calls, transferObject(calls, part), { do: "cancel", id: part });
}

async function pushEvent({ request, env, calls, part }: Visit): Promise<Response> {
  const { profile } = readConfig(env);
  const call = decoded(part);
  const { issues } = validate(profile, "call", { call });
  if (issues.length > 0) throw refused(issues);
  const event = readPushed(await jsonText(request));
  return send(calls, callObject(calls, call), { do: "push", event });
}

function send(calls: ObjectNamespace, id: ObjectId, command: Command): Promise<Response> {
  return calls.get(id).fetch(new Request("https://session.invalid/", { method: "POST", body: JSON.stringify(command) }));
}

function callObject(calls: ObjectNamespace, call: string): ObjectId {
  return calls.idFromName(`call:${call}`);
}

/** A transfer's id begins with that of the object that has it. */
function transferObject(calls: ObjectNamespace, id: string): ObjectId {
  const [object = ""] = id.split("-");
  try {
    return calls.idFromString(object);
  } catch {
    throw new Problem(404, "transfer-not-found", "there is no transfer of this id");
  }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new Problem(404, "not-found", "the path is not encoded as it should be");
  }
}

/** The draft's structured string, or the same without its quotes, as most clients send it. */
function idempotencyKey(request: Request): string | undefined {
  const given = request.headers.get("idempotency-key");
  if (given === null) return undefined;
  const key = /^"(.*)"$/.exec(given)?.[1] ?? given;
  if (/^[\x21-\x7e]{1,255}$/.test(key)) return key;
  throw refused([{ code: "invalid-id", path: "Idempotency-Key", message: "a key has 1 to 255 visible characters", hint: "send a UUID" }]);
}
