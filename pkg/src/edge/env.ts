import type { Fetcher, ObjectNamespace } from "./runtime.js";

/** The bindings and secrets by which the worker is configured. */
export interface EdgeEnv {
  /** The namespace of `CallSession`. `createEdge({ calls })` may name another binding. */
  CALLS?: ObjectNamespace | undefined;
  /** Such as `cxone-v2`. */
  PATCHCORD_PROFILE?: string | undefined;
  /** Where the platform answers. */
  PATCHCORD_BASE_URL?: string | undefined;
  /** Secret: the platform's bearer token. */
  PATCHCORD_TOKEN?: string | undefined;
  /** Instead of it, a service that answers `{"access_token", "expires_in"?}` as a token endpoint does. */
  PATCHCORD_TOKEN_SERVICE?: Fetcher | undefined;
  /** Instead of both, the address of a token endpoint that is asked by client credentials. */
  PATCHCORD_TOKEN_URL?: string | undefined;
  PATCHCORD_CLIENT_ID?: string | undefined;
  /** Secret. */
  PATCHCORD_CLIENT_SECRET?: string | undefined;
  /** The scopes to ask for, with a space between; all that the client was given where absent. */
  PATCHCORD_SCOPE?: string | undefined;
  /** How the client shows itself: in a Basic header where absent. */
  PATCHCORD_CLIENT_AUTH?: "basic" | "body" | undefined;
  /** Where calls go that their target does not take: a `Policy`, as JSON text or as a JSON variable. */
  PATCHCORD_POLICY?: unknown;
  /** Secret: what callers send as `Authorization: Bearer …`. */
  PATCHCORD_KEY?: string | undefined;
  /** `"true"` serves everybody, without a key. For use on one's own machine. */
  PATCHCORD_OPEN?: string | undefined;
  /** The path that the worker is mounted under, such as `/cti`. */
  PATCHCORD_MOUNT?: string | undefined;
}
