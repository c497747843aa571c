import type { Parts } from "./host.js";
import type { PlatformRequest } from "./types.js";

/** An operation that was asked for before: its number, and how its requests are sent, as the core told it last. */
interface Known {
  readonly number: number;
  /** The line that says so: effect, method, timeout, and the headers that say `application/json`. */
  manner: string;
  effect: string;
  method: string;
  timeout: number;
  json: readonly string[];
}

const known = new Map<string, Map<string, Known>>();

function operationOf(parts: Parts, profile: string, operation: string): Known {
  const found = known.get(profile)?.get(operation);
  if (found) return found;
  const number = parts.call((glue) => glue.operationNumber(profile, operation));
  const one = { number, manner: "", effect: "", method: "", timeout: 0, json: [] };
  if (!known.has(profile)) known.set(profile, new Map());
  known.get(profile)?.set(operation, one);
  return one;
}

const JSON_TYPE = "application/json";

/** Builds the request of an operation from JSON text. Throws where the input is refused, with the report. */
export function builtRequest(parts: Parts, profile: string, operation: string, input: string): PlatformRequest {
  const how = operationOf(parts, profile, operation);
  const lines = parts.call((glue) => glue.requestLines(how.number, input));
  let end = how.manner.length;
  // The manner hardly ever changes: to see that it is the same is quicker than to read it.
  if (end === 0 || lines.charCodeAt(end) !== LINE_FEED || lines.slice(0, end) !== how.manner) {
    end = lines.indexOf("\n");
    how.manner = lines.slice(0, end);
    const [effect = "", method = "", timeout, ...json] = how.manner.split(" ");
    Object.assign(how, { effect, method, timeout: Number(timeout), json });
  }
  const { effect, method, timeout, json } = how;
  const headers: [name: string, value: string][] = json.length === 1 ? [[json[0]!, JSON_TYPE]] : json.map((name) => [name, JSON_TYPE]);
  const path = lines.indexOf("\n", end + 1);
  const body = lines.indexOf("\n", path + 1);
  const request = { operation, effect, method, path: lines.slice(end + 1, path), headers, timeout } as PlatformRequest;
  const text = body < 0 ? lines.slice(path + 1) : lines.slice(path + 1, body);
  if (text) request.body = text;
  for (let at = body; at >= 0; ) {
    const name = lines.indexOf("\n", at + 1);
    const value = lines.indexOf("\n", name + 1);
    headers.push([lines.slice(at + 1, name), value < 0 ? lines.slice(name + 1) : lines.slice(name + 1, value)]);
    at = value;
  }
  return request;
}

const LINE_FEED = 10;
