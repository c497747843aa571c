/** What the operations beside transfers need to know. Where the platforms' documents use a word of their own, it is taken too. */

/** One of two shapes, and nothing of the other. */
type Either<A, B> = (A & { [Key in keyof B]?: never }) | (B & { [Key in keyof A]?: never });

/** A moment: milliseconds since 1970, or ISO 8601 with its offset. */
export type Moment = number | string;

/** The transfers of a call within an interval. */
export interface TransferMetricsInput {
  call: string;
  from: Moment;
  to: Moment;
}

/** A queue within an interval, by the platform's own clock where it says `now-5m`. */
export interface QueueMetricsInput {
  queue: string;
  /** `now-5m` where absent. */
  from?: Moment | undefined;
  /** `now` where absent. */
  to?: Moment | undefined;
}

/** A further page, as the page before named it. */
export interface NextPage {
  next: string;
  nextMethod?: "GET" | "POST" | undefined;
}

/** How the waits of a queue are spread. */
export type WaitDistributionInput = Either<QueueMetricsInput & { pageSize?: number | undefined }, NextPage>;

/** Who changed a queue. */
export type AuditLogInput = Either<
  {
    queue: string;
    from: Moment;
    /** Now where absent. */
    to?: Moment | undefined;
    /** The kind of change; `Update` where absent. */
    action?: string | undefined;
    pageSize?: number | undefined;
  },
  NextPage
>;

/** A call to place, and the published flow that it runs once it is answered. */
export type PersonalConnectionInput = {
  /** In E.164, like `+15550100000`. */
  callerNumber: string;
  /** In E.164. */
  calledNumber: string;
  /** What the flow is told: names and plain values. */
  parameters?: Record<string, string | number | boolean> | undefined;
  apiRoot?: ApiRoot | undefined;
} & Either<{ flow: string }, { flowId: string }>;

/** The path that the calls lie under; `/v2` where absent. */
export type ApiRoot = "/v2" | "/api/v2";

/** Which way a bridged call goes. */
export type BridgeDirection = "inbound" | "outbound" | "transfer" | "consult";

/** A call, and up to seven numbers to bridge it to. Leg 0 is the caller, leg 1 the first target. */
export type BridgeInput = {
  targets: Either<{ phone: string }, { type: "phone"; value: string }>[];
  direction: BridgeDirection;
  /** How key presses travel; `RFC2833` where absent. */
  dtmf?: "RFC2833" | "INFO" | "PULSE" | undefined;
  /** The same over all retries of one intent; made from the payload where absent. */
  requestId?: string | undefined;
} & Either<{ call: string }, { callId: string }> &
  Either<{ matrix?: BridgedPair[] | undefined }, { bridgeMatrix?: BridgedPair[] | undefined }>;

/** Two legs that hear each other. */
export type BridgedPair = [source: number, target: number] | { source: number; target: number };

/** The configuration of a queue, to be deployed on the version that it changes. */
export type QueueConfigInput = {
  /** As the operation `queue` reads it; 0 where that tells none. */
  version: number;
  routingStrategy: "longestIdleAgent" | "mostAvailableAgent" | "leastRecentlyUsed" | "firstAvailableAgent";
  /** The address of what callers hear. */
  waitMusic: string | { url: string; playMusic?: boolean | undefined };
  overflowTargets?: (Either<{ queue: string }, { id: string }> & { threshold?: number | undefined })[] | undefined;
  skills?: (Either<{ skill: string }, { id: string }> & { level?: string | undefined })[] | undefined;
  skillRoutingType?: "any" | "all" | undefined;
  enableOverflow?: boolean | undefined;
  overflowThreshold?: number | undefined;
  /** The skills that there are: ids, or the rows of the operation `skills`. With them, a skill that is not there is refused. */
  knownSkills?: readonly (string | { skill: string; name?: string | undefined })[] | undefined;
} & Either<{ queue: string }, { id: string }> &
  Either<{ maxWaitSeconds: number }, { maxWaitTime: number }>;
