import type { Answer } from "./core.js";
import { internalError } from "./engine.js";
import { PatchcordError } from "./error.js";
import { clockError, type Core, type Host } from "./host.js";
import type { PlatformRequest } from "./types.js";

const LONGEST_REASON = 200;

/**
 * One request, from token to body.
 *
 * `answer` is for whoever waits; `abandon` ends the waiting at once, for a token, a fetch or a body may never come. What the
 * host settles afterwards is dropped: an abandoned request that had not left yet never leaves, and nothing wakes a task of
 * an instance that is gone.
 */
export class Exchange {
  /** How it ended. Never rejects; never settles where nobody answers and nobody gives up. */
  readonly answer: Promise<Answer>;
  /** The instance that carries it out. */
  readonly generation: number;
  readonly #core: Core;
  readonly #host: Host;
  readonly #controller = new AbortController();
  #settle!: (answer: Answer) => void;
  #left = false;
  #token = "";

  /** Starts it. Throws where the engine breaks over it. */
  constructor(core: Core, host: Host, request: PlatformRequest, refresh: boolean) {
    this.#core = core;
    this.#host = host;
    this.answer = new Promise((resolve) => (this.#settle = resolve));
    const sending = core.call((glue) =>
      glue.send(
        JSON.stringify(request),
        host.baseUrl,
        (ask) => this.#alive(this.#askToken(ask)),
        refresh,
        (made) => this.#alive(this.#fetch(made)),
        this.#controller.signal,
      ),
    );
    this.generation = core.generation;
    sending.then(
      (answer) => this.#settle(this.#withoutToken(answer)),
      () => this.#settle(this.#given("the request broke off")),
    );
  }

  /** Gives up and tells what is known: not sent, or sent without a whole answer. */
  abandon(reason: string): Answer {
    const answer = this.#given(reason);
    this.#settle(answer);
    this.#controller.abort();
    return answer;
  }

  #given(reason: string): Answer {
    return { kind: this.#left ? "lost" : "not-sent", reason };
  }

  async #askToken(ask: { refresh: boolean }): Promise<string> {
    const { token: ofHost } = this.#host;
    let token: unknown;
    try {
      token = await ofHost({ refresh: ask.refresh === true });
    } catch (thrown) {
      // Its message might quote a secret, unless it is ours.
      const why = thrown instanceof PatchcordError ? thrown.message : nameOf(thrown);
      throw new Error(`the token function failed (${why})`);
    }
    // What can't stand in a header is named here, for the platform's own error would print it.
    if (typeof token !== "string" || !/^[\x21-\x7e]+$/.test(token)) throw new Error("the token function gave no usable token");
    this.#token = token;
    return token;
  }

  async #fetch(request: Request): Promise<Response> {
    if (this.#controller.signal.aborted) throw new Error("given up before it was sent");
    const fetch = this.#host.fetch ?? globalThis.fetch;
    if (typeof fetch !== "function") throw new Error("the host has no fetch");
    this.#left = true;
    try {
      const response: unknown = await fetch(request);
      if (isResponse(response)) return this.#guarded(response);
    } catch (thrown) {
      throw new Error(this.#said(thrown));
    }
    throw new Error("fetch gave no Response with a status");
  }

  /** What the core reads of a response, read safely: its body comes through `#alive` too. */
  #guarded(response: Response): Response {
    const { status, headers } = response;
    const get = (name: string): string | null => {
      const value: unknown = headers.get(name);
      return typeof value === "string" ? value : null;
    };
    const arrayBuffer = (): Promise<ArrayBuffer> => this.#alive(wholeBody(() => response.arrayBuffer()));
    return { status, headers: { get }, arrayBuffer } as unknown as Response;
  }

  /** A promise that stays silent once its instance is gone or nobody waits: a late call would wake a dead task. */
  #alive<T>(promise: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const current = (): boolean => this.#core.generation === this.generation;
      promise.then(
        (value) => current() && resolve(value),
        (thrown) => current() && reject(thrown),
      );
    });
  }

  #withoutToken(answer: Answer): Answer {
    return answer.kind === "response" ? answer : { kind: answer.kind, reason: this.#redacted(answer.reason) };
  }

  /** What a failed fetch has to say, in one short line. */
  #said(thrown: unknown): string {
    if (!(thrown instanceof Error)) return this.#redacted(typeof thrown === "string" ? thrown : `fetch rejected with ${typeOf(thrown)}`);
    const { message, cause } = thrown;
    return this.#redacted(cause instanceof Error ? `${message}: ${cause.message}` : message);
  }

  #redacted(text: string): string {
    const safe = this.#token ? text.replaceAll(this.#token, "[token]") : text;
    return safe.length > LONGEST_REASON ? `${safe.slice(0, LONGEST_REASON)}…` : safe;
  }
}

