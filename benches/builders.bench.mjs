// Every builder in Node: an input is checked and becomes a request, JSON in and JSON out. Beside it zod and ajv do the same
// checks of shape, words, ranges and patterns, and plain JavaScript writes the same body. What they leave out: pairs that are
// joined twice, dates that are none, and the hint for each finding.
import assert from "node:assert/strict";
import { Ajv } from "ajv";
import { buildRequest } from "patchcord";
import { z } from "zod";
import { inTurn } from "./timing.mjs";

const CALLS = 50;
const ROUNDS = 400;

const UUID = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";
const PHONE = "\\+[1-9][0-9]{1,14}";
const MOMENT = "now(-[0-9]{1,6}[smhdw])?|\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)";

// Schemas in both tongues, from one description.
const text = (pattern) => ({ kind: "text", pattern: pattern && `^(${pattern})$` });
const whole = (least, most) => ({ kind: "whole", least, most });
const word = (...words) => ({ kind: "word", words });
const list = (of, most) => ({ kind: "list", of, most });
const pair = (of) => ({ kind: "pair", of });
const fields = (required, optional = {}) => ({ kind: "fields", required, optional });
const open = { kind: "open" };
const id = text("[^\\u0000-\\u001f]{1,256}");

function inZod(it) {
  const entries = (of) => Object.entries(of).map(([name, inner]) => [name, inZod(inner)]);
  switch (it.kind) {
    case "text":
      return it.pattern ? z.string().regex(new RegExp(it.pattern)) : z.string();
    case "whole":
      return z.int().min(it.least).max(it.most);
    case "word":
      return z.enum(it.words);
    case "list":
      return it.most ? z.array(inZod(it.of)).min(1).max(it.most) : z.array(inZod(it.of));
    case "pair":
      return z.tuple([inZod(it.of), inZod(it.of)]);
    case "open":
      return z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));
    case "fields":
      return z.strictObject(Object.fromEntries([...entries(it.required), ...entries(it.optional).map(([name, inner]) => [name, inner.optional()])]));
  }
}

function inJsonSchema(it) {
  switch (it.kind) {
    case "text":
      return { type: "string", ...(it.pattern && { pattern: it.pattern }) };
    case "whole":
      return { type: "integer", minimum: it.least, maximum: it.most };
    case "word":
      return { enum: it.words };
    case "list":
      return { type: "array", items: inJsonSchema(it.of), ...(it.most && { minItems: 1, maxItems: it.most }) };
    case "pair":
      return { type: "array", items: inJsonSchema(it.of), minItems: 2, maxItems: 2 };
    case "open":
      return { type: "object", additionalProperties: { type: ["string", "number", "boolean"] } };
    case "fields": {
      const properties = Object.fromEntries(Object.entries({ ...it.required, ...it.optional }).map(([name, inner]) => [name, inJsonSchema(inner)]));
      return { type: "object", properties, required: Object.keys(it.required), additionalProperties: false };
    }
  }
}

const queue = "7f1d7c52-3a0b-4b5e-9c1d-2e8f6a4b0c11";
const call = "12345678-1234-1234-1234-123456789012";
const moment = text(MOMENT);
const range = ({ from = "now-5m", to = "now" }) => ({ startDate: from, endDate: to });
const query = (it, groupBy, metrics, pageSize) => ({ dateRange: range(it), groupBy, metrics, pageSize, selectors: [{ id: it.queue, type: "queue" }] });

