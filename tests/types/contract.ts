// The public API as its users' compilers see it. Nothing here runs.

import { auditLine, buildRequest, checkScopes, clientCredentials, createLearned, createPatchcord, failureReason, type Outcome, type Patchcord, PatchcordError, predict, predictMany, profiles, readResponse, ready, score, type TransferEvent, validate, verifyAuditLines } from "patchcord";
import { createSimulator, type SimulatedQueue } from "patchcord/simulator";
import type { Target } from "patchcord/types";

const queue = "7f1d7c52-3a0b-4b5e-9c1d-2e8f6a4b0c11";

export async function integrator(): Promise<Outcome> {
  await ready();
  const sim = await createSimulator({ seed: 7, profile: "cxone-v2" });
  const billing: SimulatedQueue = { id: queue, campaign: "ACTIVE", agents: [{ id: "ann", status: "AVAILABLE", skills: [queue] }] };
  sim.addQueue(billing);
  sim.addCall({ id: "call-1" });
  const patchcord = await createPatchcord({
    profile: "cxone-v2",
    baseUrl: sim.baseUrl,
    token: ({ refresh }) => (refresh ? Promise.resolve("fresh") : "cached"),
    fetch: sim.fetch,
    clock: sim.clock,
    policy: { steps: [{ id: "voicemail", to: { extension: "999" } }] },
    onEvent: (event) => console.log(say(event)),
  });
  const run = patchcord.start({ call: "call-1", to: { queue } }, { policy: { budgetSeconds: 60 }, signal: AbortSignal.timeout(1_000) });
  run.push({ state: "CONNECTED" });
  return patchcord.resume(run.snapshot()).outcome;
}

/** Events are told apart by their type. */
function say(event: TransferEvent): string {
  switch (event.type) {
    case "step-skipped":
      return `${event.step}: ${event.reason.message}`;
    case "response-received":
      return `${event.operation}: ${event.status.toFixed()}`;
    case "ended":
      return event.status;
    default:
      return event.type;
  }
}

/** A target is told apart by the field that it has. */
export function nameOf(target: Target): string {
  if (target.queue !== undefined) return `queue ${target.queue}, skill ${target.skill ?? "any"}`;
  if (target.extension !== undefined) return target.extension;
  return target.phone ?? target.skill;
}

export function refusals(thrown: unknown): string[] {
  if (!(thrown instanceof PatchcordError)) return [];
  const code: string = thrown.code;
  return [code, thrown.path ?? "", thrown.hint ?? "", ...(thrown.report?.issues.map(({ path }) => path) ?? [])];
}

buildRequest("cxone-v2", "call", { call: "call-1" });
validate("cxone-v2", "transfer", JSON.parse("{}"));
predict({ method: "caller", waitingAhead: 4, agents: { value: 10, asOf: 0 }, handleSeconds: { unknown: "not told" }, thresholdSeconds: 20 }).missing?.map(({ field }) => field);
predictMany([{ method: "staffing", callsPerHour: 200, handleSeconds: 180, thresholdSeconds: 20, serviceLevelGoal: 0.8 }]).map((row) => (row.status === "refused" ? row.report.ok : row.agents));
// @ts-expect-error a method that nobody knows
predict({ method: "guess", thresholdSeconds: 20 });
const good = score({ thresholdSeconds: 20, callers: [{ prediction: predict({ method: "learned", waitingAhead: 4, agents: 10, thresholdSeconds: 20 }), waitedSeconds: 31, outcome: "served" }] });
good.sheet?.reliability.map(({ said, late }) => said - late);
const learned = createLearned();
learned.observe({ waitingAhead: 4, agents: 10, thresholdSeconds: 20, waitedSeconds: 31, outcome: "served" });
createLearned(JSON.stringify(learned)).predict({ waitingAhead: 4, agents: 10, thresholdSeconds: 20 }).probability?.toFixed(2);
profiles()[0]?.targets.map(({ kind, modes }) => [kind, modes]);

export async function operations(): Promise<number | undefined> {
  const token = clientCredentials({ tokenUrl: "https://na1.example.com/oauth/token", clientId: "c", clientSecret: "s", scope: ["a", "b"], auth: "body" });
  const patchcord = await createPatchcord({ profile: "cxone-v2", baseUrl: "https://na1.example.com", token, onCti: ({ success }) => success });
  const { status, answer } = await patchcord.send("queue", { queue: "billing" }, { budgetSeconds: 5 });
  if (status === "unknown") return answer?.version?.toFixed().length;
  for await (const { rows } of patchcord.pages("wait-distribution", { queue: "billing" })) rows.map(({ range, abandoned }) => [range, abandoned?.toFixed()]);
  for await (const { rows } of patchcord.pages("audit-log", { queue: "billing", from: "now-1d" }, { onProgress: ({ pages }) => pages.toFixed() })) console.log(rows);
  const deployed = await patchcord.deployQueue(
    { queue: "billing", routingStrategy: "longestIdleAgent", waitMusic: "https://example.com/a.mp3", maxWaitSeconds: 60 },
    { onConflict: ({ sent, current }) => sent === current },
  );
  const bridged = await patchcord.bridge({ call: "c", targets: [{ phone: "+15550100000" }], direction: "transfer" });
  const read = readResponse("genesys-v2", "search", { status: 200, body: { results: [] } });
  read.facts?.queues.map(({ name }) => name);
  const { next, callerHears } = failureReason("busy");
  if (next === "end") return callerHears.length + (failureReason(486, "sip").evidence?.length ?? 0);
  checkScopes("cxone-v2", { granted: "a b", operations: ["bridge"] }).issues.map(({ path }) => path);
  verifyAuditLines(auditLine({ entry: { a: 1 }, at: 0 })).ok;
  return deployed.version ?? (bridged.answer?.id?.length || patchcord.bridgeMetrics().successRate);
}

// @ts-expect-error a number is a code of somebody: it has to be said of whom
export const noVendor = () => failureReason(486);
// @ts-expect-error pages are not read of what has none
export const noPages = (patchcord: Patchcord) => patchcord.pages("health", {});
// @ts-expect-error the version is that of the queue, not a text
export const noVersion = (patchcord: Patchcord) => patchcord.deployQueue({ queue: "q", version: "7" });
// @ts-expect-error a secret is needed
export const noSecret = () => clientCredentials({ tokenUrl: "https://na1.example.com/oauth/token", clientId: "c" });

// The host's global fetch and functions of its own are both taken.
void createPatchcord({ profile: "cxone-v2", baseUrl: "https://na1.example.com", token: () => "t", fetch });

// @ts-expect-error a token is a function, called late
void createPatchcord({ profile: "cxone-v2", baseUrl: "https://na1.example.com", token: "t" });
// @ts-expect-error there is no such profile
void createPatchcord({ profile: "cxone-v9", baseUrl: "https://na1.example.com", token: () => "t" });
// @ts-expect-error a misspelled option
void createPatchcord({ profile: "cxone-v2", baseURL: "https://na1.example.com", token: () => "t" });
// @ts-expect-error the input of one operation is not that of another
buildRequest("cxone-v2", "call", { queue });
// @ts-expect-error there is no such operation
buildRequest("cxone-v2", "barge", { call: "call-1" });
