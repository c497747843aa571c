import * as check from "../check.js";
import { PatchcordError } from "../error.js";
import type { DecisionInputs, PatchcordOptions } from "../types.js";

/** A skill that agents of a queue may have. */
export interface DeskSkill {
  /** As the platform names it. */
  id: string;
  /** As the agent reads it. */
  name: string;
}

/** A queue that the desk offers. */
export interface DeskQueue {
  /** As the platform names it. */
  id: string;
  /** As the agent reads it. */
  name: string;
  /** The skills that can be asked for in it. */
  skills?: DeskSkill[] | undefined;
}

/** The call that the agent has. */
export interface DeskCall {
  /** The platform's id of the call. */
  id: string;
  /** What the agent knows it by; the id where absent. */
  label?: string | undefined;
  /** What the page knows of it that a policy with conditions asks about; changes count for the next transfer. */
  inputs?: DecisionInputs | undefined;
}

/** An edge worker (`patchcord/edge`) that carries transfers out, so that they outlive the page. */
export interface EdgeAddress {
  /** Where it answers, such as `https://cti.example.com`. */
  url: string;
  /** Gives the key that it asks for, late. */
  key?: (() => string | Promise<string>) | undefined;
}

/** What the desk needs to know: how to reach the platform, and what things are called. */
export interface DeskOptions extends PatchcordOptions {
  /** The queues on offer, in their usual order. */
  queues?: DeskQueue[] | undefined;
  /** The name of an agent, a queue or an extension that the desk knows by its id alone. */
  nameOf?: ((id: string) => string | undefined) | undefined;
  /** Carries transfers out in an edge worker; in this page where absent. */
  edge?: EdgeAddress | undefined;
}

/** Takes apart what concerns the engine and what concerns the desk alone. Throws what is no such thing. */
export function split(options: DeskOptions): { engine: PatchcordOptions; desk: Pick<DeskOptions, "queues" | "nameOf" | "edge"> } {
  check.object(options, "$");
  const { queues, nameOf, edge, ...engine } = options;
  check.optional(queues, () => checkQueues(queues, "$.queues"));
  check.optional(nameOf, () => check.callable(nameOf, "$.nameOf", "give a function that returns the name of an id"));
  check.optional(edge, () => {
    const given = check.object(edge, "$.edge");
    check.onlyFields(given, ["url", "key"], "$.edge");
    check.baseUrl(given["url"], "$.edge.url");
    check.optional(given["key"], () => check.callable(given["key"], "$.edge.key"));
  });
  return { engine, desk: { queues, nameOf, edge } };
}

/** Throws unless these are queues with an id and a name each. */
export function checkQueues(queues: unknown, path: string): asserts queues is DeskQueue[] {
  for (const [index, queue] of list(queues, path).entries()) {
    const given = named(queue, `${path}[${index}]`);
    check.optional(given["skills"], () =>
      list(given["skills"], `${path}[${index}].skills`).forEach((skill, at) => named(skill, `${path}[${index}].skills[${at}]`)),
    );
  }
}

/** Throws unless this is a call with an id. */
export function checkCall(call: unknown): asserts call is DeskCall {
  const given = check.object(call, "$.call");
  check.string(given["id"], "$.call.id", "give the platform's id of the call");
  check.optional(given["label"], () => check.string(given["label"], "$.call.label"));
  check.optional(given["inputs"], () => check.object(given["inputs"], "$.call.inputs"));
}

function named(value: unknown, path: string): Record<string, unknown> {
  const given = check.object(value, path);
  check.string(given["id"], `${path}.id`);
  check.string(given["name"], `${path}.name`);
  return given;
}

function list(value: unknown, path: string): unknown[] {
  if (Array.isArray(value)) return value;
  throw new PatchcordError("wrong-type", `\`${path}\` must be an array`, { path, hint: "give an array" });
}
