// The same package by `require`: one engine and one class of error for all its entries.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";
import { billing, settled } from "./support.mjs";

const require = createRequire(import.meta.url);
const patchcord = require("../../pkg/dist/node.cjs");
const { PatchcordError, createSimulator } = require("../../pkg/dist/simulator/node.cjs");

test("CommonJS exports what the ES module exports", async () => {
  assert.deepEqual(Object.keys(patchcord).sort(), Object.keys(await import("../../pkg/dist/node.js")).sort());
});

test("CommonJS moves a call from simulator to outcome", async () => {
  const sim = await createSimulator({ profile: "cxone-v2", seed: 7 });
  sim.addQueue({ id: billing, agents: [{ id: "ann" }] });
  sim.addCall({ id: "call-1" });
  const { baseUrl, fetch, clock } = sim;
  await patchcord.ready();
  const connected = await patchcord.createPatchcord({ profile: "cxone-v2", baseUrl, fetch, clock, token: () => "t" });
  assert.equal((await settled(connected.transfer({ call: "call-1", to: { queue: billing } }))).status, "connected");
});

test("entries share one class of error", () => {
  assert.equal(PatchcordError, patchcord.PatchcordError);
  assert.throws(() => patchcord.buildRequest("cxone-v2", "transfer", {}), PatchcordError);
});
