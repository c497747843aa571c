import * as check from "./check.js";
import { PatchcordError } from "./error.js";
import { type Parts, tell } from "./host.js";
import { toJson } from "./json.js";
import { builtRequest } from "./requests.js";
import type { OperationAnswers, OperationInputs, OperationOutcome, OperationProblem, Operations, Page, PagedOperation, PagesOptions, ProfileName } from "./types.js";

/**
 * Reads page after page, each once it is asked for. A page that was asked for before ends it with an error: pages that lead in
 * a circle would never end. Whoever leaves the loop cancels what is under way.
 */
export function readPages<O extends PagedOperation>(
  parts: Parts,
  profile: ProfileName,
  send: Operations["send"],
  operation: O,
  input: OperationInputs[O],
  own: PagesOptions = {},
): AsyncIterableIterator<OperationAnswers[O]> {
  const { onProgress, signal, ...rest } = own;
  check.object(input, "$");
  check.optional(onProgress, () => check.callable(onProgress, "$.onProgress"));
  check.optional(signal, () => check.signal(signal, "$.signal"));
  const over = new AbortController();

  async function* read(): AsyncGenerator<OperationAnswers[O], void, undefined> {
    const cancel = (): void => over.abort(signal?.reason);
    signal?.addEventListener("abort", cancel);
    if (signal?.aborted) cancel();
    const asked = new Set<string>();
    const progress = { pages: 0, rows: 0 };
    try {
      await parts.load();
      for (let next: OperationInputs[O] | undefined = input; next !== undefined; ) {
        const text = toJson(next);
        const { method, path, body } = builtRequest(parts, profile, operation, text);
        const place = JSON.stringify([method, path, body]);
        if (asked.has(place)) throw new PatchcordError("page-loop", "the pages lead in a circle: this one was read before", { hint: "tell the platform's administrator" });
        asked.add(place);
        const outcome = (await send(operation, next, { ...rest, signal: over.signal })) as OperationOutcome<O>;
        const page = outcome.answer as (OperationAnswers[O] & Page<unknown>) | undefined;
        if (outcome.status !== "done" || !page) throw unread(outcome.problem, progress.pages + 1);
        progress.pages += 1;
        progress.rows += page.rows.length;
        tell(onProgress, { ...progress });
        yield page;
        next = page.next === undefined ? undefined : ({ next: page.next, nextMethod: page.nextMethod } as OperationInputs[O]);
      }
    } finally {
      signal?.removeEventListener("abort", cancel);
    }
  }

  const pages = read();
  return {
    next: () => pages.next(),
    // A page that is under way would keep the generator's own `return` waiting.
    return: (value) => (over.abort(), pages.return(value as undefined)),
    throw: (error) => (over.abort(), pages.throw(error)),
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

function unread(problem: OperationProblem | undefined, page: number): PatchcordError {
  const { code = "no-answer", message = "there is no answer", hint, report } = problem ?? {};
  return new PatchcordError(code, `page ${page} could not be read: ${message}`, { hint, report });
}
