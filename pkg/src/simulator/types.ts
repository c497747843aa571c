import type { Clock, Fetch, Operation, ProfileName, Target } from "../types.js";

/** What answers, or has a call. */
export type SimulatedAnswerer = "person" | "machine" | "ivr" | "music";

/** An agent who serves a queue: one person in all queues that list the id. */
export interface SimulatedAgent {
  id: string;
  /** `AVAILABLE` where absent; with any other word no call comes through. */
  status?: string | undefined;
  /** Ids of skills. */
  skills?: string[] | undefined;
  name?: string | undefined;
  /** How long it rings before the agent answers; 1 to 5 from the seed where absent. */
  answerSeconds?: number | undefined;
  /** Whether the agent answers at all; yes where absent. */
  answers?: boolean | undefined;
  /** What answers: a person where absent, or a machine in the agent's place. */
  answeredBy?: SimulatedAnswerer | undefined;
}

/** A campaign that feeds a queue. */
export interface SimulatedCampaign {
  id?: string | undefined;
  /** `ACTIVE`, `INACTIVE`, … */
  status: string;
}

/** A queue with its campaign and its agents. */
export interface SimulatedQueue {
  /** A UUID, as the platform wants it. */
  id: string;
  /** The id where absent. */
  name?: string | undefined;
  /** `ACTIVE` where absent. */
  status?: "ACTIVE" | "INACTIVE" | undefined;
  /** The status of its one campaign, `ACTIVE` where absent; `null` for a queue that has none. */
  campaign?: string | null | undefined;
  /** Its campaigns, where it has several. */
  campaigns?: SimulatedCampaign[] | undefined;
  agents?: SimulatedAgent[] | undefined;
  /** So many made-up agents besides, up to 100,000. */
  roster?: number | undefined;
  /** Ids of the skills that made-up agents have some of. */
  skills?: string[] | undefined;
  /** A call that nobody takes fails after that time; 20 where absent. */
  maxWaitSeconds?: number | undefined;
  /** What has a call then instead, though the platform reads connected. `genesys-v2` keeps calls waiting where absent. */
  endsIn?: SimulatedAnswerer | undefined;
  /** The version of its configuration; 1 where absent. */
  version?: number | undefined;
  /** What is said of its configuration, in the platform's words. */
  config?: Record<string, unknown> | undefined;
  /** How long a new configuration takes to show. */
  propagationSeconds?: number | undefined;
  /** So many callers of the past, of whom the distribution of waits tells. */
  pastCallers?: number | undefined;
  /** What the metrics tell in place of what is true. */
  metrics?: { occupancy?: number | undefined; waitTime?: number | undefined; abandonedCount?: number | undefined; answeredCount?: number | undefined } | undefined;
}

/** A client of the token endpoint. Once one is registered, others are refused. */
export interface SimulatedClient {
  id: string;
  secret: string;
  /** All where absent. */
  scopes?: string[] | undefined;
}

/** A flow that placed calls may run. Once one is registered, others are not there. */
export interface SimulatedFlow {
  id: string;
  /** Yes where absent. */
  published?: boolean | undefined;
  /** Whether the client may use it; yes where absent. */
  accessible?: boolean | undefined;
}

/** A number that placed calls may come from. Once one is registered, others are not the account's. */
export interface SimulatedNumber {
  phone: string;
  /** `ACTIVE` where absent. */
  status?: "ACTIVE" | "BLOCKED" | "SUSPENDED" | undefined;
}

/** A call to be moved. */
export interface NewSimulatedCall {
  id: string;
  /** Where absent `CONNECTED` if somebody has it, else `WAITING`. */
  state?: string | undefined;
  /** Who has it before it is moved: an agent's id, an extension, a number. An agent of the centre is busy with it. */
  connectedTo?: string | undefined;
  /** What has it, where that is no agent of the centre. */
  answeredBy?: SimulatedAnswerer | undefined;
  /** The queue that it waits in. */
  queue?: string | undefined;
  /** How long ago it began; 0 where absent. */
  ageSeconds?: number | undefined;
  /** Whether it is of another organisation, so that nobody here may touch it. */
  foreign?: boolean | undefined;
}

/** An extension or a number that behaves in a way of its own. All that are not named answer. */
export type SimulatedLine = ({ extension: string; phone?: never } | { phone: string; extension?: never }) & {
  answerSeconds?: number | undefined;
  answers?: boolean | undefined;
  /** What answers there; it does not show where absent. */
  answeredBy?: SimulatedAnswerer | undefined;
};

/** Something that goes wrong on the way, by script. */
export interface SimulatedFault {
  /** Which requests; all where absent. */
  operation?: Operation | "token" | undefined;
  /** Of which call; of any where absent. */
  call?: string | undefined;
  /** How many requests pass before it strikes; 0 where absent. */
  skip?: number | undefined;
  /** How often it strikes; once where absent. */
  times?: number | undefined;
  /** Answers with this status instead, 200 to 599. */
  status?: number | undefined;
  /** The platform acts before it answers so. */
  acts?: boolean | undefined;
  headers?: Record<string, string> | [name: string, value: string][] | undefined;
  /** Text as it stands, broken JSON too; anything else as JSON. */
  body?: unknown;
  /** The answer takes so much longer. */
  delaySeconds?: number | undefined;
  /** The answer tells what was true so long ago. */
  staleSeconds?: number | undefined;
  /** The answer never comes: lost before the platform acted, or after it. */
  lose?: "before" | "after" | undefined;
  /** A `Retry-After` header: seconds, or its text. Answers 429 where no status is given. */
  retryAfter?: number | string | undefined;
}

