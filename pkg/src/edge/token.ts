import { keptTokens } from "../tokens.js";
import type { TokenSource } from "../types.js";
import type { Fetcher } from "./runtime.js";

/** Tokens from a service binding. It gets `GET /`, or `GET /?refresh=true` after the platform refused its last token. */
export function tokensFrom(service: Fetcher): TokenSource {
  return keptTokens("the token service", (refresh, signal) => service.fetch(new Request(`https://token.invalid/${refresh ? "?refresh=true" : ""}`, { signal })));
}
