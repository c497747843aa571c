// The simulated contact centre in JavaScript: its time, its fetch, its HTTP handler, its faults.

import assert from "node:assert/strict";
import { test } from "node:test";
import { VirtualClock } from "../../pkg/dist/simulator/virtual-clock.js";
import { ann, billing, centre, connected, settled, tier2, toBilling } from "./support.mjs";

const path = "/api/v2/voice/calls/call-1";
const headers = { authorization: "Bearer any" };
const forever = () => new AbortController().signal;

test("virtual time jumps from timer to timer in the order of time, then of setting", async () => {
  const clock = new VirtualClock(1_000);
  const rang = [];
  const ring = (name, ms) => clock.sleep(ms, forever()).then(() => rang.push([name, clock.now()]));
  await settled(Promise.all([ring("c", 50), ring("a", 10), ring("b", 10), ring("d", 86_400_000)]));
  assert.deepEqual(rang, [["a", 1_010], ["b", 1_010], ["c", 1_050], ["d", 86_401_000]]);
});

test("what a timer sets off comes before later timers, however many turns of the host it takes", async () => {
  const clock = new VirtualClock(0);
  const rang = [];
  const chain = async () => {
    await clock.sleep(10);
    for (let turn = 0; turn < 20; turn++) await null;
    await clock.during(() => new Promise((resolve) => setTimeout(resolve, 20)));
    await clock.sleep(5);
    rang.push(["chain", clock.now()]);
  };
  const late = clock.sleep(16).then(() => rang.push(["late", clock.now()]));
  await settled(Promise.all([chain(), late]));
  assert.deepEqual(rang, [["chain", 15], ["late", 16]]);
});

test("an aborted sleep ends at once and moves no time", async () => {
  const clock = new VirtualClock(0);
  const controller = new AbortController();
  const slept = clock.sleep(1_000, controller.signal);
  controller.abort();
  await settled(slept);
  await settled(clock.sleep(1_000, AbortSignal.abort()));
  assert.equal(clock.now(), 0);
});

test("the same seed gives the same run, event for event and hash for hash", async () => {
  const heads = [];
  for (let round = 0; round < 3; round++) {
    const sim = await centre();
    sim.addFault({ operation: "call", skip: 1, status: 503 });
    heads.push((await settled((await connected(sim)).transfer(toBilling))).audit.head);
  }
  assert.deepEqual(new Set(heads).size, 1);
});

test("fetch takes a Request, an address and init, and answers under its own address alone", async () => {
  const sim = await centre();
  const url = `${sim.baseUrl}${path}`;
  assert.equal((await settled(sim.fetch(new Request(url, { headers })))).status, 200);
  assert.equal((await settled(sim.fetch(url, { headers }))).status, 200);
  assert.equal((await settled(sim.fetch(new URL(url), { headers }))).status, 200);
  assert.equal((await settled(sim.fetch(url))).status, 401);
  assert.equal((await settled(sim.fetch(`${sim.baseUrl}/api/v2/voice/calls/nobody`, { headers }))).status, 404);
  await assert.rejects(sim.fetch("https://elsewhere.example.com/"), TypeError);
  await assert.rejects(sim.fetch(`${sim.baseUrl}.example.com/`), TypeError);
});

test("an answer takes virtual time, and time stands still while its body is read", async () => {
  const sim = await centre();
  sim.addFault({ operation: "call", delaySeconds: 7 });
  const before = sim.clock.now();
  const response = await settled(sim.fetch(`${sim.baseUrl}${path}`, { headers }));
  const arrived = sim.clock.now();
  assert.ok(arrived - before >= 7_000 && arrived - before < 8_000, `${arrived - before} ms`);
  const timer = sim.clock.sleep(1, forever());
  assert.equal((await settled(response.json())).state, "WAITING");
  assert.equal(sim.clock.now(), arrived);
  await settled(timer);
});

test("a lost answer never comes, and ends when it is aborted", async () => {
  const sim = await centre();
  sim.addFault({ operation: "call", lose: "after" });
  const controller = new AbortController();
  let over = false;
  const asked = sim.fetch(`${sim.baseUrl}${path}`, { headers, signal: controller.signal }).finally(() => (over = true));
  asked.catch(() => {});
  await sim.clock.sleep(3_600_000, forever());
  assert.equal(over, false);
  controller.abort();
  await assert.rejects(settled(asked), { name: "AbortError" });
});

