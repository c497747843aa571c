import { PatchcordError } from "../error.js";
import type { AnyPolicy, DecisionInputs, EventListener, Issue, Outcome, TransferEvent, TransferInput } from "../types.js";
import type { Carriage } from "./carriage.js";
import type { EdgeAddress } from "./options.js";

const POLL_MS = 700;
/** Answers that fail in a row before the desk says that it lost sight of the transfer. */
const MOST_FAILURES = 12;
const ANSWER_MS = 10_000;

/** What the worker tells of a transfer. */
interface Told {
  events?: TransferEvent[];
  outcome?: Outcome;
  problem?: { code: string; detail: string };
  location?: string;
}

/**
 * A transfer that an edge worker carries out: begun by `POST /transfers`, followed by `GET` until it ends.
 *
 * It is begun under an idempotency key, so that a lost answer can be asked for again without a second transfer.
 */
export class EdgeCarriage implements Carriage {
  readonly outcome: Promise<Outcome>;
  readonly #edge: EdgeAddress;
  readonly #onEvent: EventListener;
  #location: string | undefined;
  #cancelled = false;
  #seen = 0;

  constructor(edge: EdgeAddress, order: TransferInput & { policy: AnyPolicy | undefined; inputs: DecisionInputs | undefined }, onEvent: EventListener) {
    this.#edge = edge;
    this.#onEvent = onEvent;
    this.outcome = this.#carryOut(JSON.stringify(order));
  }

  cancel(): void {
    this.#cancelled = true;
    const location = this.#location;
    // One that has ended is refused, which is as good.
    if (location !== undefined) void this.#persist(() => this.#ask("DELETE", location)).catch(() => {});
  }

  async #carryOut(body: string): Promise<Outcome> {
    const key = crypto.randomUUID();
    const { location } = await this.#persist(() => this.#ask("POST", `${this.#edge.url.replace(/\/+$/, "")}/transfers`, body, key));
    if (location === undefined) throw lostSight("the edge worker named no transfer");
    this.#location = location;
    if (this.#cancelled) this.cancel();
    for (;;) {
      const { events = [], outcome, problem } = await this.#persist(() => this.#ask("GET", `${location}?after=${this.#seen}`));
      for (const event of events) this.#tell(event);
      if (outcome) return outcome;
      if (problem) throw new PatchcordError(problem.code, problem.detail);
      await pause();
    }
  }

  #tell(event: TransferEvent): void {
    if (event.sequence <= this.#seen) return;
    this.#seen = event.sequence;
    this.#onEvent(event);
  }

  /** Asks again while the way there is broken. A refusal is an answer, and stands. */
  async #persist(ask: () => Promise<Told>): Promise<Told> {
    for (let failures = 1; ; failures += 1) {
      try {
        return await ask();
      } catch (thrown) {
        if (thrown instanceof PatchcordError) throw thrown;
        if (failures >= MOST_FAILURES) throw lostSight("the edge worker does not answer");
        await pause();
      }
    }
  }

  async #ask(method: string, address: string, body?: string, idempotencyKey?: string): Promise<Told> {
    const headers = new Headers({ accept: "application/json" });
    const key = await this.#edge.key?.();
    if (key !== undefined) headers.set("authorization", `Bearer ${key}`);
    if (body !== undefined) headers.set("content-type", "application/json");
    if (idempotencyKey !== undefined) headers.set("idempotency-key", idempotencyKey);
    const response = await fetch(address, {
      method,
      headers,
      body: body ?? null,
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    if (response.status >= 500) throw new TypeError("the edge worker failed");
    const told = await response.json();
    if (!response.ok) throw refusal(told);
    const location = response.headers.get("location");
    return { ...told, ...(location !== null && { location: new URL(location, response.url).href }) };
  }
}

/** The worker refuses in the words of RFC 9457, with the findings beside them. */
function refusal({ code, detail, issues }: { code?: string; detail?: string; issues?: Issue[] }): PatchcordError {
  return new PatchcordError(code ?? "internal", detail ?? "the edge worker refused", {
    report: issues && { ok: false, issues },
  });
}

function lostSight(message: string): PatchcordError {
  return new PatchcordError("no-answer", message, { hint: "The transfer may go on all the same: look at the call before you try again" });
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, POLL_MS));
}
