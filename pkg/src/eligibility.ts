import type { Answer } from "./core.js";
import { PatchcordError } from "./error.js";
import { exchanged } from "./exchange.js";
import type { Core, Host } from "./host.js";
import { toJson } from "./json.js";
import type { Eligibility, Operation, PlatformRequest, ProfileName, Target } from "./types.js";

type Whole = Extract<Answer, { kind: "response" }>;

/** Asks the platform what it knows of a queue, and the core what that means. Other targets need no question. */
export async function askEligibility(
  core: Core,
  host: Host,
  profile: ProfileName,
  target: Target,
  signal?: AbortSignal,
): Promise<Eligibility> {
  const text = toJson(target);
  const { queue } = target;
  if (queue === undefined) return core.call((glue) => glue.eligibility(profile, text, "{}"));
  const input = JSON.stringify({ queue });
  const requests = (["campaigns", "agents"] as const).map((operation) => core.call((glue) => glue.buildRequest(profile, operation, input)));
  const [campaigns, agents] = await Promise.all(requests.map((request) => bodyOf(core, host, request, signal)));
  return core.call((glue) => glue.eligibility(profile, text, `{"campaigns":${campaigns},"agents":${agents}}`));
}

/** The JSON text of an answer. A body that is none becomes a JSON string, which the core finds unreadable. */
async function bodyOf(core: Core, host: Host, request: PlatformRequest, signal?: AbortSignal): Promise<string> {
  let answer = await settled(core, host, request, false, signal);
  if (answer.status === 401) answer = await settled(core, host, request, true, signal);
  if (answer.status < 200 || answer.status > 299) throw refusal(core, answer.status, request.operation);
  const text = new TextDecoder().decode(answer.body);
  try {
    JSON.parse(text);
    return text;
  } catch {
    return JSON.stringify(text);
  }
}

function refusal(core: Core, status: number, operation: Operation): PatchcordError {
  const scopes = core.call((glue) => glue.profiles()).flatMap(({ operations }) => operations);
  const scope = scopes.find(({ name }) => name === operation)?.scope;
  const hint = status === 403 && scope ? `the token needs the scope \`${scope}\`` : undefined;
  return new PatchcordError("platform-refused", `the platform answered ${status} to \`${operation}\``, { hint });
}

/** The whole answer. Rejects where none comes in time, where the host gives up, or where the engine breaks. */
async function settled(core: Core, host: Host, request: PlatformRequest, refresh: boolean, signal?: AbortSignal): Promise<Whole> {
  const { answer, broke } = await exchanged(core, host, request, refresh, signal ? [signal] : []);
  if (answer.kind === "response") return answer;
  throw broke ?? new PatchcordError("no-answer", `no answer to \`${request.operation}\`: ${answer.reason}`);
}
