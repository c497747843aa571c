// Calls are moved through the worker, on a simulated platform in real time.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { verifyAudit } from "patchcord";
import { agents, billing, brisk, key, rest, secret, startPlatform, startWorker, toBilling } from "./support.mjs";

let platform, worker;
before(async () => {
  platform = await startPlatform();
  worker = await startWorker({ platform, bindings: { PATCHCORD_POLICY: { steps: [{ id: "voicemail", to: { extension: "999" } }] } } });
});
after(async () => {
  await worker?.dispose();
  platform?.close();
});

let calls = 0;
function newCall() {
  const id = `call-${++calls}`;
  platform.sim.addCall({ id });
  return id;
}
const post = (body, headers) => worker.ask("POST", "/transfers", { body, headers });
const problem = ({ status, body }) => [status, body.code];

describe("transfers", { concurrency: true }, () => {
  test("a transfer is accepted at once, followed by its location, and connected", async () => {
    const call = newCall();
    const answer = await post(toBilling(call));
    assert.equal(answer.status, 202, answer.text);
    assert.deepEqual(answer.body, { id: answer.body.id, status: "running" });
    const location = answer.headers.get("location");
    assert.equal(location, `/transfers/${answer.body.id}`);

    const early = (await worker.ask("GET", location)).body;
    assert.deepEqual([early.id, early.status, early.outcome], [answer.body.id, "running", undefined]);
    const { state, outcome, events } = await worker.done(location);
    assert.deepEqual([state, outcome.status, outcome.step, outcome.attempts], ["done", "connected", "primary", 1]);
    assert.ok(agents.includes(outcome.agent), outcome.agent);
    assert.deepEqual(events.map(({ sequence }) => sequence), events.map((_, index) => index + 1));
    assert.deepEqual(outcome.audit.records.map(({ hash, ...event }) => event), events);
    assert.deepEqual(verifyAudit(outcome.audit), { ok: true });
    assert.equal(platform.sim.transfers(call), 1);

    const later = (await worker.ask("GET", `${location}?after=${events.length - 2}`)).body;
    assert.deepEqual(later.events, events.slice(-2));
    assert.equal((await worker.ask("GET", `${location}?after=-1`)).status, 400);
  });

  test("a call that its target does not take goes where the policy of the bindings says", async () => {
    const call = newCall();
    platform.sim.forceFailure({ call });
    const { outcome } = await worker.done((await post(toBilling(call))).headers.get("location"));
    assert.deepEqual([outcome.status, outcome.step, outcome.attempts], ["connected", "voicemail", 2]);
  });

  test("a policy with conditions decides in the worker, on what the order tells", async () => {
    const rule = { ifUnknown: "skip", ifStale: "skip" };
    const steps = [{ id: "gold", to: { queue: billing }, when: { fact: "tier", is: "gold" }, ...rule }];
    const policy = { ...brisk, steps, safe: { id: "voicemail", to: { extension: "999" } } };
    for (const [tier, step] of [["gold", "gold"], ["blue", "voicemail"]]) {
      const body = { ...toBilling(newCall()), to: { queue: "22222222-2222-4222-8222-222222222222" }, policy, inputs: { facts: { tier } } };
      const answer = await post(body);
      assert.equal(answer.status, 202, answer.text);
      const { outcome } = await worker.done(answer.headers.get("location"));
      assert.deepEqual([outcome.status, outcome.step], ["connected", step]);
    }
    const wrong = await post({ ...toBilling(newCall()), policy: { ...policy, steps: [{ ...steps[0], when: { fact: "teir", is: "gold" } }] }, inputs: 7 });
    assert.equal(wrong.status, 400, wrong.text);
    assert.deepEqual(wrong.body.issues.map(({ code, path }) => [code, path]), [["unknown-name", "$.policy.steps[0].when.fact"], ["wrong-type", "$.inputs"]]);
  });

  test("a second transfer of a call that is being moved is a conflict with the first", async () => {
    const call = newCall();
    const first = (await post(toBilling(call))).headers.get("location");
    const second = await post(toBilling(call));
    assert.deepEqual(problem(second), [409, "transfer-in-progress"]);
    assert.equal(second.headers.get("location"), first);
    await worker.done(first);
    const third = (await post(toBilling(call))).headers.get("location");
    assert.notEqual(third, first);
    await worker.done(third);
    assert.equal((await worker.ask("GET", first)).body.outcome.status, "connected");
  });

  test("twenty at once for one call: one is accepted", async () => {
    const call = newCall();
    const answers = await Promise.all(Array.from({ length: 20 }, () => post(toBilling(call))));
    const accepted = answers.filter(({ status }) => status === 202);
    assert.equal(accepted.length, 1);
    assert.equal(answers.filter(({ status }) => status === 409).length, 19);
    await worker.done(accepted[0].headers.get("location"));
    assert.equal(platform.sim.transfers(call), 1);
  });

  test("a request that comes again with its idempotency key is the same transfer, even after the end", async () => {
    const call = newCall();
    const [again, other] = [{ "idempotency-key": '"key-1"' }, { "idempotency-key": "key-1" }];
    const answers = await Promise.all([post(toBilling(call), again), post(toBilling(call), again), post(toBilling(call), other)]);
    const locations = new Set(answers.map(({ status, headers }) => `${status} ${headers.get("location")}`));
    assert.equal(locations.size, 1, [...locations].join(", "));
    const location = answers[0].headers.get("location");
    await worker.done(location);
    const late = await post(toBilling(call), again);
    assert.deepEqual([late.status, late.headers.get("location"), late.body.status], [202, location, "done"]);
    assert.equal(platform.sim.transfers(call), 1);

    assert.deepEqual(problem(await post(toBilling(call, { budgetSeconds: 60 }), again)), [422, "idempotency-key-reused"]);
    const stranger = newCall();
    assert.deepEqual(problem(await post(toBilling(stranger), again)), [422, "idempotency-key-reused"]);
    assert.equal(platform.sim.transfers(stranger), 0);
  });

  test("a transfer is cancelled once, while it runs", async () => {
    const call = newCall();
    platform.sim.addFault({ operation: "call", call, delaySeconds: 2 });
    const location = (await post(toBilling(call))).headers.get("location");
    assert.equal((await worker.ask("DELETE", location)).status, 202);
    const { outcome } = await worker.done(location);
    assert.deepEqual([outcome.status, platform.sim.transfers(call)], ["cancelled", 0]);
    assert.deepEqual(problem(await worker.ask("DELETE", location)), [409, "transfer-ended"]);
  });

  test("events that the platform pushes reach the transfer, and strange ones do it no harm", async () => {
    const call = newCall();
    const push = (body) => worker.ask("POST", `/calls/${call}/events`, { body });
    assert.deepEqual(problem(await push({ state: "WAITING" })), [404, "no-transfer"]);
    const location = (await post(toBilling(call))).headers.get("location");
    for (const body of [{}, { state: 7 }, { id: call, state: "NEVER_HEARD_OF" }, { deep: [[[{}]]], number: 1e300, text: "\u0000 𝄞" }]) {
      assert.equal((await push(body)).status, 202);
    }
    for (const body of ["null", "[]", '"x"', "{", '{"a":"\\udead"}', '{"\\ud800":1}', '{"a":1e999}', `{"a":${"[".repeat(90)}${"]".repeat(90)}}`]) {
      const answer = await push(body);
      assert.equal(answer.status, 400, `${body}: ${answer.text}`);
    }
    const { outcome, events } = await worker.done(location);
    assert.equal(outcome.status, "connected");
    assert.ok(events.some(({ type, pushed }) => pushed || type === "ignored"), "no pushed event is in the journal");
    assert.deepEqual(problem(await push({ state: "CONNECTED" })), [404, "no-transfer"]);
    assert.equal((await worker.ask("POST", "/calls/%20/events", { body: {} })).status, 400);
  });

  test("an answer that is lost on the way is looked into, not sent again", async () => {
    const call = newCall();
    platform.sim.addFault({ operation: "transfer", call, lose: "after" });
    const { outcome, events } = await worker.done((await post(toBilling(call))).headers.get("location"));
    assert.equal(outcome.status, "connected");
    assert.ok(events.some(({ type }) => type === "response-lost"));
    assert.equal(platform.sim.transfers(call), 1);
  });

  test("a call that the platform does not know ends as refused", async () => {
    const { outcome } = await worker.done((await post(toBilling("call-nobody-knows"))).headers.get("location"));
    assert.equal(outcome.status, "refused");
    assert.ok(outcome.reasons.some(({ code }) => code === "call-not-found"));
  });

  test("after the end the journal holds one outcome, no snapshot, no token, no number", async () => {
    const call = newCall();
    const number = "+15550123456";
    const order = { call, to: { phone: number }, callbackNumber: number, policy: { steps: [], ...brisk } };
    const location = (await post(order, { "idempotency-key": "key-2" })).headers.get("location");
    const [running] = (await worker.journal(`call:${call}`)).transfers;
    assert.ok(running.snapshot, "a run that nobody could take up again");
    const { outcome } = await worker.done(location);
    assert.equal(outcome.status, "connected");
    const { transfers, outcomes } = await worker.journal(`call:${call}`);
    assert.deepEqual([transfers.length, transfers[0].snapshot, outcomes.length], [1, null, 1]);
    const kept = JSON.stringify([await worker.journal(`call:${call}`), await worker.journal("key:key-2"), await worker.ask("GET", location)]);
    for (const hidden of [number, number.slice(1), secret, key]) assert.ok(!kept.includes(hidden), hidden);
  });

  test("what can't be written down is not done", async () => {
    const call = "call-unwritable";
    platform.sim.addCall({ id: call });
    assert.deepEqual(problem(await post(toBilling(call))), [500, "internal"]);
    await rest(500);
    assert.deepEqual(platform.seen.filter(({ path }) => path.includes(call)), []);
    assert.deepEqual(await worker.journal(`call:${call}`), {});
  });

  test("a run that can't be taken up again is given up, said so, and stands in nobody's way", async () => {
    const call = newCall();
    platform.sim.addFault({ operation: "call", call, delaySeconds: 2 });
    const location = (await post(toBilling(call))).headers.get("location");
    await worker.ask("GET", `/journal?of=call:${call}&spoil`).catch(() => {});
    const { status, outcome, problem: why } = await worker.done(location);
    assert.deepEqual([status, outcome, why.code], ["done", undefined, "internal"]);
    assert.deepEqual(problem(await worker.ask("DELETE", location)), [409, "transfer-ended"]);
    const next = (await post(toBilling(call))).headers.get("location");
    assert.equal((await worker.done(next)).outcome.status, "connected");
  });

  test("many calls at once", async () => {
    const many = await Promise.all(Array.from({ length: 25 }, async () => post({ ...toBilling(newCall()), to: { extension: "100" } })));
    const ends = await Promise.all(many.map(({ headers }) => worker.done(headers.get("location"), 30_000)));
    assert.deepEqual(new Set(ends.map(({ outcome }) => outcome.status)), new Set(["connected"]));
  });
});
