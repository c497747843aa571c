import { PatchcordError } from "../error.js";
import type { SimulatorRequest } from "./types.js";

/** A request as the simulator takes it. */
export interface Wire {
  method: string;
  path: string;
  /** JSON text. */
  headers: string;
  body: Uint8Array;
}

const EMPTY = new Uint8Array();

/** What a caller of `fetch` means, if it goes to `baseUrl`. */
export async function fromFetch(request: Request, baseUrl: string): Promise<Wire> {
  if (request.url !== baseUrl && !request.url.startsWith(`${baseUrl}/`)) {
    throw new TypeError(`the simulator answers under ${baseUrl} alone`);
  }
  const bodyless = request.method === "GET" || request.method === "HEAD";
  return {
    method: request.method,
    path: request.url.slice(baseUrl.length) || "/",
    headers: JSON.stringify([...request.headers]),
    body: bodyless ? EMPTY : new Uint8Array(await request.arrayBuffer()),
  };
}

/** What an HTTP server of the host received. */
export function fromServer({ method, path, headers, body }: SimulatorRequest): Wire {
  if (typeof method !== "string" || typeof path !== "string" || !path.startsWith("/")) {
    throw new PatchcordError("wrong-type", "a request needs a `method` and a `path` that begins with a slash", { path: "$.path" });
  }
  return { method: method.toUpperCase(), path, headers: JSON.stringify(pairs(headers)), body: bytes(body) };
}

function pairs(headers: SimulatorRequest["headers"]): [string, string][] {
  if (!headers) return [];
  if (Symbol.iterator in headers) return [...headers].map(([name, value]) => [name, value]);
  return Object.entries(headers)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : String(value)]);
}

function bytes(body: SimulatorRequest["body"]): Uint8Array {
  if (body === undefined || body === null) return EMPTY;
  if (typeof body === "string") return new TextEncoder().encode(body);
  return body instanceof Uint8Array ? body : new Uint8Array(body);
}
