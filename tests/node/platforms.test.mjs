// Every operation of the founding documents, through the package, against the simulator over real HTTP.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, test } from "node:test";
import { checkScopes, clientCredentials, createPatchcord, predict, verifyAuditLines } from "../../pkg/dist/node.js";
import { createSimulator } from "../../pkg/dist/simulator/node.js";
import { ann, billing, overflow, settled, shown, tier2 } from "./support.mjs";

const client = { id: "client-1", secret: "s3cr3t-of-the-client" };
const servers = [];
after(() => servers.forEach((close) => close()));

/** A platform behind an HTTP server on 127.0.0.1, and how it is reached. `seen` lists its requests. */
async function platform(profile = "cxone-v2", { path = "/api/v2/oauth/token", auth = "basic", scope, scopes } = {}) {
  const sim = await createSimulator({ seed: 7, profile, clock: "real" });
  sim.addClient({ ...client, scopes });
  const seen = [];
  const server = createServer(async (incoming, answer) => {
    const { method, url, headers } = incoming;
    const parts = [];
    for await (const part of incoming) parts.push(part);
    seen.push({ method, path: url, headers });
    const said = await sim.handle({ method, path: url, headers, body: Buffer.concat(parts) });
    if (said.lost) return incoming.socket.destroy();
    answer.writeHead(said.status, said.headers.flat()).end(said.body);
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const baseUrl = `http://127.0.0.1:${server.address().port}`;
  servers.push(() => (server.closeAllConnections(), server.close(), sim.close()));
  const token = clientCredentials({ tokenUrl: `${baseUrl}${path}`, clientId: client.id, clientSecret: client.secret, auth, scope });
  const connect = (options = {}) => createPatchcord({ profile, baseUrl, token, seed: 1, ...options });
  return { sim, seen, connect, patchcord: await connect() };
}

const done = async (promise) => {
  const outcome = await settled(promise, 20_000);
  assert.equal(outcome.status, "done", JSON.stringify(outcome.problem));
  assert.ok(!shown(outcome).includes(client.secret));
  return outcome;
};

// One after the other, so that the fifteen seconds of real time that they take are spent once.
test("seeds/0: a call is transferred, its handoff recorded, and the scopes are checked before", async () => {
  const { sim, connect, patchcord } = await platform();
  sim.addQueue({ id: billing, agents: [{ id: ann, skills: [tier2], answerSeconds: 1 }] });
  sim.addCall({ id: "call-1" });
  const profiles = await done(patchcord.send("security-profiles", {}));
  const granted = profiles.answer.flatMap(({ scopes }) => scopes);
  assert.deepEqual(checkScopes("cxone-v2", { granted, operations: ["transfer", "call", "presence", "transfer-metrics"] }), { ok: true, issues: [] });
  const transferring = await connect({ policy: { steps: [], pollSeconds: 1 } });
  const outcome = await settled(transferring.transfer({ call: "call-1", to: { queue: billing, skill: tier2 } }), 20_000);
  assert.deepEqual([outcome.status, outcome.agent], ["connected", ann]);
  const record = await settled(patchcord.recordHandoff("call-1", outcome));
  assert.deepEqual([record.callId, record.targetQueueId, record.agentId, record.auditAction], ["call-1", billing, ann, "TRANSFER_COMPLETED"]);
  assert.notEqual(record.agentPresence, "UNKNOWN");
  assert.equal(record.analyticsSnapshot.succeeded, 1);
});

test("seeds/0: a 401, a 403, a 429 and a 500 are told apart", async () => {
  const { sim, patchcord } = await platform("cxone-v2", { scopes: ["user:presence:read", "health:read"] });
  sim.addQueue({ id: billing, agents: [{ id: ann }] });
  sim.addFault({ operation: "presence", status: 401 });
  const fresh = await done(patchcord.send("presence", { agent: ann }));
  assert.equal(fresh.attempts, 2);
  sim.addFault({ operation: "presence", retryAfter: 1 });
  assert.equal((await done(patchcord.send("presence", { agent: ann }))).attempts, 2);
  sim.addFault({ operation: "presence", status: 500 });
  const failed = await settled(patchcord.send("presence", { agent: ann }, { budgetSeconds: 5 }));
  assert.deepEqual([failed.status, failed.problem.code, failed.problem.retryAfterSeconds, failed.problem.goesOn], ["failed", "server-error", 30, true]);
  const lacking = await settled(patchcord.send("queue", { queue: billing }));
  assert.deepEqual([lacking.status, lacking.problem.code, lacking.problem.scope], ["refused", "missing-scope", "routing:queues:read"]);
});

test("seeds/1: a queue is found by its name, the conversation is read, and moved there", async () => {
  const { sim, connect, patchcord } = await platform("genesys-v2", { path: "/oauth/token", auth: "body" });
  const conversation = "a1b2c3d4-e5f6-7890-abcd-ef1234567890";
  sim.addQueue({ id: billing, name: "Support Tier 2", agents: [{ id: ann, answerSeconds: 1 }] });
  sim.addCall({ id: conversation, connectedTo: "bob" });
  const { answer } = await done(patchcord.send("search", { name: "Support Tier 2" }));
  assert.equal(answer.queue, billing);
  const read = await done(patchcord.send("conversation", { call: conversation }));
  assert.equal(read.answer.word, "connected");
  const moving = await connect({ policy: { steps: [], pollSeconds: 1 } });
  const outcome = await settled(moving.transfer({ call: conversation, to: { queue: answer.queue }, reasonCode: "r-1" }), 20_000);
  assert.equal(outcome.status, "connected");
  const gone = await settled(patchcord.send("conversation", { call: conversation.replace("a1", "ff") }, { callAgeSeconds: 90_000 }));
  assert.deepEqual([gone.status, gone.problem.code], ["refused", "aged-out"]);
});

test("seeds/1: a conversation that is closed is not moved, and one that is queued goes to the next queue at once", async () => {
  const { sim, connect, seen } = await platform("genesys-v2", { path: "/oauth/token", auth: "body" });
  const [closed, queued] = ["a1b2c3d4-e5f6-7890-abcd-ef1234567801", "a1b2c3d4-e5f6-7890-abcd-ef1234567802"];
  sim.addQueue({ id: billing, agents: [{ id: ann, answerSeconds: 1 }] });
  sim.addQueue({ id: overflow });
  sim.addCall({ id: closed, state: "closed" });
  sim.addCall({ id: queued, queue: overflow });
  const patchcord = await connect({ policy: { steps: [], pollSeconds: 1 } });
  const refused = await settled(patchcord.transfer({ call: closed, to: { queue: billing } }), 20_000);
  assert.ok(["refused", "caller-left"].includes(refused.status), refused.status);
  assert.equal(seen.filter(({ method }) => method === "PATCH").length, 0);
  const moved = await settled(patchcord.transfer({ call: queued, to: { queue: billing } }), 20_000);
  assert.deepEqual([moved.status, seen.filter(({ method }) => method === "PATCH").length], ["connected", 1]);
});

const config = {
  queue: billing,
  routingStrategy: "longestIdleAgent",
  waitMusic: "https://example.com/wait-music.mp3",
  maxWaitSeconds: 300,
  skills: [{ skill: tier2, level: "advanced" }],
};

test("seeds/2: a queue is deployed with its skills, conflicts are told, and the change stands in the audit log", async () => {
  const { sim, patchcord, seen } = await platform("cxone-v2", { auth: "body" });
  sim.addSkill({ id: tier2, name: "Tier 2" });
  sim.addQueue({ id: billing, version: 7, propagationSeconds: 1 });
  const skills = await done(patchcord.send("skills", {}));
  const knownSkills = skills.answer.rows;
  assert.ok(knownSkills.some(({ skill }) => skill === tier2));
  await assert.rejects(patchcord.deployQueue({ ...config, knownSkills, skills: [{ skill: "other" }] }), { code: "invalid-input", path: "$.skills[0].skill" });
  const deployed = await done(patchcord.deployQueue({ ...config, knownSkills }));
  assert.deepEqual([deployed.propagated, deployed.version], [true, 8]);
  assert.equal(seen.find(({ method }) => method === "PUT").headers["if-match"], "7");
  const late = await settled(patchcord.deployQueue({ ...config, version: 7, maxWaitSeconds: 60 }), 20_000);
  assert.deepEqual([late.status, late.conflict.sent, late.conflict.current], ["conflict", 7, 8]);
  const forced = await done(patchcord.deployQueue({ ...config, version: 7, maxWaitSeconds: 60 }, { onConflict: ({ current }) => current === 8 }));
  assert.equal(forced.version, 9);
  const entries = [];
  for await (const { rows } of patchcord.pages("audit-log", { queue: billing, from: "now-1d", pageSize: 1 })) entries.push(...rows);
  assert.ok(entries.length >= 2, `${entries.length} entries`);
  assert.ok(seen.filter(({ path }) => path.startsWith("/api/v2/audit")).length >= 2, "page by page");
});

test("seeds/2: metrics are facts for the predictor, waits come page by page, and the platform's health is told", async () => {
  const { sim, patchcord } = await platform("cxone-v2", { auth: "body", scope: ["analytics:queues:read", "analytics:conversations:read", "health:read"] });
  sim.addQueue({ id: billing, pastCallers: 500, metrics: { occupancy: 0.9, waitTime: 130, abandonedCount: 5, answeredCount: 95 } });
  const metrics = await done(patchcord.send("queue-metrics", { queue: billing }));
  assert.equal(metrics.answer[0].queue, billing);
  const { probability, status } = predict({ method: "rule", ...metrics.answer[0].facts, thresholdSeconds: 240 });
  assert.ok(status !== "not-enough-data" || probability !== undefined);
  const ranges = [];
  let pages = 0;
  for await (const { rows } of patchcord.pages("wait-distribution", { queue: billing, pageSize: 2 }, { onProgress: (so) => (pages = so.pages) })) ranges.push(...rows);
  assert.ok(pages > 1 && ranges.length > 2, `${ranges.length} ranges on ${pages} pages`);
  const health = await done(patchcord.send("health", {}));
  assert.equal(typeof health.answer.status, "string");
});

const call = { callerNumber: "+15551234567", calledNumber: "+15559876543", flow: "welcome", parameters: { greeting: "Hello from API" } };

test("seeds/3: a call is placed and followed, what is refused is told apart, and a lost answer places none again", async () => {
  const { sim, seen, patchcord } = await platform("cxone-v2", { path: "/v2/oauth/token", auth: "body" });
  sim.addFlow({ id: "welcome" });
  sim.addFlow({ id: "draft", published: false });
  sim.addNumber({ phone: call.callerNumber });
  for (const apiRoot of ["/v2", "/api/v2"]) {
    const placed = await done(patchcord.send("personal-connection", { ...call, apiRoot }));
    const state = await done(patchcord.send("personal-connection-status", { call: placed.answer.call, apiRoot }));
    assert.equal(state.answer.call, placed.answer.call);
  }
  const codes = [];
  for (const wrong of [{ flow: "draft" }, { flow: "none" }, { callerNumber: "+15550000001" }]) {
    const refused = await settled(patchcord.send("personal-connection", { ...call, ...wrong }));
    codes.push([refused.status, refused.problem.report.issues[0]?.code]);
  }
  assert.deepEqual(codes, [["refused", "invalid-flow"], ["refused", "invalid-flow"], ["refused", "invalid-caller-number"]]);
  sim.addFault({ operation: "personal-connection", retryAfter: 1 });
  assert.equal((await done(patchcord.send("personal-connection", call))).attempts, 2);
  const before = seen.length;
  sim.addFault({ operation: "personal-connection", status: 500, acts: true });
  const unknown = await settled(patchcord.send("personal-connection", call));
  assert.deepEqual([unknown.status, seen.length - before], ["unknown", 1]);
});

test("seeds/4: a call is bridged under one request id, CTI and audit are told, and the metrics count", async () => {
  const lines = [];
  const events = [];
  const { sim, seen, connect } = await platform("cxone-v2", { path: "/oauth/token", auth: "body", scope: "cti:calls:read cti:calls:write cti:bridge:write" });
  const callId = "12345678-1234-1234-1234-123456789012";
  sim.addCall({ id: callId });
  const patchcord = await connect({ onAuditLine: (line) => lines.push(line), onCti: (event) => events.push(event) });
  sim.addFault({ operation: "bridge", retryAfter: 1 });
  const bridged = await done(patchcord.bridge({ callId, targets: [{ type: "phone", value: "+15550100000" }], direction: "transfer", bridgeMatrix: [{ source: 0, target: 1 }], dtmf: "RFC2833" }));
  assert.equal(bridged.attempts, 2);
  const ids = seen.filter(({ path }) => path.endsWith("/bridge")).map(({ headers }) => headers["x-cxone-request-id"]);
  assert.deepEqual([ids.length, new Set(ids).size], [2, 1]);
  const gone = await settled(patchcord.bridge({ call: "nobody", targets: [{ phone: "+15550100000" }], direction: "transfer" }));
  assert.equal(gone.status, "refused");
  assert.deepEqual(events.map(({ success }) => success), [true, false]);
  assert.deepEqual(verifyAuditLines(lines.join("\n")), { ok: true });
  const { total, succeeded, failed, successRate } = patchcord.bridgeMetrics();
  assert.deepEqual([total, succeeded, failed, successRate], [2, 1, 1, 0.5]);
});
