// The host's time: broken clocks reject with a snapshot, and the system's own is the default.

import assert from "node:assert/strict";
import { test } from "node:test";
import { systemClock } from "../../pkg/dist/clock.js";
import { centre, connected, settled, toBilling } from "./support.mjs";

const CLOCKS = {
  "whose sleep rejects": (clock) => ({ ...clock, sleep: () => Promise.reject(new Error("no timers")) }),
  "whose sleep rejects with null": (clock) => ({ ...clock, sleep: () => Promise.reject(null) }),
  "whose sleep throws": (clock) => ({
    ...clock,
    sleep: () => {
      throw new Error("no timers");
    },
  }),
  "whose sleep returns at once while time stands still": (clock) => ({ ...clock, sleep: () => undefined }),
  "whose time is no number": (clock) => ({ ...clock, now: ailing(clock.now, () => Number.NaN) }),
  "whose time is text": (clock) => ({ ...clock, now: ailing(clock.now, () => "12:00") }),
  "that throws when it is read": (clock) => ({
    ...clock,
    now: ailing(clock.now, () => {
      throw new Error("stopped");
    }),
  }),
};

/** Tells the time a few times, and then does not. */
function ailing(now, failure) {
  let left = 2;
  return () => (left-- > 0 ? now() : failure());
}

for (const [what, breaking] of Object.entries(CLOCKS)) {
  test(`a run on a clock ${what} rejects and goes on from its snapshot on another clock`, async () => {
    const sim = await centre();
    const { now, sleep } = sim.clock;
    const broken = await connected(sim, { clock: breaking({ now, sleep }) });
    const error = await settled(broken.transfer(toBilling)).then(assert.fail, (thrown) => thrown);
    assert.deepEqual([error.name, error.code], ["PatchcordError", "clock"]);
    const outcome = await settled((await connected(sim)).resume(error.snapshot).outcome);
    assert.equal(outcome.status, "connected");
    assert.equal(sim.transfers("call-1"), 1);
  });
}

test("a clock that can't be read at all opens no run", async () => {
  const patchcord = await connected(await centre(), { clock: { now: () => undefined, sleep: async () => {} } });
  assert.throws(() => patchcord.start(toBilling), { code: "clock" });
});

test("the system clock sleeps for real, ends early when it is told to, and bears sleeps beyond the longest timer", async () => {
  const before = Date.now();
  await systemClock.sleep(30, new AbortController().signal);
  assert.ok(Date.now() - before >= 25, "it slept");
  const controller = new AbortController();
  const long = systemClock.sleep(2 ** 40, controller.signal);
  let over = false;
  void long.then(() => (over = true));
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(over, false, "a timer that overflows would fire at once");
  controller.abort();
  await settled(long);
  await settled(systemClock.sleep(1_000, AbortSignal.abort()));
});

test("the host's own fetch and time are the defaults, looked up when they are needed", async () => {
  const sim = await centre({ clock: "real" });
  const original = globalThis.fetch;
  const patchcord = await connected(sim, { fetch: undefined, clock: undefined, policy: { steps: [], pollSeconds: 1 } });
  globalThis.fetch = sim.fetch;
  try {
    const outcome = await settled(patchcord.transfer({ call: "call-1", to: { extension: "999" } }), 30_000);
    assert.equal(outcome.status, "connected");
    assert.ok(Math.abs(outcome.endedAt - Date.now()) < 5_000);
  } finally {
    globalThis.fetch = original;
  }
});
