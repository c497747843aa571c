// workerd is killed in the middle and started again on what it wrote down. Every transfer ends once, and is sent once.

import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import { verifyAudit } from "patchcord";
import { rest, secret, startPlatform, startWorker, toBilling } from "./support.mjs";

const isTransfer = ({ method }) => method === "POST";

/** A worker that can be killed, with `again` to start the next one on the same folder. */
async function arranged(work) {
  const persist = await mkdtemp(join(tmpdir(), "patchcord-edge-"));
  const platform = await startPlatform();
  const start = () => startWorker({ platform, persist });
  let worker = await start();
  const killed = () => worker.dispose();
  const again = async () => (worker = await start());
  try {
    await work({ platform, persist, worker, killed, again });
  } finally {
    await worker.dispose().catch(() => {});
    platform.close();
    await rm(persist, { recursive: true, force: true });
  }
}

async function accepted(worker, platform, call) {
  platform.sim.addCall({ id: call });
  const { status, headers, text } = await worker.ask("POST", "/transfers", { body: toBilling(call) });
  assert.equal(status, 202, text);
  return headers.get("location");
}

/** Resolves when the platform gets a request that `fits`. */
function arrival(platform, fits, ms = 30_000) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no such request within ${ms} ms`)), ms);
    platform.arriving = (request) => {
      if (!fits(request)) return;
      clearTimeout(timer);
      platform.arriving = () => {};
      resolve();
    };
  });
}

async function assertWhole(worker, platform, call, { events, outcome, problem }) {
  assert.equal(problem, undefined);
  assert.equal(outcome.status, "connected", JSON.stringify(outcome.reasons));
  assert.equal(platform.sim.transfers(call), 1);
  assert.deepEqual(events.map(({ sequence }) => sequence), events.map((_, index) => index + 1));
  assert.deepEqual(events.filter(({ type }) => type === "ended").length, 1);
  assert.deepEqual(outcome.audit.records.map(({ hash, ...event }) => event), events);
  assert.deepEqual(verifyAudit(outcome.audit), { ok: true });
  const { transfers, outcomes } = await worker.journal(`call:${call}`);
  assert.deepEqual([transfers.length, transfers[0].snapshot, outcomes.length], [1, null, 1]);
}

describe("killed and started again", { concurrency: true }, () => {
  for (const lose of ["before", "after"]) {
    test(`while the transfer is on its way, which is lost ${lose} the platform acts on it`, () =>
      arranged(async ({ platform, worker, killed, again }) => {
        platform.sim.addFault({ operation: "transfer", call: "call-1", lose });
        const sent = arrival(platform, isTransfer);
        const location = await accepted(worker, platform, "call-1");
        await sent;
        await killed();
        const next = await again();
        const done = await next.done(location);
        assert.ok(done.events.some(({ type }) => type === "resumed"));
        await assertWhole(next, platform, "call-1", done);
      }));
  }

  test("without a request that wakes it: its alarm does", () =>
    arranged(async ({ platform, worker, killed, again }) => {
      const followed = arrival(platform, isTransfer).then(() => arrival(platform, ({ method }) => method === "GET"));
      const location = await accepted(worker, platform, "call-1");
      await followed;
      await killed();
      const next = await again();
      await arrival(platform, ({ path }) => path.endsWith("/calls/call-1"), 20_000);
      const done = await next.done(location);
      await assertWhole(next, platform, "call-1", done);
    }));

  test("in a wait longer than anybody is kept in memory", () =>
    arranged(async ({ platform, worker, killed, again }) => {
      platform.sim.addFault({ operation: "transfer", call: "call-1", status: 429, retryAfter: 12 });
      const refused = arrival(platform, isTransfer);
      const location = await accepted(worker, platform, "call-1");
      await refused;
      const refusedAt = Date.now();
      while (!(await worker.ask("GET", location)).body.events.some(({ type }) => type === "retry-scheduled")) await rest(50);
      await killed();
      const next = await again();
      await arrival(platform, isTransfer);
      const waited = Date.now() - refusedAt;
      assert.ok(waited >= 12_000 && waited < 17_000, `sent again after ${waited} ms`);
      await assertWhole(next, platform, "call-1", await next.done(location));
    }));

  test("not at all, in such a wait", () =>
    arranged(async ({ platform, worker }) => {
      platform.sim.addFault({ operation: "transfer", call: "call-1", status: 429, retryAfter: 11 });
      const location = await accepted(worker, platform, "call-1");
      await assertWhole(worker, platform, "call-1", await worker.done(location, 30_000));
    }));

  test("three times, with calls in every state", () =>
    arranged(async ({ platform, persist, worker, killed, again }) => {
      const calls = new Map();
      let current = worker;
      for (let round = 0; round < 3; round += 1) {
        for (let index = 0; index < 5; index += 1) {
          const call = `call-${round}-${index}`;
          calls.set(call, await accepted(current, platform, call));
          await rest(37 * index);
        }
        await killed();
        current = await again();
        await Promise.all([...calls.values()].map((location) => current.ask("GET", location)));
      }
      for (const [call, location] of calls) await assertWhole(current, platform, call, await current.done(location));

      const files = (await readdir(persist, { recursive: true, withFileTypes: true })).filter((it) => it.isFile());
      assert.ok(files.length > calls.size);
      for (const { path, name } of files) assert.ok(!(await readFile(join(path, name))).includes(secret), name);
    }));
});
