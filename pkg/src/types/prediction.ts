/** How long callers will wait, and how likely that is too long. */

/** A number, or what is known of it. What is left out is unknown, never zero. */
export type FactNumber =
  | number
  | { value: number; asOf?: number | undefined }
  | { known: { value: number; asOf?: number | undefined } }
  | { stale: { value: number; asOf?: number | undefined } }
  | { unknown: unknown };

type Maybe = FactNumber | undefined;

/** The agents, and the habits of callers. */
export interface TeamFacts {
  /** How many agents answer; halves count. */
  agents?: Maybe;
  /** The mean handle time, wrap-up included. */
  handleSeconds?: Maybe;
  /** The mean time after which a waiting caller gives up. */
  patienceSeconds?: Maybe;
}

/** The calls that come. */
export interface LoadFacts extends TeamFacts {
  callsPerHour?: Maybe;
  /** How many callers may wait; without end where left out. */
  waitingPlaces?: Maybe;
}

/** This caller: by `waitingAhead`, or by `headOfLineSeconds` and `callsPerHour`. */
export interface CallerFacts extends TeamFacts {
  /** How many callers are to be answered first, 0 for the next in line. */
  waitingAhead?: Maybe;
  /** How long the first in line has waited. */
  headOfLineSeconds?: Maybe;
  callsPerHour?: Maybe;
  /** How long this caller has waited already. */
  waitedSeconds?: Maybe;
  /** Agents who are free. */
  agentsAvailable?: Maybe;
  /** This caller's own mean patience, where it differs. */
  ownPatienceSeconds?: Maybe;
  /** Calls of higher priority that come in an hour. */
  overtakingCallsPerHour?: Maybe;
  /** When the number of agents changes, in the order of time. */
  agentChanges?: readonly { inSeconds: number; agents: number }[] | undefined;
  /** How many calls the mean handle time rests on: with it the prediction has an interval. */
  handleSamples?: Maybe;
  /** How many abandonments the mean patience rests on. */
  patienceSamples?: Maybe;
  /** Asks for the wait that this share of callers does not exceed, such as 0.9. */
  percentile?: Maybe;
}

/** Within how many seconds calls shall be answered. */
export interface Threshold {
  thresholdSeconds: FactNumber;
}

/** What the founding rule looks at. */
export interface RuleFacts {
  /** From 0 to 1. */
  occupancy?: Maybe;
  waitSeconds?: Maybe;
  /** How many calls were abandoned, and how many answered. */
  abandoned?: Maybe;
  answered?: Maybe;
}

/** What history tells. */
export interface HistoryFacts {
  /** How long the last to enter service had waited. */
  lastWaitSeconds?: Maybe;
  headOfLineSeconds?: Maybe;
  waitedSeconds?: Maybe;
}

/** Who is there now: in conversation or waiting; `callersWaiting` alone will do while it is not zero. */
export interface PresentFacts {
  callersPresent?: Maybe;
  callersWaiting?: Maybe;
}

/** What shall be predicted. */
export type PredictionInput =
  | ({ method: "caller" } & CallerFacts & Threshold)
  | ({ method: "erlang-a" | "erlang-c"; percentile?: Maybe } & LoadFacts & Threshold)
  | ({ method: "erlang-b"; offeredErlangs?: Maybe } & LoadFacts)
  | ({ method: "horizon"; horizonSeconds: FactNumber } & LoadFacts & PresentFacts & Threshold)
  | ({ method: "interval"; remainingSeconds: FactNumber; offered: FactNumber; answeredInTime: FactNumber; serviceLevelGoal: FactNumber } & LoadFacts & PresentFacts & Threshold)
  | ({ method: "history" } & HistoryFacts & Threshold)
  | ({ method: "rule" } & RuleFacts & Threshold)
  | ({ method: "learned"; predictor?: StoredLearned | undefined } & LearnedState)
  | ({ method: "staffing"; serviceLevelGoal?: Maybe; mostOccupancy?: Maybe; mostAbandoned?: Maybe; mostMeanSeconds?: Maybe } & Omit<LoadFacts, "agents"> & Threshold)
  | ({ method: "auto" } & CallerFacts & LoadFacts & RuleFacts & HistoryFacts & Threshold);

/** The share answered within the threshold, in the four ways in which contact centres count it. */
export interface ServiceLevels {
  ofOffered: number;
  ofOfferedLessShortAbandons: number;
  ofPatient: number;
  ofAnswered: number;
}

