import * as check from "./check.js";
import { systemClock } from "./clock.js";
import { PatchcordError } from "./error.js";
import { keptTokens } from "./tokens.js";
import type { ClientCredentials, TokenSource } from "./types.js";

const FIELDS = ["tokenUrl", "clientId", "clientSecret", "scope", "auth", "fetch", "clock"] as const;

/**
 * Tokens by OAuth 2.0 client credentials, to be passed as `token` to `createPatchcord`. For servers and workers: a page
 * has no place for a client's secret.
 *
 * A token is kept until 60 s before it ends, and dropped where the platform refuses it. Those who ask at once share one
 * request, which ends after 15 s. No error tells the secret or a token.
 */
export function clientCredentials(options: ClientCredentials): TokenSource {
  const given = check.object(options, "$");
  check.onlyFields(given, FIELDS, "$");
  const url = check.address(given["tokenUrl"], "$.tokenUrl").href;
  const id = check.string(given["clientId"], "$.clientId");
  const secret = check.string(given["clientSecret"], "$.clientSecret");
  const scope = scopes(given["scope"]);
  const { auth = "basic", fetch, clock = systemClock } = options;
  check.oneOf(auth, ["basic", "body"], "$.auth");
  check.optional(given["fetch"], () => check.callable(given["fetch"], "$.fetch"));
  check.optional(given["clock"], () => check.clock(given["clock"], "$.clock"));
  if (auth === "basic" && id.includes(":")) {
    throw new PatchcordError("invalid-id", "a client id with a colon can't stand in a Basic header", { path: "$.clientId", hint: "pass `auth: \"body\"`" });
  }

  const form = new URLSearchParams({ grant_type: "client_credentials" });
  if (auth === "body") {
    form.set("client_id", id);
    form.set("client_secret", secret);
  }
  if (scope) form.set("scope", scope);
  const headers: Record<string, string> = { accept: "application/json", "content-type": "application/x-www-form-urlencoded" };
  if (auth === "basic") headers["authorization"] = `Basic ${base64(`${id}:${secret}`)}`;
  const body = form.toString();

  const ask = async (_refresh: boolean, signal: AbortSignal): Promise<Response> => {
    // Where an endpoint sends us on, the secret does not go along.
    const request = new Request(url, { method: "POST", headers, body, redirect: "manual", signal });
    return (fetch ?? globalThis.fetch)(request);
  };
  return keptTokens("the token endpoint", ask, clock);
}

function scopes(given: unknown): string | undefined {
  if (!Array.isArray(given)) {
    check.optional(given, () => check.string(given, "$.scope", "give scopes with a space between, or leave it out"));
    return given as string | undefined;
  }
  return given.map((scope, at) => check.string(scope, `$.scope[${at}]`)).join(" ") || undefined;
}

/** Of the text's UTF-8, as RFC 7617 has it. */
function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
