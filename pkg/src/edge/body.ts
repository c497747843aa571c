import type { Issue, Report } from "../types.js";
import { Problem } from "./problem.js";

const MOST_BYTES = 64 * 1024;
/** A body that is too long is heard out up to here, for a sender who is cut off mid-way never reads the answer. */
const MOST_BYTES_HEARD = 1024 * 1024;
const JSON_TYPE = /^application\/(?:[\w.!#$&^-]+\+)?json *(?:;|$)/i;

/** The text of a JSON body. Throws a 415 for another type and a 413 for more than 64 KiB. */
export async function jsonText(request: Request): Promise<string> {
  if (!JSON_TYPE.test(request.headers.get("content-type") ?? "")) {
    throw new Problem(415, "unsupported-media-type", "send JSON, with `Content-Type: application/json`", { headers: { accept: "application/json" } });
  }
  const bytes = await limited(request);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw refused([{ code: "invalid-json", path: "$", message: "the body is not UTF-8", hint: "send JSON in UTF-8" }]);
  }
}

async function limited(request: Request): Promise<Uint8Array> {
  const whole = new Uint8Array(MOST_BYTES);
  let length = 0;
  const reader = request.body?.getReader();
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    if (length + part.value.length <= MOST_BYTES) whole.set(part.value, length);
    length += part.value.length;
    if (length > MOST_BYTES_HEARD) break;
  }
  if (length <= MOST_BYTES) return whole.subarray(0, length);
  await reader?.cancel();
  throw new Problem(413, "content-too-large", `a body may have ${MOST_BYTES} bytes at most`);
}

/** A 400 with the findings. */
export function refused(issues: Report["issues"]): Problem {
  const [first, ...rest] = issues;
  const more = rest.length > 0 ? `, and ${rest.length} more` : "";
  return new Problem(400, first?.code ?? "invalid-input", first ? `${first.path}: ${first.message}${more}` : "the body is refused", { issues });
}

/** Text as a value. Throws a 400 where it is not JSON, or holds half a character, which the core would not read. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text, (key, value: unknown) => {
      if (!isWellFormed(key) || (typeof value === "string" && !isWellFormed(value))) throw refused([HALF_A_CHARACTER]);
      return value;
    });
  } catch (thrown) {
    if (thrown instanceof Problem) throw thrown;
    throw refused([{ code: "invalid-json", path: "$", message: "the body is not JSON", hint: "send one JSON object" }]);
  }
}

const HALF_A_CHARACTER: Issue = {
  code: "invalid-json",
  path: "$",
  message: "a string holds half of a surrogate pair",
  hint: "send whole characters",
};

function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}
