import { systemClock } from "./clock.js";
import { PatchcordError } from "./error.js";
import type { Clock, TokenSource } from "./types.js";

/** A token is used until so long before its end: it must still hold when the platform reads it. */
const MARGIN_MS = 60_000;
/** Whoever gives tokens has so long to answer. */
const TIMEOUT_MS = 15_000;

/** Why a token is not given, as RFC 6749 names it. Other words of an answer might quote a secret. */
const REASONS = ["invalid_request", "invalid_client", "invalid_grant", "unauthorized_client", "unsupported_grant_type", "invalid_scope"];

/** Asks for a token. */
export type Ask = (refresh: boolean, signal: AbortSignal) => Promise<Response>;

interface Asking {
  readonly refresh: boolean;
  readonly answer: Promise<string>;
}

/**
 * Keeps a token until shortly before it ends, as `{"access_token", "expires_in"?}` tells; one without `expires_in` is asked
 * for each time. Those who ask at once share one answer, and nobody waits for ever.
 *
 * @param who Who gives the tokens, for the messages.
 */
export function keptTokens(who: string, ask: Ask, clock: Clock = systemClock): TokenSource {
  let kept: { token: string; until: number } | undefined;
  let asking: Asking | undefined;

  const begin = (refresh: boolean): Asking => {
    const askedAt = clock.now();
    const told = inTime(who, clock, async (signal) => read(who, await ask(refresh, signal)));
    const answer = told.then(({ token, seconds }) => {
      // What was asked for before a refresh must not take the fresh token's place.
      if (asking === mine && seconds !== undefined) kept = { token, until: askedAt + seconds * 1_000 - MARGIN_MS };
      return token;
    });
    const mine: Asking = { refresh, answer: answer.finally(() => asking === mine && (asking = undefined)) };
    return mine;
  };

  return ({ refresh }) => {
    if (refresh) kept = undefined;
    if (kept && clock.now() < kept.until) return kept.token;
    if (!asking || (refresh && !asking.refresh)) asking = begin(refresh);
    return asking.answer;
  };
}

async function read(who: string, response: Response): Promise<{ token: string; seconds: number | undefined }> {
  const answer = await body(response);
  if (!response.ok) {
    const reason = REASONS.find((it) => it === answer["error"]);
    throw new PatchcordError("no-token", `${who} answered ${response.status}${reason ? `: ${reason}` : ""}`, {
      hint: response.status === 400 || response.status === 401 ? "check the client's id and secret, and its scopes" : undefined,
    });
  }
  const { access_token: token, expires_in: given } = answer;
  if (typeof token !== "string" || token === "") throw new PatchcordError("no-token", `${who} gave no access_token`);
  // Some write the number as a string.
  const seconds = typeof given === "string" ? Number.parseFloat(given) : given;
  return { token, seconds: typeof seconds === "number" && Number.isFinite(seconds) ? seconds : undefined };
}

/** The object that a body holds; an empty one where it holds none. */
async function body(response: Response): Promise<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(await response.text());
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** Ends the waiting where the other side doesn't. What went wrong is told by its name: a message might quote a secret. */
async function inTime<T>(who: string, clock: Clock, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const late = new AbortController();
  const done = new AbortController();
  const timeout = clock.sleep(TIMEOUT_MS, done.signal).then(() => {
    late.abort();
    throw new PatchcordError("no-token", `${who} did not answer in time`);
  });
  try {
    return await Promise.race([work(late.signal), timeout]);
  } catch (thrown) {
    if (thrown instanceof PatchcordError) throw thrown;
    throw new PatchcordError("no-token", `${who} could not be asked (${thrown instanceof Error ? thrown.name : typeof thrown})`);
  } finally {
    timeout.catch(() => {});
    done.abort();
  }
}
