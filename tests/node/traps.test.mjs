// A trap ends no promise in silence: the run at fault rejects with the state to resume from, everybody else goes on.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import * as glue from "../../pkg/dist/core.js";
import { Engine } from "../../pkg/dist/engine.js";
import * as partsGlue from "../../pkg/dist/parts.js";
import { connect } from "../../pkg/dist/patchcord.js";
import { billing, centre, overflow, secret, settled, shown, toBilling } from "./support.mjs";

const wasm = readFileSync(new URL("../../pkg/dist/core_bg.wasm", import.meta.url));
const parts = new Engine(partsGlue, "");
parts.bring(() => readFileSync(new URL("../../pkg/dist/parts_bg.wasm", import.meta.url)));

/** What release glue does to an argument that nobody checked: a real trap of the real instance. */
const trap = (its = glue) => its.validate("cxone-v2", "transfer", { length: -1 });

/** A run whose method traps at its `nth` call. */
function trapping(run, method, nth, its = glue) {
  let calls = 0;
  return new Proxy(run, {
    get(target, name) {
      const value = target[name];
      if (typeof value !== "function") return value;
      return (...args) => (name === method && ++calls === nth ? trap(its) : value.apply(target, args));
    },
  });
}

/** An engine over the real glue, the first of whose runs is made to trap. */
function engine({ method, nth } = {}) {
  let runs = 0;
  const made = (run) => (method && ++runs === 1 ? trapping(run, method, nth) : run);
  const Run = { start: (...args) => made(glue.Run.start(...args)), restore: glue.Run.restore };
  const core = new Engine({ ...glue, default: glue.default, Run }, "");
  core.bring(() => wasm);
  return core;
}

function on(core, sim, options = {}) {
  const { baseUrl, fetch, clock } = sim;
  return connect(core, parts, { profile: "cxone-v2", baseUrl, token: () => secret, fetch, clock, seed: 1, ...options });
}

const WHERE = [
  ["poll", 1],
  ["poll", 3],
  ["poll", 12],
  ["handleResponse", 1],
  ["handleResponse", 3],
  ["handleWake", 1],
  ["snapshot", 2],
  ["snapshot", 4],
];

for (const [method, nth] of WHERE) {
  test(`a run whose \`${method}\` traps at call ${nth} rejects, and its snapshot goes on to the outcome`, async () => {
    const sim = await centre();
    const core = engine({ method, nth });
    const patchcord = on(core, sim);
    const error = await settled(patchcord.transfer(toBilling)).then(assert.fail, (thrown) => thrown);
    assert.equal(error.name, "PatchcordError");
    assert.equal(error.code, "internal");
    assert.equal(typeof error.snapshot, "string");
    assert.ok(!shown(error).includes(secret));

    const outcome = await settled(patchcord.resume(error.snapshot).outcome);
    assert.equal(outcome.status, "connected");
    assert.equal(sim.transfers("call-1"), 1);
  });
}

test("a trap while a run is being opened is thrown, and the next one opens on a fresh instance", async () => {
  const sim = await centre();
  const core = engine({ method: "snapshot", nth: 1 });
  const patchcord = on(core, sim);
  assert.throws(() => patchcord.start(toBilling), { name: "PatchcordError", code: "internal" });
  assert.equal(core.generation, 1);
  assert.equal((await settled(patchcord.transfer(toBilling))).status, "connected");
});

test("runs that wait for time outlive the trap of another, each with one outcome and one transfer", async () => {
  const sim = await centre();
  sim.addCall({ id: "call-2" });
  sim.addQueue({ id: overflow, agents: [{ id: "a-carla" }] });
  const core = engine();
  const events = [];
  let breakAt = 2;
  const patchcord = on(core, sim, {
    onEvent: (event) => {
      events.push(event);
      if (event.type === "call-observed" && --breakAt === 0) assert.throws(() => core.call(trap), { code: "internal" });
    },
  });
  const runs = [patchcord.start(toBilling), patchcord.start({ call: "call-2", to: { queue: overflow } })];
  const outcomes = await settled(Promise.all(runs.map(({ outcome }) => outcome)));
  assert.equal(core.generation, 1);
  assert.deepEqual(outcomes.map(({ status }) => status), ["connected", "connected"]);
  assert.deepEqual([sim.transfers("call-1"), sim.transfers("call-2")], [1, 1]);
  assert.ok(events.some(({ type }) => type === "resumed"));
});

