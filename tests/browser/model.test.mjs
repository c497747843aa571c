// What the desk knows and says, without a browser: its view model has no DOM.

import assert from "node:assert/strict";
import { test } from "node:test";
import { createPatchcord, validate, verifyAudit } from "../../pkg/dist/node.js";
import { PatchcordError } from "../../pkg/dist/error.js";
import { createSimulator } from "../../pkg/dist/simulator/node.js";
import { DeskModel } from "../../pkg/dist/desk/model.js";
import { search } from "../../pkg/dist/desk/search.js";
import { Names } from "../../pkg/dist/desk/names.js";
import { Timeline } from "../../pkg/dist/desk/timeline.js";

const billing = "b1111111-1111-4111-8111-11111111111b";
const overflow = "0f222222-2222-4222-8222-22222222220f";
const queues = [
  { id: billing, name: "Billing", skills: [{ id: "s1", name: "Refunds" }] },
  { id: overflow, name: "Overflow" },
  { id: "t", name: "Technical Support", skills: [{ id: "s2", name: "Réseau" }] },
  { id: "s", name: "Sales Support" },
];
const found = (query) => search(queues, query).map(({ name }) => name);

test("the search ranks names before skills, and keeps the order of the list among equals", () => {
  assert.deepEqual(found(""), ["Billing", "Overflow", "Technical Support", "Sales Support"]);
  assert.deepEqual(found("supp"), ["Technical Support", "Sales Support"]);
  assert.deepEqual(found("over"), ["Overflow"]);
  assert.deepEqual(found("sup tech"), ["Technical Support"]);
  assert.deepEqual(found("refunds"), ["Billing"]);
  assert.deepEqual(found("reseau"), ["Technical Support"]);
  assert.deepEqual(found("tcsup"), ["Technical Support"]);
  assert.deepEqual(found("zzz"), []);
});

test("ids, counts and hints are put in the words of agents", () => {
  const names = new Names(queues, (id) => ({ 999: "Voicemail" })[id]);
  assert.equal(names.sentence(`No available agents in queue ${billing}`), "No available agents in queue Billing.");
  assert.equal(names.sentence("Eligible. 1 agent(s) available."), "Eligible. 1 agent available.");
  assert.equal(names.target({ extension: "999" }), "Voicemail (extension 999)");
  assert.equal(names.target({ phone: "+15550104242" }), "the phone number");
  assert.equal(names.of("0f222222-2222-4222-8222-222222222299"), "0f222222…2299");
  assert.equal(new Names([], () => { throw new Error("no names today"); }).of("ann"), "ann");
});

test("a stale reading is no news, and a state that nobody knows is kept as it came", () => {
  const timeline = new Timeline(new Names(queues), { queue: billing }, undefined);
  const seen = (state, party) => ({ type: "call-observed", state, party, pushed: false });
  let sequence = 0;
  const add = (event) => timeline.add({ sequence: ++sequence, at: 0, ...event });
  add(seen("CONNECTED", "you"));
  add({ type: "state-changed", from: "deciding", to: "sent" });
  add({ type: "request-sent", operation: "transfer", request: 1, attempt: 1 });
  add(seen("CONNECTED", "you"));
  add(seen("PARKED"));
  assert.deepEqual(timeline.lines.map(({ title }) => title), ["Transfer sent", "The platform says PARKED"]);
});

/** The desk's model over a simulated centre, and all that it told. */
async function desk({ policy, rings = 3, start } = {}) {
  const sim = await createSimulator({ profile: "cxone-v2", seed: 7 });
  sim.addQueue({ id: billing, campaign: "ACTIVE", agents: [{ id: "ann", answerSeconds: rings }] });
  sim.addQueue({ id: overflow, campaign: "INACTIVE", agents: [] });
  sim.addCall({ id: "call-1", connectedTo: "you" });
  const patchcord = await createPatchcord({ profile: "cxone-v2", baseUrl: sim.baseUrl, token: () => "t", fetch: sim.fetch, clock: sim.clock, seed: 1, policy });
  const told = [];
  const model = new DeskModel({ changed() {}, told: (it) => told.push(it) });
  model.queues = queues;
  model.call = { id: "call-1" };
  model.connected(
    {
      policy,
      kinds: ["queue", "phone", "extension"],
      now: () => sim.clock.now(),
      validate: (input) => validate("cxone-v2", "transfer", input),
      eligibility: (target) => patchcord.eligibility(target),
      start: start ?? ((input, onEvent, inputs) => patchcord.start(input, { onEvent, inputs })),
      isIntact: (audit) => verifyAudit(audit).ok,
    },
    (id) => ({ ann: "Ann Lee" })[id],
  );
  const over = async () => {
    while (model.session.phase === "running") await new Promise((resolve) => setTimeout(resolve, 5));
    return model.session.run;
  };
  return { model, told, sim, over };
}

test("a transfer that begins can't be begun twice", async () => {
  const { model, over, sim } = await desk();
  model.choose({ queue: billing });
  assert.equal(model.start(), true);
  assert.equal(model.start(), false);
  const { ended } = await over();
  assert.equal(ended.verdict.title, "Connected to Ann Lee");
  assert.equal(ended.intact, true);
  assert.equal(sim.transfers("call-1"), 1);
});

