import * as check from "./check.js";
import { type Parts, tell } from "./host.js";
import { toJson } from "./json.js";
import { builtRequest } from "./requests.js";
import type { BridgeEvent, BridgeInput, BridgeMetrics, BridgeOptions, OperationOutcome, Operations, PatchcordOptions } from "./types.js";

const REQUEST_ID = "x-cxone-request-id";

/** The bridges of one connection: what became of each goes into the metrics and the audit, and to the CTI system. */
export class Bridges {
  readonly #parts: Parts;
  readonly #options: PatchcordOptions;
  readonly #send: Operations["send"];
  #last: string | undefined;
  #counts = { total: 0, succeeded: 0, failed: 0, unknown: 0, latency: 0 };

  constructor(parts: Parts, options: PatchcordOptions, send: Operations["send"]) {
    this.#parts = parts;
    this.#options = options;
    this.#send = send;
    this.#last = options.lastAuditLine;
  }

  async bridge(input: BridgeInput, own: BridgeOptions = {}): Promise<OperationOutcome<"bridge">> {
    const { onCti, ...rest } = check.object(own, "$") as BridgeOptions;
    check.optional(onCti, () => check.callable(onCti, "$.onCti"));
    // Its owner may change it while the bridge is made.
    const text = toJson(check.object(input, "$"));
    const asked = JSON.parse(text) as BridgeInput;
    await this.#parts.load();
    const { headers } = builtRequest(this.#parts, this.#options.profile, "bridge", text);
    const requestId = headers.find(([name]) => name === REQUEST_ID)?.[1] ?? "";
    const outcome = await this.#send("bridge", asked, rest);
    this.#count(outcome);
    const event = this.#written(String(asked.call ?? asked.callId), requestId, outcome);
    for (const listener of [this.#options.onCti, onCti]) tell(listener, event);
    return outcome;
  }

  metrics(): BridgeMetrics {
    const { latency, ...counts } = this.#counts;
    const { total, succeeded } = counts;
    return { ...counts, ...(total > 0 && { successRate: succeeded / total }), ...(succeeded > 0 && { meanLatency: latency / succeeded }) };
  }

  #count({ status, latency = 0 }: OperationOutcome<"bridge">): void {
    const counts = this.#counts;
    counts.total += 1;
    if (status === "done") {
      counts.succeeded += 1;
      counts.latency += latency;
    } else if (status === "unknown") counts.unknown += 1;
    else counts.failed += 1;
  }

  /** Appends the attempt to the audit, and gives it as it stands there. */
  #written(call: string, requestId: string, outcome: OperationOutcome<"bridge">): BridgeEvent {
    const { status, attempts, httpStatus, latency, problem, endedAt } = outcome;
    const entry = { event: "bridge_attempt", call, success: status === "done", status, requestId, attempts, httpStatus, latency, code: problem?.code };
    const line = this.#line(entry, endedAt);
    this.#last = line;
    tell(this.#options.onAuditLine, line);
    const { hash: _, ...event } = JSON.parse(line) as BridgeEvent & { hash: string };
    return event;
  }

  #line(entry: object, endedAt: number): string {
    const text = JSON.stringify({ after: this.#last, entry, at: Math.max(endedAt, 0) });
    return this.#parts.call((glue) => glue.auditLine(text));
  }
}