test("a run whose request is under way when another call traps looks into what became of it", async () => {
  const sim = await centre();
  const core = engine();
  const late = [];
  let broken = false;
  const patchcord = on(core, sim, {
    fetch: async (request) => {
      const response = await sim.fetch(request);
      if (request.method !== "POST" || broken) return response;
      broken = true;
      assert.throws(() => core.call(trap), { code: "internal" });
      return new Promise((resolve) => late.push(() => resolve(response)));
    },
  });
  const outcome = await settled(patchcord.transfer(toBilling));
  assert.equal(outcome.status, "connected");
  assert.equal(sim.transfers("call-1"), 1);
  // The answer of the first instance's request wakes nobody any more.
  for (const resolve of late) resolve();
  await new Promise((resolve) => setTimeout(resolve, 20));
});

test("the host's late token, answer and body wake nothing in an instance that is gone", async () => {
  for (const late of ["token", "fetch", "body"]) {
    const core = engine();
    let arrive;
    const held = new Promise((resolve) => (arrive = resolve));
    const sim = await centre();
    const patchcord = on(core, sim, {
      token: () => (late === "token" ? held.then(() => secret) : secret),
      fetch: async () => {
        if (late === "fetch") await held;
        const response = Response.json({ state: "WAITING" });
        return late === "body" ? { status: 200, headers: new Headers(), arrayBuffer: () => held.then(() => response.arrayBuffer()) } : response;
      },
    });
    const run = patchcord.start(toBilling);
    await new Promise((resolve) => setTimeout(resolve, 5));
    run.cancel();
    assert.throws(() => core.call(trap), { code: "internal" });
    arrive();
    await settled(run.outcome);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
});

test("a trap inside a task of the engine rejects the runs that may be at fault and spares those that wait for time", async () => {
  const sim = await centre();
  sim.addCall({ id: "call-2" });
  const core = engine();
  let asked = 0;
  const waiting = on(core, sim, { fetch: async () => Response.json({ state: "WAITING" }, { status: 429, headers: { "retry-after": "5" } }) });
  const stuck = on(core, sim, { fetch: () => new Promise(() => {}), clock: { now: Date.now, sleep: () => new Promise(() => {}) } });
  const spared = waiting.start(toBilling);
  const suspect = stuck.start({ call: "call-2", to: { queue: billing } });
  const lost = settled(suspect.outcome).then(assert.fail, (thrown) => thrown);
  await new Promise((resolve) => setTimeout(resolve, 0));

  // A status that throws at its second reading is thrown through the frames of the engine.
  const treacherous = {
    get status() {
      if (++asked > 1) throw new Error("treachery");
      return 200;
    },
  };
  const request = JSON.stringify({ method: "GET", path: "/", headers: [] });
  core.call((it) => it.send(request, "https://cxone.test", () => "t", false, async () => treacherous, new AbortController().signal));

  const error = await lost;
  assert.equal(error.code, "internal");
  assert.equal(typeof error.snapshot, "string");
  assert.equal(core.generation, 1);
  assert.ok(["failed", "refused", "unresolved"].includes((await settled(spared.outcome)).status));

  const { baseUrl, fetch, clock } = sim;
  const resumed = on(core, { baseUrl, fetch, clock }).resume(error.snapshot);
  assert.ok((await settled(resumed.outcome)).status);
});

test("a task that a dead instance had queued disturbs nobody", async () => {
  const core = engine();
  const { signal } = new AbortController();
  const request = JSON.stringify({ method: "GET", path: "/", headers: [] });
  core.call((it) => it.send(request, "https://cxone.test", () => "t", false, () => assert.fail("it was sent"), signal));
  assert.throws(() => core.call(trap), { code: "internal" });
  await new Promise((resolve) => setTimeout(resolve, 10));
  assert.equal(core.generation, 1, "the instance was not retired a second time");
});

test("a question about a queue rejects when the instance breaks over it", async () => {
  const core = engine();
  const patchcord = on(core, await centre(), {
    fetch: () => {
      assert.throws(() => core.call(trap), { code: "internal" });
      return new Promise(() => {});
    },
  });
  await assert.rejects(settled(patchcord.eligibility({ queue: billing })), { name: "PatchcordError", code: "internal" });
});

test("a stack overflow inside a call retires the instance too", () => {
  const core = engine();
  const overflow = () => overflow() + 1;
  assert.throws(() => core.call(overflow), { code: "internal" });
  assert.equal(core.generation, 1);
  assert.ok(core.call((it) => it.profiles()).length > 0);
});

test("a hundred traps leave an engine that works, and the refusals of the core retire nothing", () => {
  const core = engine();
  for (let at = 1; at <= 100; at++) {
    assert.throws(() => core.call(trap), { code: "internal" });
    assert.equal(core.generation, at);
    assert.equal(core.call((it) => it.validate("cxone-v2", "transfer", "{}")).ok, false);
  }
  assert.throws(() => core.call((it) => it.buildRequest("cxone-v2", "transfer", "{}")), { code: "invalid-input" });
  assert.equal(core.generation, 100);
});

/** Parts whose first operation is made to trap. */
function trappingParts(method, nth) {
  let runs = 0;
  const made = (run) => (++runs === 1 ? trapping(run, method, nth, partsGlue) : run);
  const OperationRun = { start: (...args) => made(partsGlue.OperationRun.start(...args)) };
  const engine = new Engine({ ...partsGlue, default: partsGlue.default, OperationRun }, "");
  engine.bring(() => readFileSync(new URL("../../pkg/dist/parts_bg.wasm", import.meta.url)));
  return engine;
}

for (const [method, nth, sent] of [["poll", 1, 0], ["poll", 2, 1], ["handleResponse", 1, 1]]) {
  test(`an operation whose \`${method}\` traps at call ${nth} rejects and is not sent again; the next one is answered`, async () => {
    let placed = 0;
    const fetch = async () => ((placed += 1), Response.json({ callId: "c-1", status: "queued" }));
    const options = { profile: "cxone-v2", baseUrl: "https://na1.example.com", token: () => secret, fetch, seed: 1 };
    const patchcord = connect(engine(), trappingParts(method, nth), options);
    const call = { callerNumber: "+15550100001", calledNumber: "+15550100002", flow: "flow-1" };
    const error = await settled(patchcord.send("personal-connection", call)).then(() => assert.fail("no rejection"), (thrown) => thrown);
    assert.deepEqual([error.code, placed], ["internal", sent]);
    assert.match(error.hint, /look what became of the operation/);
    assert.ok(!shown(error).includes(secret));
    assert.equal((await settled(patchcord.send("personal-connection", call))).status, "done");
  });
}

test("an operation whose request the engine breaks over is looked at as lost, and a call is not placed again", async () => {
  const core = engine();
  let placed = 0;
  const fetch = () => ((placed += 1), new Promise(() => setTimeout(() => assert.throws(() => core.call(() => trap())), 10)));
  const patchcord = connect(core, parts, { profile: "cxone-v2", baseUrl: "https://na1.example.com", token: () => secret, fetch, seed: 1 });
  const outcome = await settled(patchcord.send("personal-connection", { callerNumber: "+15550100001", calledNumber: "+15550100002", flow: "flow-1" }));
  assert.deepEqual([outcome.status, outcome.attempts, placed], ["unknown", 1, 1]);
  assert.equal(outcome.problem.evidence, "the engine was restarted");
});