/** A machine that takes in how its requests end. */
interface Receiver {
  handleResponse(id: number, status: number, headers: string, body: Uint8Array, now: number): void;
  handleLost(id: number, reason: string, now: number): void;
  handleNotSent(id: number, reason: string, now: number): void;
}

/** Hands a machine the end of its request. */
export function delivery(id: number, answer: Answer): (run: Receiver, now: number) => void {
  switch (answer.kind) {
    case "response":
      return (run, now) => run.handleResponse(id, answer.status, JSON.stringify(answer.headers), answer.body, now);
    case "lost":
      return (run, now) => run.handleLost(id, answer.reason, now);
    case "not-sent":
      return (run, now) => run.handleNotSent(id, answer.reason, now);
  }
}

/** How a request ended, and what broke it off where that was not for want of time. */
export interface Exchanged {
  readonly answer: Answer;
  readonly broke?: PatchcordError;
}

/** Sends a request and waits for its end. It is given up where its time is over, where a signal says so, and where the engine or the clock breaks. */
export async function exchanged(core: Core, host: Host, request: PlatformRequest, refresh: boolean, signals: readonly AbortSignal[]): Promise<Exchanged> {
  const exchange = new Exchange(core, host, request, refresh);
  const over = new AbortController();
  const endings: (() => unknown)[] = [() => over.abort(), () => exchange.abandon("nobody waits any more")];
  try {
    return await new Promise<Exchanged>((resolve) => {
      const breakOff = (reason: string, broke: PatchcordError): void => resolve({ answer: exchange.abandon(reason), broke });
      const late = (): void => resolve({ answer: exchange.abandon("no whole answer in time") });
      const broken = (): void => breakOff("the host's clock failed", clockError("`clock.sleep()` rejected"));
      void exchange.answer.then((answer) => resolve({ answer }));
      endings.push(core.watch(() => breakOff("the engine was restarted", internalError())));
      for (const signal of signals) {
        const cancel = (): void => breakOff("it was cancelled", new PatchcordError("cancelled", "it was cancelled", { cause: signal.reason }));
        signal.addEventListener("abort", cancel);
        endings.push(() => signal.removeEventListener("abort", cancel));
        if (signal.aborted) cancel();
      }
      slept(host, request.timeout, over.signal).then(
        () => over.signal.aborted || late(),
        () => over.signal.aborted || broken(),
      );
    });
  } finally {
    for (const ending of endings) ending();
  }
}

/** A sleep that rejects where the host's throws. */
async function slept(host: Host, ms: number, signal: AbortSignal): Promise<unknown> {
  return host.clock.sleep(ms, signal);
}

function nameOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.name : typeof thrown;
}

function typeOf(thrown: unknown): string {
  return thrown === null ? "null" : typeof thrown;
}

async function wholeBody(read: () => Promise<ArrayBuffer>): Promise<ArrayBuffer> {
  const body: unknown = await read();
  if (body instanceof ArrayBuffer) return body;
  throw new Error("the body of the Response could not be read");
}

/** Any object that can be read as a response will do: hosts bring their own. Status 0 is an error or a redirect that hides its answer. */
function isResponse(value: unknown): value is Response {
  if (typeof value !== "object" || value === null) return false;
  const { status, headers, arrayBuffer } = value as Partial<Response>;
  return Number.isInteger(status) && status! >= 100 && status! <= 599 && typeof headers?.get === "function" && typeof arrayBuffer === "function";
}
