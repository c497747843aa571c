import * as check from "../check.js";
import { clientCredentials } from "../credentials.js";
import { PatchcordError } from "../error.js";
import type { AnyPolicy, Issue, ProfileName, TokenSource } from "../types.js";
import { checkPolicy, profiles } from "../workerd.js";
import type { EdgeEnv } from "./env.js";
import { Problem } from "./problem.js";
import type { ObjectNamespace } from "./runtime.js";
import { tokensFrom } from "./token.js";

/** What the worker needs to know to move calls. */
export interface Config {
  readonly profile: ProfileName;
  readonly baseUrl: string;
  readonly token: TokenSource;
  readonly policy: AnyPolicy | undefined;
}

/** Reads the bindings. Throws a 503 that names the one that is missing or wrong, and shows no value. */
export function readConfig(env: EdgeEnv): Config {
  try {
    return { profile: profile(env), baseUrl: check.baseUrl(env.PATCHCORD_BASE_URL, "PATCHCORD_BASE_URL"), token: token(env), policy: policy(env) };
  } catch (thrown) {
    throw thrown instanceof PatchcordError ? notConfigured(thrown.message) : thrown;
  }
}

/** The Durable Objects, by the binding of this name. */
export function readCalls(env: EdgeEnv, binding: string): ObjectNamespace {
  const calls = (env as Record<string, unknown>)[binding] as ObjectNamespace | undefined;
  if (typeof calls?.idFromName === "function") return calls;
  throw notConfigured(`\`${binding}\` is missing: bind the Durable Object namespace of \`CallSession\` to it`);
}

/** The path that all routes stand under: empty, or with a slash in front and none at its end. */
export function readMount(env: EdgeEnv): string {
  const mount = env.PATCHCORD_MOUNT ?? "";
  if (/^(\/[\w.~-]+)*\/?$/.test(mount)) return mount.replace(/\/$/, "");
  throw notConfigured("`PATCHCORD_MOUNT` must be a path such as `/cti`");
}

export function notConfigured(detail: string, issues?: Issue[]): Problem {
  return new Problem(503, "not-configured", detail, { issues });
}

function profile(env: EdgeEnv): ProfileName {
  const given = check.string(env.PATCHCORD_PROFILE, "PATCHCORD_PROFILE");
  const known = profiles().map(({ name }) => name);
  check.oneOf(given, known, "PATCHCORD_PROFILE");
  return given as ProfileName;
}

/** How the worker comes by its token: one of three ways, by the binding that tells which. */
function token(env: EdgeEnv): TokenSource {
  const { PATCHCORD_TOKEN: fixed, PATCHCORD_TOKEN_SERVICE: service, PATCHCORD_TOKEN_URL: tokenUrl } = env;
  const ways = Object.entries({ PATCHCORD_TOKEN: fixed, PATCHCORD_TOKEN_SERVICE: service, PATCHCORD_TOKEN_URL: tokenUrl });
  const bound = ways.filter(([, value]) => value !== undefined).map(([name]) => `\`${name}\``);
  if (bound.length > 1) throw notConfigured(`bind ${bound.join(" or ")}, not both`);
  if (tokenUrl !== undefined) return credentials(env, tokenUrl);
  if (service !== undefined) {
    check.callable(service?.fetch, "PATCHCORD_TOKEN_SERVICE.fetch", "bind a service");
    return tokensFrom(service);
  }
  const secret = check.string(fixed, "PATCHCORD_TOKEN");
  return () => secret;
}

function credentials(env: EdgeEnv, tokenUrl: string): TokenSource {
  check.address(tokenUrl, "PATCHCORD_TOKEN_URL");
  const auth = env.PATCHCORD_CLIENT_AUTH;
  check.optional(auth, () => check.oneOf(auth, ["basic", "body"], "PATCHCORD_CLIENT_AUTH"));
  return clientCredentials({
    tokenUrl,
    clientId: check.string(env.PATCHCORD_CLIENT_ID, "PATCHCORD_CLIENT_ID"),
    clientSecret: check.string(env.PATCHCORD_CLIENT_SECRET, "PATCHCORD_CLIENT_SECRET"),
    scope: env.PATCHCORD_SCOPE || undefined,
    auth,
  });
}

function policy(env: EdgeEnv): AnyPolicy | undefined {
  const given = env.PATCHCORD_POLICY;
  if (given === undefined || given === "") return undefined;
  const value = typeof given === "string" ? parsed(given) : given;
  const report = checkPolicy(env.PATCHCORD_PROFILE as ProfileName, check.object(value, "PATCHCORD_POLICY") as unknown as AnyPolicy);
  const first = report.issues[0];
  if (report.ok || !first) return value as AnyPolicy;
  const issues = report.issues.map((issue) => ({ ...issue, path: issue.path.replace("$", "PATCHCORD_POLICY") }));
  throw notConfigured(`the policy is refused: ${first.code} at \`${issues[0]?.path}\``, issues);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw notConfigured("`PATCHCORD_POLICY` is not JSON");
  }
}
