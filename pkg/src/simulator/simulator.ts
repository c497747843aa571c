import * as check from "../check.js";
import { systemClock } from "../clock.js";
import { type Engine, internalError } from "../engine.js";
import { PatchcordError } from "../error.js";
import { toJson } from "../json.js";
import type * as glue from "../simulator.js";
import type { Clock, Fetch } from "../types.js";
import type { SimulatedAnswer, Simulator, SimulatorOptions, SimulatorRequest, SimulatorResponse } from "./types.js";
import { VirtualClock } from "./virtual-clock.js";
import { fromFetch, fromServer, type Wire } from "./wire.js";

export type SimulatorCore = Engine<typeof glue>;

const BASE_URL = "https://cxone.simulated";
const NEW_YEAR_2026 = Date.UTC(2026, 0, 1);
/** Statuses whose answers have no body; `Response` refuses one. */
const BODYLESS = [101, 204, 205, 304];

export function checkSimulatorOptions(options: SimulatorOptions): void {
  const given = check.object(options, "$");
  check.onlyFields(given, ["profile", "seed", "clock", "now", "baseUrl"], "$");
  check.string(given["profile"], "$.profile", "give a profile, such as `cxone-v2`");
  check.optional(given["seed"], () => check.wholeNumber(given["seed"], "$.seed"));
  check.optional(given["now"], () => check.wholeNumber(given["now"], "$.now"));
  check.optional(given["baseUrl"], () => check.baseUrl(given["baseUrl"], "$.baseUrl"));
  check.optional(given["clock"], () => check.oneOf(given["clock"], ["virtual", "real"], "$.clock"));
}

/** A contact centre over a loaded engine. */
export function simulate(core: SimulatorCore, options: SimulatorOptions): Simulator {
  checkSimulatorOptions(options);
  const virtual = options.clock === "real" ? undefined : new VirtualClock(options.now ?? NEW_YEAR_2026);
  const clock: Clock = virtual ?? systemClock;
  const { profile, seed = 0, baseUrl } = options;
  const world = core.call((it) => new it.Simulator(JSON.stringify({ profile, seed, baseUrl }), clock.now()));
  const { generation } = core;
  let open = true;

  /** Whatever is asked or told, the world first goes on to this moment. */
  const now = <T>(work: (world: glue.Simulator) => T): T => {
    if (!open) throw new PatchcordError("closed", "this simulator was closed", { hint: "create another one" });
    // The world went down with its instance, and nobody wrote it down.
    if (generation !== core.generation) throw internalError();
    return core.call(() => {
      world.advance(clock.now());
      return work(world);
    });
  };
  const told = (say: (world: glue.Simulator, text: string) => void) => (value: object) => {
    const text = toJson(check.object(value, "$"));
    now((it) => say(it, text));
  };

  const answer = ({ method, path, headers, body }: Wire): SimulatedAnswer =>
    now((it) => it.handleRequest(method, path, headers, body, clock.now()));
  const due = (at: number, signal: AbortSignal): Promise<unknown> => clock.sleep(at - clock.now(), signal);
  const working = <T>(work: () => Promise<T>): Promise<T> => (virtual ? virtual.during(work) : work());

  const fetch: Fetch = async (input, init?: RequestInit) => {
    const request = new Request(input, init);
    const { signal } = request;
    signal.throwIfAborted();
    const said = answer(await working(() => fromFetch(request, BASE_URL)));
    if (said.lost) return abortionOf(signal);
    await due(said.at, signal);
    signal.throwIfAborted();
    return toResponse(said, working);
  };

  return {
    baseUrl: BASE_URL,
    fetch,
    clock,
    addQueue: told((it, text) => it.addQueue(text)),
    addCall: told((it, text) => it.addCall(text)),
    addExtension: told((it, text) => it.addExtension(text)),
    addSkill: told((it, text) => it.addSkill(text)),
    addClient: told((it, text) => it.addClient(text)),
    addFlow: told((it, text) => it.addFlow(text)),
    addNumber: told((it, text) => it.addNumber(text)),
    addFault: told((it, text) => it.addFault(text)),
    forceFailure: told((it, text) => it.forceFailure(text)),
    setAgent: told((it, text) => it.setAgent(text)),
    hangUp: (call) => now((it) => it.hangUp(check.string(call, "call"))),
    call: (id) => now((it) => it.call(check.string(id, "call"))),
    transfers: (id) => now((it) => it.transfers(check.string(id, "call"))),
    snapshot: () => now((it) => it.snapshot()),
    nextChange: () => now((it) => it.nextChange()),
    async handle(request: SimulatorRequest): Promise<SimulatorResponse> {
      const said = answer(fromServer(request));
      await due(said.at, new AbortController().signal);
      if (said.lost) return { lost: true };
      return { lost: false, status: said.status ?? 200, headers: said.headers ?? [], body: said.body ?? new Uint8Array() };
    },
    close() {
      if (open && generation === core.generation) core.call(() => world.free());
      open = false;
    },
  };
}

/** An answer that is lost never comes; only whoever asked can end the wait. */
function abortionOf(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason), { once: true }));
}

/** Time stands still while its body is read, which takes real turns of the host. */
function toResponse(said: SimulatedAnswer, working: <T>(work: () => Promise<T>) => Promise<T>): Response {
  const { status = 200, headers = [], body } = said;
  const response = new Response(BODYLESS.includes(status) ? null : new Uint8Array(body ?? []), { status, headers });
  const { arrayBuffer, json, text } = response;
  return Object.assign(response, {
    arrayBuffer: () => working(() => arrayBuffer.call(response)),
    json: () => working(() => json.call(response)),
    text: () => working(() => text.call(response)),
  });
}
