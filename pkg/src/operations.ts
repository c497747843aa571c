import { Bridges } from "./bridges.js";
import { deployQueue } from "./deploy.js";
import type { Host, Parts } from "./host.js";
import { readPages } from "./pages.js";
import type { HandoffInput, HandoffRecord, Operation, OperationOutcome, Operations, Outcome, PatchcordOptions, SendOptions } from "./types.js";

/** Carries out any operation; which facts its answer tells, the caller knows. */
export type Send = (operation: Operation, input: unknown, own?: SendOptions) => Promise<OperationOutcome>;

/** What a connection does beside transfers, over something that carries out one operation. */
export function operations(parts: Parts, host: Host, options: PatchcordOptions, carryOut: Send): Operations {
  const send = carryOut as Operations["send"];
  const bridges = new Bridges(parts, options, send);
  return {
    send,
    pages: (operation, input, own) => readPages(parts, options.profile, send, operation, input, own),
    deployQueue: (config, own) => deployQueue(parts, host, options, send, config, own),
    bridge: (input, own) => bridges.bridge(input, own),
    bridgeMetrics: () => bridges.metrics(),
    recordHandoff: (call, outcome, own) => recordHandoff(parts, send, call, outcome, own),
  };
}

/** Presence and metrics are told where they can be read; the record waits for neither. */
async function recordHandoff(parts: Parts, send: Operations["send"], call: string, outcome: Outcome, own: SendOptions = {}): Promise<HandoffRecord> {
  const { agent, startedAt: from, endedAt: to } = outcome;
  await parts.load();
  const known = new Set(parts.call((glue) => glue.profiles()).flatMap(({ operations }) => operations.map(({ name }) => name)));
  const [presence, metrics] = await Promise.all([
    agent !== undefined && known.has("presence") ? answerOf(send("presence", { agent }, own)) : undefined,
    known.has("transfer-metrics") ? answerOf(send("transfer-metrics", { call, from, to }, own)) : undefined,
  ]);
  const input: HandoffInput = { call, outcome, presence, metrics };
  const text = JSON.stringify(input);
  return parts.call((glue) => glue.handoffRecord(text));
}

async function answerOf<T>(sent: Promise<{ answer?: T | undefined }>): Promise<T | undefined> {
  try {
    return (await sent).answer;
  } catch {
    return undefined;
  }
}
