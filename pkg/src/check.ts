import { PatchcordError } from "./error.js";

/** A value is refused by naming its type, never by showing it: it might be a token. */
function typeOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}

function wrongType(value: unknown, path: string, wanted: string, hint?: string): PatchcordError {
  const code = value === undefined ? "missing-field" : "wrong-type";
  const message = value === undefined ? `\`${path}\` is missing: expected ${wanted}` : `\`${path}\` must be ${wanted}, not ${typeOf(value)}`;
  return new PatchcordError(code, message, { path, hint: hint ?? `give ${wanted}` });
}

export function string(value: unknown, path: string, hint?: string): string {
  if (typeof value !== "string" || value === "") throw wrongType(value === "" ? null : value, path, "a string that is not empty", hint);
  return value;
}

export function object(value: unknown, path: string): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw wrongType(value, path, "an object");
  return value as Record<string, unknown>;
}

export function callable(value: unknown, path: string, hint?: string): void {
  if (typeof value !== "function") throw wrongType(value, path, "a function", hint);
}

/** Checks what may be absent. */
export function optional(value: unknown, check: () => unknown): void {
  if (value !== undefined) check();
}

export function wholeNumber(value: unknown, path: string): void {
  if (typeof value !== "number") throw wrongType(value, path, "a number");
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new PatchcordError("out-of-range", `\`${path}\` must be a whole number from 0 to 2^53 - 1`, { path, hint: "give a whole number" });
  }
}

/** Refuses what nobody reads: most often it is a misspelling. */
export function onlyFields(value: Record<string, unknown>, known: readonly string[], path: string): void {
  for (const field of Object.keys(value)) {
    if (known.includes(field)) continue;
    const meant = known.find((name) => name.toLowerCase() === field.toLowerCase());
    throw new PatchcordError("unknown-field", `nobody reads \`${path}.${field}\``, {
      path: `${path}.${field}`,
      hint: meant ? `did you mean \`${meant}\`?` : `known are ${known.join(", ")}`,
    });
  }
}

export function signal(value: unknown, path: string): void {
  const it = object(value, path);
  if (typeof it["aborted"] !== "boolean" || typeof it["addEventListener"] !== "function") throw wrongType(value, path, "an AbortSignal");
}

export function clock(value: unknown, path: string): void {
  const it = object(value, path);
  callable(it["now"], `${path}.now`, "give a function that returns milliseconds since 1970");
  callable(it["sleep"], `${path}.sleep`, "give a function (ms, signal) that returns a promise");
}

/** An absolute http(s) address, without the slashes at its end. */
export function baseUrl(value: unknown, path: string): string {
  const url = address(value, path);
  if (url.search || url.hash) throw wrongUrl(path, "must hold no query and no fragment");
  return url.href.replace(/\/+$/, "");
}

/** An absolute http(s) address. */
export function address(value: unknown, path: string): URL {
  const text = string(value, path, `give an address such as \`${AN_ADDRESS}\``);
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw wrongUrl(path, "is no absolute address");
  }
  if (url.protocol !== "https:" && url.protocol !== "http:") throw wrongUrl(path, "must begin with https:// or http://");
  if (url.username || url.password) throw wrongUrl(path, "must hold no user name and no password");
  return url;
}

const AN_ADDRESS = "https://na1.example.com";

function wrongUrl(path: string, message: string): PatchcordError {
  return new PatchcordError("invalid-url", `\`${path}\` ${message}`, { path, hint: `give an address such as \`${AN_ADDRESS}\`` });
}

export function oneOf(value: unknown, words: readonly string[], path: string): void {
  if (typeof value === "string" && words.includes(value)) return;
  throw new PatchcordError("unknown-value", `\`${path}\` must be one of ${words.join(", ")}`, { path, hint: `give one of ${words.join(", ")}` });
}