/** What is predicted. Figures that the method does not give, or that nobody can know, are left out. */
export interface Prediction {
  /** How it was made; for `auto`, what was picked. */
  method: Exclude<PredictionInput["method"], "auto"> | "learned";
  /** `not-enough-data`: facts that are needed are not known, see `missing`; nothing is predicted. */
  status: "ok" | "not-enough-data";
  missing?: { field: string; why: "absent" | "stale" | "unknown" | "no-sample" }[];
  /** How likely the wait passes the threshold; of `erlang-b`, that a call is lost; of `interval`, that the goal is missed. */
  probability?: number;
  /** Where the probability lies with a confidence of 90 %, by the sizes of samples; left out where those are not told. */
  interval?: { low: number; high: number; confidence: number };
  sampleSize?: number;
  /** What is taken for granted. The list of words is open. */
  assumptions: string[];
  /** How likely the caller is not answered within the threshold: late, or gone. */
  notAnswered?: number;
  /** How likely the caller gives up; of a load, the share that does. */
  abandoned?: number;
  /** The mean wait; of a caller, from now. */
  meanSeconds?: number;
  p50Seconds?: number;
  p80Seconds?: number;
  p95Seconds?: number;
  percentileSeconds?: number;
  /** Whether more is answered than comes. */
  stable?: boolean;
  /** How likely a call waits at all. */
  waits?: number;
  /** How likely a call finds no place in the line. */
  blocked?: number;
  /** Of `erlang-a` in four ways; else the share of all calls offered that is answered within the threshold. */
  serviceLevel?: number | ServiceLevels;
  serviceLevelDeviation?: number;
  /** How many times greater the variance of the interval is than the binomial one. */
  varianceRatio?: number;
  occupancy?: number;
  offeredErlangs?: number;
  /** How many callers wait on average. */
  waiting?: number;
  allBusyAtEnd?: number;
  presentAtEnd?: number;
  /** The fewest agents that meet the goal, and what one fewer would miss. */
  agents?: number;
  binding?: "serviceLevel" | "occupancy" | "abandoned" | "meanSeconds";
  /** Of methods that give no probability. */
  breachPredicted?: boolean;
  confidence?: number;
  abandonmentRate?: number;
  from?: "lastWaitSeconds" | "headOfLineSeconds";
  /** Of `learned`: what the exact tail says by itself, and what outcomes taught. */
  exact?: number;
  handleSeconds?: number;
  patienceSeconds?: number;
  effectiveAgents?: number;
}

/** A row of a wallboard: its prediction, or why it is refused. */
export type RowPrediction = Prediction | { status: "refused"; report: import("./request.js").Report };

/** The state that a caller meets on entry. What is left out is unknown, and has no say. */
export interface LearnedState extends TeamFacts, Threshold {
  waitingAhead?: Maybe;
  agentsAvailable?: Maybe;
  callersWaiting?: Maybe;
  /** Agents who took a call in the last 10 minutes. */
  agentsSeen?: Maybe;
  headOfLineSeconds?: Maybe;
  lastWaitSeconds?: Maybe;
  occupancy?: Maybe;
  /** Of the last 30 minutes, from 0 to 1. */
  abandonmentRate?: Maybe;
  /** Calls answered in the last 10 minutes. */
  serviceStarts?: Maybe;
  highPriority?: boolean | undefined;
  /** 0 for the usual kind of call, 1 to 3 for others. */
  kind?: Maybe;
  /** Of the day, 0 to 24, in the contact centre's own time. */
  hour?: Maybe;
}

/** What became of a caller. */
export interface LearnedOutcome extends LearnedState {
  waitedSeconds: FactNumber;
  outcome: "served" | "abandoned";
  handledSeconds?: Maybe;
}

/** A predictor as JSON. The figures are for people; `state` is what counts. */
export interface StoredLearned {
  version: number;
  observations: number;
  handleSeconds?: number;
  patienceSeconds?: number;
  capacity: number;
  state: string;
}

/** A predictor that corrects itself by the outcomes it is told: one for each queue. */
export interface Learned {
  /** Tells what became of a caller. Whether that could be used: not where agents or the place in line are unknown. */
  observe(outcome: LearnedOutcome | string): boolean;
  /** Predicts for a caller in this state. */
  predict(state: LearnedState | string): Prediction;
  /** All of it, to be taken up by `createLearned`. */
  toJSON(): StoredLearned;
}

/** What was predicted for callers, and what became of them. */
export interface ScoreInput {
  thresholdSeconds: number;
  callers: readonly ScoredCaller[];
  /**
   * What becomes of those who gave up before the threshold. `left-out`, the usual: they say nothing of the wait, and chances
   * of being late are scored. `not-answered`: chances of not being answered in time are.
   */
  abandoned?: "left-out" | "not-answered" | undefined;
}

/** One caller. */
export interface ScoredCaller {
  /** What `predict` said on entry. */
  prediction: Partial<Prediction>;
  /** How long the caller then waited. */
  waitedSeconds: number;
  outcome: "served" | "abandoned";
}

/** How good predictions were. */
export interface Scores {
  /** Of the chances; left out where no caller counts. */
  sheet?: ScoreSheet;
  /** Callers who gave up before the threshold, and count for nothing. */
  leftOut: number;
  /** Callers for whom nothing was predicted. */
  unpredicted: number;
  /** The root of the mean squared miss of `meanSeconds`, over the mean wait of those served: 0 is best. */
  rrase?: number;
  /** The pinball loss of the percentiles that were told, in seconds: 0 is best. */
  pinballSeconds: { p50Seconds?: number; p80Seconds?: number; p95Seconds?: number };
}

/** The scores of chances. */
export interface ScoreSheet {
  callers: number;
  /** The share of them who were late. */
  late: number;
  /** The mean squared distance of what was said from what happened: 0 is best. */
  brier: number;
  /** How much better that is than always saying the share of the late: 1 is best. */
  brierSkill?: number;
  logLoss: number;
  /** How likely one who was late was given the higher chance than one who was not: 1 is best. */
  auc?: number;
  /** The mean distance of said from happened, over the bins. */
  calibrationError: number;
  reliability: { callers: number; said: number; late: number }[];
}

/** The dialects whose metrics are known. */
export type MetricsProfile = "cxone-v2" | "cxone-v2-names" | "cxone-acd" | "genesys-cloud";

/** What a platform's metrics tell, as inputs of a prediction. What they don't tell is left out. */
export type MetricInputs = Partial<
  Record<
    | "agents"
    | "agentsAvailable"
    | "abandoned"
    | "answered"
    | "answeredInTime"
    | "callersWaiting"
    | "handleSamples"
    | "handleSeconds"
    | "occupancy"
    | "offered"
    | "patienceSamples"
    | "patienceSeconds"
    | "serviceLevelGoal"
    | "waitSeconds"
    | "waitingAhead",
    number
  >
>;
