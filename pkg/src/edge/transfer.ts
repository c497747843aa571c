import { PatchcordError } from "../error.js";
import { toJson } from "../json.js";
import type { AnyPolicy, DecisionInputs, Issue, TransferInput } from "../types.js";
import { checkPolicy, validate } from "../workerd.js";
import { parsed, refused } from "./body.js";
import type { Config } from "./config.js";

/** A transfer that was asked for, and found good. */
export interface Order {
  input: TransferInput;
  policy?: Partial<AnyPolicy> | undefined;
  inputs?: DecisionInputs | undefined;
}

/**
 * Reads the body of `POST /transfers`: a transfer, and settings of the policy and inputs of its decisions if it likes. Throws a 400
 * with all findings.
 */
export function readOrder(text: string, config: Config): Order {
  const body = parsed(text);
  // As text again: a string would be taken for JSON text of its own.
  if (!isObject(body)) throw refused(validate(config.profile, "transfer", JSON.stringify(body)).issues);
  const { policy, inputs, ...input } = body;
  const issues = [
    ...validate(config.profile, "transfer", input).issues,
    ...(policy === undefined ? [] : judged(policy, config)),
    ...(inputs === undefined || isObject(inputs) ? [] : [{ code: "wrong-type", path: "$.inputs", message: "inputs are an object", hint: "give facts, or leave it out" }]),
  ];
  if (issues.length > 0) throw refused(issues);
  return { input: input as unknown as TransferInput, policy: policy as Partial<AnyPolicy> | undefined, inputs: inputs as DecisionInputs | undefined };
}

function judged(policy: unknown, config: Config): Issue[] {
  if (!isObject(policy)) {
    return [{ code: "wrong-type", path: "$.policy", message: "a policy is an object", hint: "give its settings, or leave it out" }];
  }
  const report = checkPolicy(config.profile, { steps: [], ...config.policy, ...policy } as AnyPolicy);
  return report.issues.map((issue) => ({ ...issue, path: issue.path.replace("$", "$.policy") }));
}

/** Reads an event that the platform pushed. Throws a 400. */
export function readPushed(text: string): unknown {
  const event = parsed(text);
  if (!isObject(event)) {
    throw refused([{ code: "wrong-type", path: "$", message: "an event is an object", hint: "send the event as the platform told it" }]);
  }
  try {
    toJson(event);
  } catch (thrown) {
    if (thrown instanceof PatchcordError && thrown.report) throw refused(thrown.report.issues);
    throw thrown;
  }
  return event;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