/** One line of a call's history. */
export interface SimulatedCallRecord {
  at: number;
  /** `CALL_ADDED`, `TRANSFER_ACCEPTED`, `QUEUED`, `RINGING`, `TRANSFER_SUCCESS`, `TRANSFER_FAILED`, `CALLER_LEFT`. */
  action: string;
  /** The call's state from then on. */
  state: string;
  /** Who has the call from then on. */
  connectedTo?: string | undefined;
  /** What has the call from then on, where that shows. */
  answeredBy?: SimulatedAnswerer | undefined;
  /** The id of the transfer that it belongs to. */
  transfer?: string | undefined;
  to?: Target | undefined;
  /** The agent at whom it rings. */
  agent?: string | undefined;
  /** Why it failed. */
  reason?: string | undefined;
}

/** A call as the platform has it. */
export interface SimulatedCall {
  id: string;
  state: string;
  /** Who has it: an agent's id, an extension, a number. */
  connectedTo?: string | undefined;
  /** What has it, where that shows. */
  answeredBy?: SimulatedAnswerer | undefined;
  /** How many transfers of it the platform took. */
  transfers: number;
  /** Whether one of them is under way. */
  inFlight: boolean;
  history: SimulatedCallRecord[];
}

/** A picture of the whole contact centre. */
export interface SimulatedWorld {
  now: number;
  queues: {
    id: string;
    name: string;
    status: string;
    /** The statuses of its campaigns. */
    campaigns: string[];
    agents: { id: string; name: string; status: string; skills: string[]; call?: string | undefined }[];
    /** The calls that a transfer brought here and nobody took yet. */
    waiting: string[];
  }[];
  calls: SimulatedCall[];
}

/** What the simulator says to a request, and when it says it. */
export interface SimulatedAnswer {
  /** When the answer arrives. */
  at: number;
  status?: number | undefined;
  headers?: [name: string, value: string][] | undefined;
  body?: Uint8Array | undefined;
  /** It never arrives; the platform may have acted. */
  lost?: true | undefined;
}

/** A request as an HTTP server has it. */
export interface SimulatorRequest {
  method: string;
  /** Path and query, as in the request line. */
  path: string;
  headers?: Headers | Record<string, string | string[] | undefined> | Iterable<readonly [string, string]> | undefined;
  body?: Uint8Array | ArrayBuffer | string | null | undefined;
}

/** An answer for an HTTP server to write; `lost` asks it to drop the connection without one. */
export type SimulatorResponse =
  | { lost: false; status: number; headers: [name: string, value: string][]; body: Uint8Array }
  | { lost: true };

export interface SimulatorOptions {
  profile: ProfileName;
  /** The same seed gives the same contact centre; 0 where absent. */
  seed?: number | undefined;
  /** `virtual` (the default): time jumps to the next thing to happen as soon as nothing else is running. `real`: the host's time. */
  clock?: "virtual" | "real" | undefined;
  /** The platform's address as its links name it, where an HTTP server of the host's stands before it. */
  baseUrl?: string | undefined;
  /** Where virtual time starts, in milliseconds since 1970; 2026-01-01T00:00:00Z where absent. */
  now?: number | undefined;
}

/** A contact centre in memory, which answers the platform's HTTP requests. */
export interface Simulator {
  /** What to give as `baseUrl`. */
  readonly baseUrl: string;
  /** What to give as `fetch`. It answers under `baseUrl`, at the clock's time. */
  readonly fetch: Fetch;
  /** What to give as `clock`. */
  readonly clock: Clock;
  addQueue(queue: SimulatedQueue): void;
  addCall(call: NewSimulatedCall): void;
  addExtension(line: SimulatedLine): void;
  addSkill(skill: { id: string; name?: string | undefined }): void;
  addClient(client: SimulatedClient): void;
  addFlow(flow: SimulatedFlow): void;
  addNumber(number: SimulatedNumber): void;
  addFault(fault: SimulatedFault): void;
  /** The next transfer of the call fails, or the next `times` of them. */
  forceFailure(failure: { call: string; times?: number | undefined }): void;
  /** The caller leaves. */
  hangUp(call: string): void;
  /** An agent becomes free, or busy. */
  setAgent(change: { queue?: string | undefined; agent: string; status: string }): void;
  /** A call as it is now; `undefined` where there is none. */
  call(id: string): SimulatedCall | undefined;
  /** How many transfers of the call the platform accepted. */
  transfers(call: string): number;
  /** The whole contact centre as it is now. */
  snapshot(): SimulatedWorld;
  /** When something will next happen by itself. */
  nextChange(): number | undefined;
  /** Answers for an HTTP server of the host's. Settles when the answer is due; dropped connections settle too. */
  handle(request: SimulatorRequest): Promise<SimulatorResponse>;
  /** Lets go of the memory. Nothing answers afterwards. */
  close(): void;
}
