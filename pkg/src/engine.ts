import { PatchcordError } from "./error.js";
import type { Report } from "./types.js";

/** What any glue of ours exports besides its own functions. */
export interface Glue {
  default(input: { module_or_path: unknown }): Promise<unknown>;
  initSync(input: { module: BufferSource | WebAssembly.Module }): unknown;
  __wbg_reset_state?: () => void;
  listenForTraps?: (listener: (thrown: unknown) => void) => void;
}

/** Where the instance broke: in a call that somebody made, or in a task of its own, whose culprit nobody knows. */
export type Breakage = "call" | "task";

const STALE = "Cannot invoke closure from previous WASM instance";

/**
 * Keeps one WebAssembly instance, and lets nobody use a broken one.
 *
 * A trap leaves an instance half alive: its exports go on running on unfinished state. So whatever comes out of a call that is
 * not a refusal of the core retires the instance. The next call finds a fresh one, of the next generation; objects of
 * earlier generations are dead, and nobody may free them.
 */
export class Engine<G extends Glue> {
  readonly #glue: G;
  readonly #remedy: string;
  readonly #watchers = new Set<(breakage: Breakage) => void>();
  #module: BufferSource | WebAssembly.Module | undefined;
  #loading: Promise<void> | undefined;
  #source: (() => unknown) | undefined;
  #bytes: (() => BufferSource | WebAssembly.Module) | undefined;
  #loaded = false;
  #generation = 0;

  /** `remedy` tells the host what to do where the bytes are not found. */
  constructor(glue: G, remedy: string) {
    this.#glue = glue;
    this.#remedy = remedy;
  }

  /** Tells where `load` finds the bytes unless it is told otherwise. */
  loadFrom(source: () => unknown): void {
    this.#source = source;
  }

  /** Tells how the bytes are had at once: the first call loads them. */
  bring(bytes: () => BufferSource | WebAssembly.Module): void {
    this.#bytes = bytes;
  }

  /** Whether there is an instance. */
  get isLoaded(): boolean {
    return this.#loaded;
  }

  /** Counts the instances. An object of the core belongs to the generation that made it. */
  get generation(): number {
    return this.#generation;
  }

  /** Loads once; a load that failed may be tried again, from elsewhere. */
  load(input?: unknown): Promise<void> {
    if (this.#loaded) return Promise.resolve();
    this.#loading ??= this.#fetchAndStart(input).finally(() => (this.#loading = undefined));
    return this.#loading;
  }

  async #fetchAndStart(input: unknown): Promise<void> {
    if (input === undefined && this.#bytes) return this.#loadBytes(this.#bytes);
    try {
      await this.#glue.default({ module_or_path: input ?? this.#source?.() });
    } catch (cause) {
      throw this.#unloaded(cause);
    }
    this.#start();
  }

  #loadBytes(bytes: () => BufferSource | WebAssembly.Module): void {
    try {
      this.#module = bytes();
      this.#glue.initSync({ module: this.#module });
    } catch (cause) {
      throw this.#unloaded(cause);
    }
    this.#start();
  }

  #unloaded(cause: unknown): PatchcordError {
    return new PatchcordError("not-ready", "the engine could not be loaded", { hint: this.#remedy, cause });
  }

  #start(): void {
    if (this.#loaded) return;
    this.#loaded = true;
    this.#glue.listenForTraps?.((thrown) => {
      // A promise of the host that settles late wakes a task of an instance that is gone.
      if (thrown instanceof Error && thrown.message === STALE) return;
      this.#retire("task");
    });
  }

  /** Every call into the instance goes through here: refusals pass, anything else retires the instance. */
  call<T>(work: (glue: G) => T): T {
    if (!this.#loaded && this.#bytes) this.#loadBytes(this.#bytes);
    if (!this.#loaded) {
      throw new PatchcordError("not-ready", "the engine is not loaded yet", { hint: "await `ready()` first" });
    }
    try {
      return work(this.#glue);
    } catch (thrown) {
      throw refusal(thrown) ?? this.#broken(thrown);
    }
  }

  /** Tells when an instance was retired. Returns how to stop listening. */
  watch(watcher: (breakage: Breakage) => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  #broken(thrown: unknown): PatchcordError {
    this.#retire("call");
    return internalError(thrown);
  }

  #retire(breakage: Breakage): void {
    this.#generation += 1;
    if (this.#glue.__wbg_reset_state) this.#glue.__wbg_reset_state();
    else if (this.#module) this.#glue.initSync({ module: this.#module });
    for (const watcher of [...this.#watchers]) watcher(breakage);
  }
}

/** The error of a defect. A trap's own message is ours and safe to carry; another error might quote what the host gave us. */
export function internalError(thrown?: unknown): PatchcordError {
  const safe = thrown instanceof WebAssembly.RuntimeError || thrown instanceof RangeError;
  return new PatchcordError("internal", "the engine met a defect of its own and was restarted", {
    hint: "the call may be made again; a run goes on with `resume(error.snapshot)`",
    cause: safe ? thrown : undefined,
  });
}

/** What the core threw, where it is a refusal. */
function refusal(thrown: unknown): PatchcordError | undefined {
  if (thrown instanceof PatchcordError) return thrown;
  if (!(thrown instanceof Error) || thrown.name !== "PatchcordError") return undefined;
  const { code, message, report, path, hint } = thrown as Error & { code?: unknown; report?: Report; path?: string; hint?: string };
  if (typeof code !== "string") return undefined;
  const first = report?.issues[0];
  return new PatchcordError(code, message, { report, path: path ?? first?.path, hint: hint ?? first?.hint });
}
