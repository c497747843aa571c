import { notConfigured } from "./config.js";
import type { EdgeEnv } from "./env.js";
import { Problem } from "./problem.js";

/** The key that callers must hold; none where the worker is open. */
export function readKey(env: EdgeEnv): string | undefined {
  const key = env.PATCHCORD_KEY;
  if (typeof key === "string" && key !== "") return key;
  if (env.PATCHCORD_OPEN === "true") return undefined;
  throw notConfigured("`PATCHCORD_KEY` is missing: set the secret that callers send as a bearer token");
}

/** Throws unless the caller holds the key. */
export async function authorise(request: Request, env: EdgeEnv): Promise<void> {
  const key = readKey(env);
  if (key === undefined) return;
  const [, given = ""] = /^bearer +(\S+)$/i.exec(request.headers.get("authorization") ?? "") ?? [];
  if (await same(given, key)) return;
  throw new Problem(401, "unauthorized", "send `Authorization: Bearer <key>` with the key of this worker", {
    headers: { "www-authenticate": 'Bearer realm="patchcord"' },
  });
}

/** Compares digests, all bytes of them, so that the time it takes tells nothing about the key. */
async function same(given: string, key: string): Promise<boolean> {
  const [a, b] = await Promise.all([digest(given), digest(key)]);
  return a.reduce((difference, byte, index) => difference | (byte ^ (b[index] ?? 0)), 0) === 0;
}

async function digest(text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
}

/** A short name for a text that must not be stored itself. */
export async function fingerprint(text: string): Promise<string> {
  return Array.from(await digest(text), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