test("what can't take a call is told with the engine's reason and its age", async () => {
  const { model, sim } = await desk();
  model.look([{ queue: overflow }], 0);
  assert.equal(model.standing({ queue: overflow }).title, "Checking…");
  while (model.standing({ queue: overflow }).asOf === undefined) await new Promise((resolve) => setTimeout(resolve, 5));
  const { tone, title, detail, asOf } = model.standing({ queue: overflow });
  assert.deepEqual([tone, title, detail], ["bad", "Can't take the call", "Campaign is not active."]);
  assert.ok(asOf <= sim.clock.now());
});

test("a question that fails makes a target not known, never ineligible", async () => {
  const { model, sim } = await desk();
  sim.addFault({ operation: "agents", status: 500, times: 9 });
  model.look([{ queue: billing }], 0);
  while (model.standing({ queue: billing }).asOf === undefined) await new Promise((resolve) => setTimeout(resolve, 5));
  assert.deepEqual(model.standing({ queue: billing }).title, "Not known");
});

test("without a fallback, a queue that is closed leads to a refusal that says where the call is", async () => {
  const { model, over } = await desk();
  model.choose({ queue: overflow });
  model.start();
  const { verdict } = (await over()).ended;
  assert.equal(verdict.title, "Not transferred");
  assert.equal(verdict.where, "No transfer was sent: the call is where it was. Last seen CONNECTED, with you.");
  assert.deepEqual(verdict.steps.map(({ name, result, reason }) => [name, result, reason]), [["Overflow", "Left out", "Campaign is not active."]]);
});

test("a policy with conditions is told in the agent's words: where the call goes, and why not elsewhere", async () => {
  const step = { ifUnknown: "skip", ifStale: "skip" };
  const policy = {
    steps: [
      { id: "gold", to: { queue: billing }, when: { fact: "tier", is: "gold" }, ...step },
      { id: "others", best: { of: [{ to: { queue: billing } }], by: "expectedWaitSeconds" }, ...step },
    ],
    safe: { id: "voicemail", to: { extension: "999" } },
  };
  const { model, over } = await desk({ policy });
  model.choose({ queue: overflow });
  assert.equal(model.fallback, "Billing, then extension 999");
  model.call = { id: "call-1", inputs: { facts: { tier: "blue" } } };
  model.start();
  const { timeline, ended } = await over();
  assert.deepEqual(ended.verdict.steps.map(({ name, result, reason }) => [name, result, reason]), [
    ["Overflow", "Left out", "Campaign is not active."],
    ["Billing", "Left out", "Its condition is not met."],
    ["Billing", "Left out", "Its condition rests on something that is not known."],
    ["Extension 999", "Took the call", undefined],
  ]);
  assert.ok(timeline.lines.some(({ title, detail }) => title === "Billing left out" && detail === "Its condition is not met."));
});

test("a machine or an IVR that has the call is told as such, and never as somebody", async () => {
  for (const [queue, title, where, reason] of [
    [{ agents: [{ id: "ann", answeredBy: "machine" }] }, "A machine answered", "with a machine", "A machine answered."],
    [{ agents: [{ id: "ann", answers: false }], endsIn: "ivr" }, "The caller is in an IVR", "in an IVR", undefined],
  ]) {
    const { model, over, sim } = await desk();
    const id = "c3333333-3333-4333-8333-33333333333c";
    sim.addQueue({ id, ...queue });
    model.choose({ queue: id });
    model.start();
    const run = await over();
    const titles = run.timeline.lines.map((line) => line.title);
    assert.ok(titles.includes(title) && !titles.some((it) => it.startsWith("Connected")), titles.join());
    assert.match(run.ended.verdict.where, new RegExp(`Last seen CONNECTED, ${where}\\.$`));
    if (reason) assert.equal(run.ended.verdict.steps[0].reason, reason);
  }
});

test("a consult is completed by the agent once the target is on the line, and not before", async () => {
  const done = [];
  let tell;
  const { model } = await desk({
    start: (input, onEvent) => {
      tell = onEvent;
      return { outcome: new Promise(() => {}), cancel: () => done.push("cancel"), complete: () => done.push("complete") };
    },
  });
  model.choose({ queue: billing, mode: "consult" });
  model.start();
  model.complete();
  assert.deepEqual([model.canComplete, done], [false, []]);
  tell({ sequence: 1, at: 0, type: "state-changed", from: "accepted", to: "talking" });
  assert.equal(model.session.run.timeline.stage, "Consulting");
  assert.equal(model.canComplete, true);
  model.complete();
  model.cancel();
  model.cancel();
  assert.deepEqual(done, ["complete", "cancel"]);
});

test("a run that breaks off is said to be lost sight of, not to have failed", async () => {
  const broken = new PatchcordError("internal", "the engine met a defect");
  const { model, told, over } = await desk({ start: () => ({ outcome: Promise.reject(broken), cancel() {} }) });
  model.choose({ queue: billing });
  model.start();
  const { trouble, ended } = await over();
  assert.equal(ended, undefined);
  assert.deepEqual([trouble.title, trouble.message, trouble.hint], ["Lost sight of this transfer", "The engine met a defect.", "Look at the call before you try again."]);
  assert.deepEqual(told.map(({ type }) => type), ["transfer-started", "transfer-interrupted"]);
  model.again();
  assert.equal(model.session.phase, "choosing");
});

test("an error that is none of ours is not repeated at the desk", () => {
  const model = new DeskModel({ changed() {}, told() {} });
  model.failed(new TypeError("Bearer s3cr3t was refused"));
  assert.equal(model.connection.message, "The engine could not be loaded.");
  assert.doesNotMatch(JSON.stringify(model.connection), /s3cr3t/);
});
