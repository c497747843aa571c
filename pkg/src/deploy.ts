import * as check from "./check.js";
import { type Host, type Parts, slept } from "./host.js";
import { toJson } from "./json.js";
import { builtRequest } from "./requests.js";
import type { DeployConflict, DeployOptions, DeployOutcome, Deployment, OperationOutcome, Operations, PatchcordOptions, QueueConfig, QueueConfigInput, SendOptions } from "./types.js";

/** How often a queue is read until it shows what was deployed, and how long between. */
const MOST_READS = 5;
const BETWEEN_READS_MS = 2_000;
/** How often the host may say "on the present version, then". */
const MOST_CONFLICTS = 10;

/**
 * Deploys a queue's configuration on the version that it changes, and waits until the platform shows it.
 *
 * Where somebody else changed the queue meanwhile, `onConflict` is told both versions and decides. Where the answer is lost,
 * the queue is read: the deployment is done where it shows what was sent, under another version.
 */
export async function deployQueue(
  parts: Parts,
  host: Host,
  options: PatchcordOptions,
  send: Operations["send"],
  config: Deployment,
  own: DeployOptions = {},
): Promise<DeployOutcome> {
  const { onConflict, ...rest } = check.object(own, "$") as DeployOptions;
  check.optional(onConflict, () => check.callable(onConflict, "$.onConflict"));
  const wanted = JSON.parse(toJson(check.object(config, "$"))) as Deployment;
  await parts.load();
  // What is refused is refused before anything is asked.
  const text = JSON.stringify({ version: 0, ...wanted });
  builtRequest(parts, options.profile, "queue-config", text);
  const queue = String(wanted.queue ?? wanted.id);

  let { version } = wanted;
  if (version === undefined) {
    const read = await send("queue", { queue }, rest);
    if (read.status !== "done") return { status: read.status, propagated: false, outcome: read };
    version = read.answer?.version ?? 0;
  }
  for (let conflicts = 0; ; conflicts += 1) {
    const outcome = await send("queue-config", { ...wanted, version } as QueueConfigInput, rest);
    if (outcome.problem?.code !== "conflict") {
      const ended = { outcome, sent: version, queue, wanted };
      return await shown(host, options, send, ended, rest);
    }
    const conflict = await met(send, queue, version, outcome, rest);
    const again = conflict.current !== undefined && conflicts < MOST_CONFLICTS && (await decided(onConflict, conflict, own.signal));
    if (!again) return { status: "conflict", propagated: false, conflict, outcome };
    version = conflict.current as number;
  }
}

/** Both versions, and the queue as it is now. */
async function met(send: Operations["send"], queue: string, sent: number, { problem }: OperationOutcome, rest: SendOptions): Promise<DeployConflict> {
  const read = await send("queue", { queue }, rest);
  return { sent, current: read.answer?.version ?? problem?.versions?.current, queue: read.answer };
}

async function decided(onConflict: DeployOptions["onConflict"], conflict: DeployConflict, signal: AbortSignal | undefined): Promise<boolean> {
  if (!onConflict) return false;
  const cancelled = new Promise<boolean>((resolve) => signal?.addEventListener("abort", () => resolve(false), { once: true }));
  return (await Promise.race([onConflict(conflict), cancelled])) === true;
}

interface Deployed {
  readonly outcome: OperationOutcome<"queue-config">;
  readonly sent: number;
  readonly queue: string;
  readonly wanted: Deployment;
}

/** Reads the queue until it shows what was deployed. */
async function shown(host: Host, options: PatchcordOptions, send: Operations["send"], deployed: Deployed, rest: SendOptions): Promise<DeployOutcome> {
  const { outcome, sent, queue, wanted } = deployed;
  const { status, answer } = outcome;
  if (status !== "done" && status !== "unknown") return { status, propagated: false, outcome };
  for (let reads = 0; reads < MOST_READS; reads += 1) {
    if (reads > 0 || status === "done") await slept(host.clock, BETWEEN_READS_MS, [options.signal, rest.signal]);
    const read = await send("queue", { queue }, rest);
    if (read.status === "cancelled") break;
    const now = read.answer;
    if (!now || now.version === undefined || now.version === sent) continue;
    const propagated = status === "unknown" ? isAs(wanted, now) : answer?.version === undefined || now.version >= answer.version;
    if (propagated) return { status: "done", propagated, version: answer?.version ?? now.version, outcome };
  }
  return { status, propagated: false, version: answer?.version, outcome };
}

/** Whether a queue is configured as was wanted, as far as the platform tells. */
function isAs(wanted: Deployment, now: QueueConfig): boolean {
  const ids = (list: readonly object[] | undefined, name: string): string =>
    JSON.stringify((list ?? []).map((item) => (item as Record<string, unknown>)[name] ?? (item as Record<string, unknown>)["id"]).sort());
  return (
    now.routingStrategy === wanted.routingStrategy &&
    now.maxWaitSeconds === (wanted.maxWaitSeconds ?? wanted.maxWaitTime) &&
    JSON.stringify([...now.skills].sort()) === ids(wanted.skills, "skill") &&
    JSON.stringify([...now.overflowTargets].sort()) === ids(wanted.overflowTargets, "queue")
  );
}
