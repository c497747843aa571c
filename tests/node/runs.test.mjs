// Runs in the host's hands: events, signals, inputs, snapshots.

import assert from "node:assert/strict";
import { test } from "node:test";
import { verifyAudit } from "../../pkg/dist/node.js";
import { centre, connected, settled, toBilling } from "./support.mjs";

test("events come in order, without gaps, after the run is in hand, and end with the outcome", async () => {
  const sim = await centre();
  const [all, own] = [[], []];
  const patchcord = await connected(sim, { onEvent: (event) => all.push(event) });
  const run = patchcord.start(toBilling, { onEvent: (event) => own.push([event, run.snapshot()]) });
  assert.equal(all.length, 0);
  const outcome = await settled(run.outcome);
  assert.deepEqual(all.map(({ sequence }) => sequence), all.map((_, at) => at + 1));
  assert.deepEqual(own.map(([event]) => event), all);
  assert.deepEqual([all[0].type, all.at(-1).type], ["started", "ended"]);
  assert.equal(all.at(-1).status, outcome.status);
  assert.equal(outcome.audit.records.length, all.length);
});

const LISTENERS = {
  "throws": () => {
    throw new Error("broken listener");
  },
  "rejects": () => Promise.reject(new Error("broken listener")),
  "never returns its promise": () => new Promise(() => {}),
  "returns a thenable that throws": () => ({
    then() {
      throw new Error("broken thenable");
    },
  }),
};

for (const [what, onEvent] of Object.entries(LISTENERS)) {
  test(`a listener that ${what} harms nobody`, async () => {
    const seen = [];
    const patchcord = await connected(await centre(), { onEvent });
    const outcome = await settled(patchcord.transfer(toBilling, { onEvent: ({ type }) => seen.push(type) }));
    assert.equal(outcome.status, "connected");
    assert.equal(seen.at(-1), "ended");
  });
}

test("a listener may cancel the run from within an event", async () => {
  const sim = await centre();
  const run = (await connected(sim)).start(toBilling, {
    onEvent: ({ type }) => type === "started" && run.cancel(),
  });
  const outcome = await settled(run.outcome);
  assert.equal(outcome.status, "cancelled");
  assert.equal(sim.transfers("call-1"), 0);
});

test("a signal that was aborted before sends nothing", async () => {
  for (const where of ["options", "call"]) {
    const sim = await centre();
    let sent = 0;
    const fetch = (request) => {
      sent += 1;
      return sim.fetch(request);
    };
    const patchcord = await connected(sim, { fetch, ...(where === "options" && { signal: AbortSignal.abort() }) });
    const outcome = await settled(patchcord.transfer(toBilling, where === "call" ? { signal: AbortSignal.abort() } : {}));
    assert.equal(outcome.status, "cancelled");
    assert.equal(sent, 0);
  }
});

test("a signal that is aborted on the way cancels the run, and its listeners are let go at the end", async () => {
  const sim = await centre();
  const controller = new AbortController();
  const { signal } = controller;
  let listening = 0;
  const [add, remove] = [signal.addEventListener, signal.removeEventListener];
  signal.addEventListener = (...args) => {
    listening += 1;
    add.apply(signal, args);
  };
  signal.removeEventListener = (...args) => {
    listening -= 1;
    remove.apply(signal, args);
  };
  const patchcord = await connected(sim, { signal });
  const outcome = await settled(patchcord.transfer(toBilling, { onEvent: ({ type }) => type === "call-observed" && controller.abort() }));
  assert.equal(outcome.status, "cancelled");
  assert.equal(listening, 0);
});

test("the caller's hanging up ends the run, told by the host or read from the platform", async () => {
  const sim = await centre();
  sim.addCall({ id: "call-2" });
  const patchcord = await connected(sim);
  const told = patchcord.start(toBilling, { onEvent: ({ type }) => type === "call-observed" && told.callerLeft() });
  const hungUp = (event) => event.type === "response-received" && event.operation === "transfer" && sim.hangUp("call-2");
  const read = patchcord.start({ call: "call-2", to: { extension: "999" } }, { onEvent: hungUp });
  assert.equal((await settled(told.outcome)).status, "caller-left");
  assert.equal((await settled(read.outcome)).status, "caller-left");
});

test("inputs after the end change nothing", async () => {
  const run = (await connected(await centre())).start(toBilling);
  const outcome = await settled(run.outcome);
  run.cancel();
  run.callerLeft();
  run.complete();
  run.push({ state: "FAILED" });
  assert.equal(await run.outcome, outcome);
  assert.equal(typeof run.snapshot(), "string");
});

test("an event that is no JSON is refused, and one that means nothing is passed over", async () => {
  const run = (await connected(await centre())).start(toBilling);
  assert.throws(() => run.push({ at: () => {} }), { code: "wrong-type", path: "$.at" });
  assert.throws(() => run.push(undefined), { code: "wrong-type" });
  run.push({ weather: "fine" });
  assert.equal((await settled(run.outcome)).status, "connected");
});

test("text that is no JSON ends no run when it is pushed", async () => {
  const run = (await connected(await centre())).start(toBilling);
  assert.throws(() => run.push("{ not json"), { code: "invalid-json" });
  assert.equal((await settled(run.outcome)).status, "connected");
});

test("a run whose host dies at any moment goes on elsewhere to the same end, and the platform takes one transfer", async () => {
  const whole = await settled((await connected(await centre())).transfer(toBilling));
  for (let moment = 1; moment < whole.audit.records.length; moment++) {
    const sim = await centre();
    let dead = false;
    const host = await connected(sim, { fetch: (request) => (dead ? new Promise(() => {}) : sim.fetch(request)) });
    const snapshot = await new Promise((resolve) => {
      const run = host.start(toBilling, {
        onEvent({ sequence }) {
          if (sequence !== moment) return;
          dead = true;
          resolve(run.snapshot());
        },
      });
    });
    const outcome = await settled((await connected(sim)).resume(snapshot).outcome);
    assert.equal(outcome.status, "connected", `after event ${moment}`);
    assert.equal(sim.transfers("call-1"), 1);
    assert.deepEqual(verifyAudit(outcome.audit), { ok: true });
  }
});

test("the snapshot is written before the request that an event announces leaves", async () => {
  const order = [];
  const sim = await centre();
  const run = (await connected(sim, {
    fetch: (request) => {
      order.push(`${request.method} leaves`);
      return sim.fetch(request);
    },
    onEvent: ({ type, operation }) => type === "request-sent" && operation === "transfer" && order.push("POST is written down", run.snapshot()),
  })).start(toBilling);
  await settled(run.outcome);
  const written = order.indexOf("POST is written down");
  assert.ok(written >= 0 && written < order.indexOf("POST leaves"));
  // A host that went down between the two resumes, and finds out that nothing was sent.
  const other = await centre();
  const outcome = await settled((await connected(other)).resume(order[written + 1]).outcome);
  assert.equal(outcome.status, "connected");
  assert.equal(other.transfers("call-1"), 1);
});
