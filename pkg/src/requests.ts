import type { Parts } from "./host.js";
import type { PlatformRequest } from "./types.js";

/** Builds the request of an operation from JSON text. Throws where the input is refused, with the report. */
export function builtRequest(parts: Parts, profile: string, operation: string, input: string): PlatformRequest {
  const lines = parts.call((glue) => glue.requestLines(profile, operation, input)).split("\n");
  const [name, effect, method, timeout, path, body] = lines;
  const headers: [name: string, value: string][] = [];
  for (let at = 6; at + 1 < lines.length; at += 2) headers.push([lines[at] as string, lines[at + 1] as string]);
  const request = { operation: name, effect, method, path, headers, timeout: Number(timeout) } as PlatformRequest;
  if (body) request.body = body;
  return request;
}