test("a request that was aborted before is not answered and does nothing", async () => {
  const sim = await centre();
  const body = JSON.stringify({ transferType: "BLIND", targetType: "QUEUE", targetId: billing, priority: 2 });
  const init = { method: "POST", headers: { ...headers, "content-type": "application/json" }, body, signal: AbortSignal.abort() };
  await assert.rejects(sim.fetch(`${sim.baseUrl}${path}/transfer`, init), { name: "AbortError" });
  assert.equal(sim.transfers("call-1"), 0);
});

test("an HTTP server hands its requests in as it has them", async () => {
  const sim = await centre();
  const body = JSON.stringify({ transferType: "BLIND", targetType: "QUEUE", targetId: billing, skillId: tier2, priority: 2 });
  const shapes = [
    { headers: { Authorization: "Bearer any", "content-type": "application/json", "x-none": undefined }, body: undefined },
    { headers: [["authorization", "Bearer any"]], body: null },
    { headers: new Headers(headers), body: new Uint8Array() },
  ];
  for (const shape of shapes) {
    const answer = await settled(sim.handle({ method: "get", path, ...shape }));
    assert.deepEqual([answer.lost, answer.status], [false, 200]);
    assert.equal(JSON.parse(new TextDecoder().decode(answer.body)).state, "WAITING");
  }
  for (const sent of [body, Buffer.from(body)]) {
    const accepted = await settled(sim.handle({ method: "POST", path: `${path}/transfer`, headers: { ...headers, "content-type": "application/json" }, body: sent }));
    assert.ok([202, 409].includes(accepted.status), String(accepted.status));
  }
  assert.equal(sim.transfers("call-1"), 1);
  await assert.rejects(sim.handle({ method: "GET", path: "no-slash" }), { code: "wrong-type" });
});

test("a dropped connection is told to the HTTP server, so that it can drop its own", async () => {
  const sim = await centre();
  sim.addFault({ operation: "call", lose: "before" });
  assert.deepEqual(await settled(sim.handle({ method: "GET", path, headers })), { lost: true });
});

test("the world can be looked at: a call with its history, its transfers, the whole centre", async () => {
  const sim = await centre();
  await settled((await connected(sim)).transfer(toBilling));
  const call = sim.call("call-1");
  assert.deepEqual([call.state, call.connectedTo, call.transfers], ["CONNECTED", ann, 1]);
  assert.ok(call.history.length >= 3);
  assert.equal(sim.call("nobody"), undefined);
  const world = sim.snapshot();
  assert.deepEqual(world.queues.map(({ id }) => id), [billing]);
  assert.equal(world.queues[0].agents[0].call, "call-1");
  assert.equal(world.now, sim.clock.now());
});

test("a forced failure, an agent's status and a caller who leaves are seen by whoever transfers", async () => {
  const sim = await centre();
  const patchcord = await connected(sim);
  sim.forceFailure({ call: "call-1" });
  assert.equal((await settled(patchcord.transfer(toBilling))).status, "failed");
  sim.setAgent({ queue: billing, agent: ann, status: "BREAK" });
  assert.equal((await settled(patchcord.eligibility(toBilling.to))).code, "no-available-agent");
  sim.hangUp("call-1");
  assert.equal(sim.call("call-1").state, "DISCONNECTED");
});

test("what the centre refuses is a PatchcordError, and the centre lives on", async () => {
  const sim = await centre();
  assert.throws(() => sim.addCall({ id: "call-1" }), { name: "PatchcordError" });
  assert.throws(() => sim.addQueue({ id: "q", agnets: [] }), { name: "PatchcordError" });
  assert.throws(() => sim.addCall("call-2"), { code: "wrong-type" });
  assert.throws(() => sim.addFault(undefined), { code: "missing-field" });
  assert.throws(() => sim.hangUp(42), { code: "wrong-type" });
  sim.addCall({ id: "call-2" });
  assert.equal(sim.call("call-2").state, "WAITING");
});

test("a centre that was closed says so, and another one is not touched", async () => {
  const [sim, other] = [await centre(), await centre()];
  sim.close();
  sim.close();
  assert.throws(() => sim.call("call-1"), { code: "closed" });
  await assert.rejects(sim.fetch(`${sim.baseUrl}${path}`, { headers }), { code: "closed" });
  assert.equal(other.call("call-1").state, "WAITING");
});

test("on the real clock answers come in real time", async () => {
  const sim = await centre({ clock: "real" });
  assert.ok(Math.abs(sim.clock.now() - Date.now()) < 1_000);
  sim.addFault({ operation: "call", delaySeconds: 1 });
  const before = Date.now();
  await settled(sim.fetch(`${sim.baseUrl}${path}`, { headers }));
  assert.ok(Date.now() - before >= 990, `${Date.now() - before} ms`);
});
