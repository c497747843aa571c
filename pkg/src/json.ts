import { PatchcordError } from "./error.js";
import type { Issue } from "./types.js";

const DEEPEST = 64;

/**
 * A value as JSON text for the core, which is the one that judges it. Text is taken as JSON already.
 *
 * Throws where JSON could not say what was meant: it would turn NaN into null and drop a function without a word.
 */
export function toJson(value: unknown, root = "$"): string {
  if (typeof value === "string") return value;
  const issue = unsayable(value, root, 0);
  const text = issue ? undefined : written(value);
  if (text !== undefined) return text;
  const found = issue ?? wrong(root, "the value cannot be written as JSON", "give plain data");
  throw new PatchcordError(found.code, found.message, { path: found.path, hint: found.hint, report: { ok: false, issues: [found] } });
}

/**
 * Facts about a call as JSON text. They are never refused: what JSON cannot say is passed as a text, which the core reports as
 * a fact that cannot be read.
 */
export function factsToJson(value: unknown): string {
  if (typeof value === "string") return value;
  const text = unsayable(value, "$", 0) ? written(value, sayable) : written(value);
  return text ?? "null";
}

function sayable(_: string, value: unknown): unknown {
  switch (typeof value) {
    case "number":
      return Number.isFinite(value) ? value : String(value);
    case "bigint":
    case "function":
    case "symbol":
      return `a ${typeof value}`;
    default:
      return value;
  }
}

/** Nothing for a circle, and where a `toJSON` of the caller's throws or says nothing. */
function written(value: unknown, replacer?: (key: string, value: unknown) => unknown): string | undefined {
  try {
    return JSON.stringify(value, replacer);
  } catch {
    return undefined;
  }
}

/** The first thing in `value` that JSON has no words for. Its path is put together on the way back: mostly there is none. */
function unsayable(value: unknown, path: string, depth: number): Issue | undefined {
  switch (typeof value) {
    case "number":
      return Number.isFinite(value) ? undefined : wrong(path, `${value} is no number that JSON can hold`, "give a finite number");
    case "bigint":
      return wrong(path, "a bigint is no JSON value", "give a number, or an id as a string");
    case "function":
    case "symbol":
      return wrong(path, `a ${typeof value} is no JSON value`, "leave it out");
    case "undefined":
      return depth === 0 ? wrong(path, "nothing was given", "give an object") : undefined;
    case "object":
      return value === null ? undefined : unsayableInside(value, path, depth);
    default:
      return undefined;
  }
}

function unsayableInside(value: object, path: string, depth: number): Issue | undefined {
  if (depth === DEEPEST) return wrong(path, `nested deeper than ${DEEPEST} levels, or in a circle`, "give plain data");
  if (typeof (value as { toJSON?: unknown }).toJSON === "function") return undefined;
  for (const key of Object.keys(value)) {
    const issue = unsayable((value as Record<string, unknown>)[key], "", depth + 1);
    if (issue) return { ...issue, path: `${path}${Array.isArray(value) ? `[${key}]` : `.${key}`}${issue.path}` };
  }
  return undefined;
}

function wrong(path: string, message: string, hint: string): Issue {
  return { code: "wrong-type", path, message, hint };
}
