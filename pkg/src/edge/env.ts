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
  /** Where calls go that their target does not take: a `Policy`, as JSON text or as a JSON variable. */
  PATCHCORD_POLICY?: unknown;
  /** Secret: what callers send as `Authorization: Bearer …`. */
  PATCHCORD_KEY?: string | undefined;
  /** `"true"` serves everybody, without a key. For use on one's own machine. */
  PATCHCORD_OPEN?: string | undefined;
  /** The path that the worker is mounted under, such as `/cti`. */
  PATCHCORD_MOUNT?: string | undefined;
}
