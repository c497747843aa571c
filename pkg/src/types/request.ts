/** What is asked for: profiles, targets, transfers, the requests they become, and what checks find in them. */

import type {
  ApiRoot,
  AuditLogInput,
  BridgeInput,
  NextPage,
  PersonalConnectionInput,
  QueueConfigInput,
  QueueMetricsInput,
  TransferMetricsInput,
  WaitDistributionInput,
} from "./operations.js";

/** Which dialect of which platform is spoken; `cxone-v2-names` is `cxone-v2` whose queues and skills have names for ids. */
export type ProfileName = "cxone-v2" | "cxone-v2-names" | "genesys-v2";

/** A request that some profile can make: `profiles()` tells which can make which. */
export type Operation = keyof OperationInputs;

/** What a profile can do. */
export interface ProfileInfo {
  name: ProfileName;
  /** What it can ask of the platform, with the scope or permission that the token needs for it. */
  operations: { name: Operation; scope: string }[];
  /** The kinds of target that it can send calls to, and in which ways. */
  targets: { kind: TargetKind; modes: TransferMode[] }[];
}

/** The kinds of target, by the field that names them. */
export type TargetKind = "queue" | "skill" | "extension" | "phone";

/** A queue (a UUID on CXone), and the skill that its agent must have. */
export interface QueueTarget {
  queue: string;
  skill?: string | undefined;
  extension?: never;
  phone?: never;
}

/** Whoever has the skill (a UUID on CXone), in whichever queue. */
export interface SkillTarget {
  skill: string;
  queue?: never;
  extension?: never;
  phone?: never;
}

/** A number inside the house, 1 to 15 digits, such as a voicemail box. */
export interface ExtensionTarget {
  extension: string;
  queue?: never;
  skill?: never;
  phone?: never;
}

/** A telephone number in E.164, with its plus. Patchcord prints it nowhere. */
export interface PhoneTarget {
  phone: string;
  queue?: never;
  skill?: never;
  extension?: never;
}

/** Where a call may go: exactly one kind. */
export type Target = QueueTarget | SkillTarget | ExtensionTarget | PhoneTarget;

/** `blind`: the agent leaves at once and the caller waits for the target. `consult`: the agent speaks with the target first. */
export type TransferMode = "blind" | "consult";

/** One call, to one target. */
export interface TransferInput {
  /** The platform's id of the call. */
  call: string;
  /** Where it goes. */
  to: Target;
  /** How it changes hands; `blind` where absent. */
  mode?: TransferMode | undefined;
  /** Its place in the queue, from 1 (first) to 5; the platform's own default where absent. */
  priority?: number | undefined;
  /** The number to ring the caller back at, in E.164. */
  callbackNumber?: string | undefined;
  /** Why, in a code of the platform (`genesys-v2`). */
  reasonCode?: string | object | undefined;
  /** What the conversation was about, in a code of the platform (`genesys-v2`). */
  wrapUpCode?: string | object | undefined;
}

/** What an operation needs to know. */
export interface OperationInputs {
  transfer: TransferInput;
  call: { call: string };
  campaigns: { queue: string };
  agents: { queue: string };
  "transfer-metrics": TransferMetricsInput;
  presence: { agent: string };
  "security-profiles": Record<string, never>;
  queue: { queue: string };
  "queue-config": QueueConfigInput;
  skills: Record<string, never> | NextPage;
  "queue-metrics": QueueMetricsInput;
  "wait-distribution": WaitDistributionInput;
  "audit-log": AuditLogInput;
  health: Record<string, never>;
  "personal-connection": PersonalConnectionInput;
  "personal-connection-status": { call: string; apiRoot?: ApiRoot | undefined };
  bridge: BridgeInput;
  conversation: { call: string };
  search: { name: string };
}

/** A request for the host to send. It carries no token. */
export interface PlatformRequest {
  operation: Operation;
  /** Whether it may change the world. A write whose answer is lost is looked into, never repeated blindly. */
  effect: "reads" | "writes";
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Path and query, encoded, to be put behind the base URL. */
  path: string;
  /** Names and values, without the authorisation. */
  headers: [name: string, value: string][];
  /** The JSON text to send, if any. */
  body?: string | undefined;
  /** How long to wait for the whole answer, in milliseconds. */
  timeout: number;
}

/** Why one place of a payload or a policy is refused. */
export type IssueCode =
  | "invalid-json"
  | "missing-field"
  | "unknown-field"
  | "wrong-type"
  | "invalid-id"
  | "invalid-uuid"
  | "invalid-extension"
  | "invalid-phone"
  | "out-of-range"
  | "unknown-value"
  | "no-target"
  | "several-targets"
  | "not-supported"
  | "duplicate"
  | "invalid-url"
  | "invalid-time"
  | "unknown-skill"
  | "invalid-flow"
  | "invalid-caller-number"
  | "missing-scope"
  | "refused-by-platform"
  | "unknown-name"
  | "unreachable-step"
  | "shadowed-step"
  | "gap"
  | "cycle"
  | "dead-target"
  | "budget-too-small"
  | "no-safe-end"
  | "unknown-profile"
  | "unknown-operation"
  | "invalid-snapshot"
  | (string & {});

/** One finding. */
export interface Issue {
  code: IssueCode;
  /** Where, as a JSON path: `$.to.queue`. */
  path: string;
  message: string;
  /** What would mend it. */
  hint?: string | undefined;
}

/** What a check found. */
export interface Report {
  /** Nothing was found. */
  ok: boolean;
  issues: Issue[];
}