/** Operation, input, what is checked of it, and the body that it becomes (none for what is a path alone). */
const BUILDERS = [
  ["transfer", { call, to: { queue, skill: queue }, mode: "blind", priority: 2 },
    fields({ call: id, to: fields({ queue: text(UUID) }, { skill: text(UUID) }) }, { mode: word("blind", "consult"), priority: whole(1, 5), callbackNumber: text(PHONE) }),
    ({ to, mode, priority }) => ({ transferType: mode?.toUpperCase(), targetType: "QUEUE", targetId: to.queue, skillId: to.skill, priority })],
  ["call", { call }, fields({ call: id })],
  ["campaigns", { queue }, fields({ queue: text(UUID) })],
  ["agents", { queue }, fields({ queue: text(UUID) })],
  ["presence", { agent: "ann" }, fields({ agent: id })],
  ["transfer-metrics", { call, from: "2026-01-31T09:30:00.000Z", to: "2026-01-31T10:30:00.000Z" }, fields({ call: id, from: moment, to: moment }),
    (it) => ({ from: it.from, to: it.to, size: 1_000, aggregations: { transferMetrics: { metrics: [{ name: "transferSuccess", type: "count" }, { name: "transferDuration", type: "average" }], filters: [{ type: "call", field: "callId", values: [it.call] }] } } })],
  ["security-profiles", {}, fields({})],
  ["queue", { queue: "billing" }, fields({ queue: id })],
  ["queue-config",
    { queue: "billing", version: 7, routingStrategy: "longestIdleAgent", waitMusic: "https://example.com/wait.mp3", maxWaitSeconds: 300, overflowTargets: [{ queue: "overflow", threshold: 60 }], skills: [{ skill: "skill_tier1", level: "advanced" }] },
    fields(
      { queue: id, version: whole(0, Number.MAX_SAFE_INTEGER), routingStrategy: word("longestIdleAgent", "mostAvailableAgent", "leastRecentlyUsed", "firstAvailableAgent"), waitMusic: text("https?://[^\\s/]+(/\\S*)?"), maxWaitSeconds: whole(10, 7_200) },
      { overflowTargets: list(fields({ queue: id }, { threshold: whole(0, 1e6) })), skills: list(fields({ skill: id }, { level: id })), skillRoutingType: word("any", "all") },
    ),
    (it) => ({ id: it.queue, version: it.version, routingStrategy: it.routingStrategy, waitMusic: { playMusic: true, url: it.waitMusic }, maxWaitTime: it.maxWaitSeconds, overflowTargets: it.overflowTargets?.map((to) => ({ id: to.queue, threshold: to.threshold })), skills: it.skills?.map((to) => ({ id: to.skill, level: to.level })), skillRoutingType: it.skillRoutingType ?? "any", enableOverflow: true, overflowThreshold: 50 })],
  ["skills", {}, fields({})],
  ["queue-metrics", { queue: "billing" }, fields({ queue: id }, { from: moment, to: moment }), (it) => query(it, ["queue"], ["occupancy", "waitTime", "abandonedCount", "answeredCount"])],
  ["wait-distribution", { queue: "billing", from: "now-24h" }, fields({ queue: id }, { from: moment, to: moment, pageSize: whole(1, 1_000) }), (it) => query(it, ["waitTimeRange", "queue"], ["abandonedCount", "waitTime"], it.pageSize ?? 50)],
  ["audit-log", { queue: "billing", from: "now-30d" }, fields({ queue: id, from: moment }, { to: moment, action: id, pageSize: whole(1, 1_000) })],
  ["health", {}, fields({})],
  ["personal-connection", { callerNumber: "+15551234567", calledNumber: "+15559876543", flow: "welcome", parameters: { greeting: "Hello from API" } },
    fields({ callerNumber: text(PHONE), calledNumber: text(PHONE), flow: id }, { parameters: open, apiRoot: word("/v2", "/api/v2") }),
    ({ callerNumber, calledNumber, flow, parameters }) => ({ callerNumber, calledNumber, flowId: flow, parameters })],
  ["personal-connection-status", { call }, fields({ call: id }, { apiRoot: word("/v2", "/api/v2") })],
  ["bridge", { call, targets: [{ phone: "+15550100000" }, { phone: "+15550100001" }], direction: "transfer", matrix: [[0, 1], [0, 2]] },
    fields({ call: id, targets: list(fields({ phone: text("\\+?[1-9][0-9]{1,14}") }), 7), direction: word("inbound", "outbound", "transfer", "consult") }, { matrix: list(pair(whole(0, 7))), dtmf: word("RFC2833", "INFO", "PULSE"), requestId: id }),
    (it) => ({ callId: it.call, targets: it.targets.map(({ phone }) => ({ type: "phone", value: phone })), direction: it.direction, bridgeMatrix: it.matrix?.map(([source, target]) => ({ source, target })), dtmf: it.dtmf ?? "RFC2833" })],
  ["transfer", { call, to: { queue }, reasonCode: "r-1" }, fields({ call: id, to: fields({ queue: text(UUID) }) }, { mode: word("blind"), reasonCode: id, wrapUpCode: id }), ({ to, reasonCode }) => ({ actions: [{ action: "transfer", toType: "queue", toId: to.queue, reasonCode }] }), "genesys-v2"],
  ["conversation", { call }, fields({ call: id }), undefined, "genesys-v2"],
  ["search", { name: "Support Tier 2" }, fields({ name: id }), ({ name }) => ({ query: { bool: { must: [{ term: { entityType: "queue" } }, { match: { name } }] } } }), "genesys-v2"],
];

/**
 * Microseconds a call, of each of these, in turn. The rounds are short, and a tenth of them decides: on a machine that does other
 * things too, the median tells of those. Garbage is collected in the rest, for the peers as well.
 */
const micros = (works) =>
  inTurn(
    works.map((work) => () => {
      for (let n = 0; n < CALLS; n += 1) work();
    }),
    ROUNDS,
  ).map((times) => (times.sort((a, b) => a - b)[times.length / 10] * 1_000) / CALLS);

const ajv = new Ajv({ allowUnionTypes: true });
const shown = (...cells) => console.log(cells.map((cell, at) => (at === 0 ? String(cell).padEnd(36) : String(cell).padStart(10))).join(""));
shown("µs a call, JSON text in and out", "patchcord", "object in", "zod", "ajv");
for (const [operation, input, , , profile = "cxone-v2"] of BUILDERS) for (let n = 0; n < 2_000; n += 1) buildRequest(profile, operation, JSON.stringify(input));
let slowest = 0;
for (const [operation, input, checked, body, profile = "cxone-v2"] of BUILDERS) {
  const json = JSON.stringify(input);
  const [schema, valid] = [inZod(checked), ajv.compile(inJsonSchema(checked))];
  const written = (value) => (body ? JSON.stringify(body(value)) : "");
  const byZod = () => written(schema.parse(JSON.parse(json)));
  const byAjv = () => {
    const value = JSON.parse(json);
    if (!valid(value)) throw new Error(ajv.errorsText(valid.errors));
    return written(value);
  };
  assert.equal(byZod(), byAjv());
  if (body) assert.deepEqual(Object.keys(JSON.parse(buildRequest(profile, operation, input).body)).sort(), Object.keys(JSON.parse(byAjv())).sort(), operation);
  assert.throws(() => schema.parse({ ...input, unknown: 1 }));
  const [text, object, zod, other] = micros([() => buildRequest(profile, operation, json), () => buildRequest(profile, operation, input), byZod, byAjv]);
  slowest = Math.max(slowest, text);
  shown(`${profile} ${operation}`, ...[text, object, zod, other].map((time) => time.toFixed(2)));
}
console.log(JSON.stringify({ budget: "builders", value: slowest }));
