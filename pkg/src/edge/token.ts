import type { TokenSource } from "../types.js";
import type { Fetcher } from "./runtime.js";

/** A token is used until so long before its end: it must still hold when the platform reads it. */
const MARGIN_MS = 60_000;

/**
 * Tokens from a service binding. It gets `GET /`, or `GET /?refresh=true` after the platform refused its last token, and answers
 * `{"access_token", "expires_in"?}`; one without `expires_in` is asked for each time. Those who ask at once share one answer.
 */
export function tokensFrom(service: Fetcher, now: () => number): TokenSource {
  let kept: { token: string; until: number } | undefined;
  let asking: { refresh: boolean; answer: Promise<string> } | undefined;

  const ask = async (refresh: boolean): Promise<string> => {
    const response = await service.fetch(new Request(`https://token.invalid/${refresh ? "?refresh=true" : ""}`));
    if (!response.ok) throw new Error(`the token service answered ${response.status}`);
    const { access_token: token, expires_in: seconds } = (await response.json()) as Record<string, unknown>;
    if (typeof token !== "string") throw new Error("the token service gave no access_token");
    kept = typeof seconds === "number" ? { token, until: now() + seconds * 1000 - MARGIN_MS } : undefined;
    return token;
  };

  return ({ refresh }) => {
    if (refresh) kept = undefined;
    if (kept && now() < kept.until) return kept.token;
    if (asking && (asking.refresh || !refresh)) return asking.answer;
    const mine = { refresh, answer: ask(refresh).finally(() => asking === mine && (asking = undefined)) };
    asking = mine;
    return mine.answer;
  };
}
