// What the glue of the simulator exports (src/js and src/sim of the crate). Text arguments are JSON.

import type { SimulatedAnswer, SimulatedCall, SimulatedWorld } from "./simulator/types.js";

export declare class Simulator {
  constructor(options: string, now: number);
  addQueue(queue: string): void;
  addCall(call: string): void;
  addExtension(extension: string): void;
  addSkill(skill: string): void;
  addClient(client: string): void;
  addFlow(flow: string): void;
  addNumber(number: string): void;
  addFault(fault: string): void;
  forceFailure(failure: string): void;
  hangUp(call: string): void;
  setAgent(agent: string): void;
  handleRequest(method: string, path: string, headers: string, body: Uint8Array, now: number): SimulatedAnswer;
  advance(now: number): void;
  nextChange(): number | undefined;
  call(id: string): SimulatedCall | undefined;
  transfers(id: string): number;
  snapshot(): SimulatedWorld;
  free(): void;
}

export declare function initSync(input: { module: BufferSource | WebAssembly.Module }): unknown;
export default function init(input: { module_or_path: unknown }): Promise<unknown>;
export declare function __wbg_reset_state(): void;
/** Hands over what a task of the engine threw, which would else be an uncaught error of the host. */
export declare function listenForTraps(listener: (thrown: unknown) => void): void;
