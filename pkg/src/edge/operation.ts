import type { Operation, OperationInputs } from "../types.js";
import { buildRequest, profiles, validate } from "../workerd.js";
import { parsed, refused } from "./body.js";
import type { Config } from "./config.js";
import { Problem } from "./problem.js";

/** An operation that was asked for, and found good. */
export interface OperationOrder {
  operation: Operation;
  input: OperationInputs[Operation];
  /** Whether it may change the world. */
  writes: boolean;
}

/** Reads the body of `POST /operations/{name}`: the operation's input. Throws a 404, or a 400 with all findings. */
export function readOperation(name: string, text: string, { profile }: Config): OperationOrder {
  const known = profiles().find((it) => it.name === profile)?.operations.map((it) => it.name);
  const operation = known?.find((it) => it === name);
  if (!operation) throw new Problem(404, "operation-not-found", "the platform has no such operation");
  if (operation === "transfer") throw new Problem(404, "operation-not-found", "calls are transferred by `POST /transfers`, one at a time");
  // As text again: a string would be taken for JSON text of its own.
  const body = JSON.stringify(parsed(text));
  const { issues } = validate(profile, operation, body);
  if (issues.length > 0) throw refused(issues);
  const { effect } = buildRequest(profile, operation, body);
  return { operation, input: JSON.parse(body) as OperationInputs[Operation], writes: effect === "writes" };
}
