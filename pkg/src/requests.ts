import type { Parts } from "./host.js";
import type { PlatformRequest } from "./types.js";

/** How a request is sent, but for where it goes and what it says: a few words of the core, which come back with every request. */
interface Manner {
  readonly effect: string;
  readonly method: string;
  readonly timeout: number;
  /** The headers that say `application/json`. */
  readonly json: readonly string[];
}

const manners = new Map<string, Manner>();

function mannerOf(words: string): Manner {
  const known = manners.get(words);
  if (known) return known;
  const [effect = "", method = "", timeout, ...json] = words.split(" ");
  const manner = { effect, method, timeout: Number(timeout), json };
  manners.set(words, manner);
  return manner;
}

/** Builds the request of an operation from JSON text. Throws where the input is refused, with the report. */
export function builtRequest(parts: Parts, profile: string, operation: string, input: string): PlatformRequest {
  const lines = parts.call((glue) => glue.requestLines(profile, operation, input)).split("\n");
  const { effect, method, timeout, json } = mannerOf(lines[0] as string);
  const headers = json.map((name): [name: string, value: string] => [name, "application/json"]);
  for (let at = 3; at + 1 < lines.length; at += 2) headers.push([lines[at] as string, lines[at + 1] as string]);
  const request = { operation, effect, method, path: lines[1], headers, timeout } as PlatformRequest;
  if (lines[2]) request.body = lines[2];
  return request;
}
