// Every argument is checked before it reaches the engine, and what is wrong with it is said: code, path, hint.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as patchcord from "../../pkg/dist/node.js";
import { createSimulator } from "../../pkg/dist/simulator/node.js";
import { billing, centre, connected, secret, settled, shown, toBilling } from "./support.mjs";

const { PatchcordError, buildRequest, checkEligibility, checkPolicy, createPatchcord, profiles, roster, validate, verifyAudit } = patchcord;

const good = { profile: "cxone-v2", baseUrl: "https://na1.example.com", token: () => secret };

const BAD_OPTIONS = [
  ["no options at all", undefined, "missing-field", "$"],
  ["a list", [], "wrong-type", "$"],
  ["no profile", { ...good, profile: undefined }, "missing-field", "$.profile"],
  ["a profile that is a number", { ...good, profile: 2 }, "wrong-type", "$.profile"],
  ["a profile that nobody knows", { ...good, profile: "cxone-v9" }, "unknown-profile", "$.profile"],
  ["no address", { ...good, baseUrl: undefined }, "missing-field", "$.baseUrl"],
  ["an empty address", { ...good, baseUrl: "" }, "wrong-type", "$.baseUrl"],
  ["an address that is a URL object", { ...good, baseUrl: new URL(good.baseUrl) }, "wrong-type", "$.baseUrl"],
  ["a relative address", { ...good, baseUrl: "/api" }, "invalid-url", "$.baseUrl"],
  ["an address without a scheme", { ...good, baseUrl: "na1.example.com" }, "invalid-url", "$.baseUrl"],
  ["an address of a file", { ...good, baseUrl: "file:///etc/passwd" }, "invalid-url", "$.baseUrl"],
  ["a password in the address", { ...good, baseUrl: `https://me:${secret}@na1.example.com` }, "invalid-url", "$.baseUrl"],
  ["a query in the address", { ...good, baseUrl: "https://na1.example.com?a=1" }, "invalid-url", "$.baseUrl"],
  ["no token", { ...good, token: undefined }, "missing-field", "$.token"],
  ["a token that is text", { ...good, token: secret }, "wrong-type", "$.token"],
  ["a fetch that is no function", { ...good, fetch: {} }, "wrong-type", "$.fetch"],
  ["a clock without sleep", { ...good, clock: { now: Date.now } }, "missing-field", "$.clock.sleep"],
  ["a signal that is none", { ...good, signal: {} }, "wrong-type", "$.signal"],
  ["a listener that is none", { ...good, onEvent: "log" }, "wrong-type", "$.onEvent"],
  ["a seed that is text", { ...good, seed: "7" }, "wrong-type", "$.seed"],
  ["a seed with a fraction", { ...good, seed: 1.5 }, "out-of-range", "$.seed"],
  ["a negative seed", { ...good, seed: -1 }, "out-of-range", "$.seed"],
  ["a misspelled option", { ...good, onevent: () => {} }, "unknown-field", "$.onevent"],
  ["a policy that is a list", { ...good, policy: [] }, "wrong-type", "$.policy"],
  ["a policy with endless patience", { ...good, policy: { steps: [], budgetSeconds: Infinity } }, "wrong-type", "$.policy.budgetSeconds"],
  ["a policy whose step goes nowhere", { ...good, policy: { steps: [{ id: "a" }] } }, "invalid-input", "$.policy.steps[0].to"],
];

for (const [what, options, code, path] of BAD_OPTIONS) {
  test(`createPatchcord refuses ${what}`, async () => {
    const error = await settled(createPatchcord(options)).then(assert.fail, (thrown) => thrown);
    assert.ok(error instanceof PatchcordError);
    assert.deepEqual([error.code, error.path], [code, path]);
    assert.ok(error.hint, "there is a hint");
    assert.ok(!shown(error).includes(secret), "the token shows");
  });
}

test("a misspelled option is answered with the name that was meant", async () => {
  await assert.rejects(createPatchcord({ ...good, baseURL: "https://x.example.com" }), { code: "unknown-field", hint: "did you mean `baseUrl`?" });
});

test("slashes at the end of the address change nothing", async () => {
  const sim = await centre();
  const urls = [];
  const fetch = (request) => {
    urls.push(request.url);
    return sim.fetch(request);
  };
  const outcome = await settled((await connected(sim, { baseUrl: `${sim.baseUrl}///`, fetch })).transfer(toBilling));
  assert.equal(outcome.status, "connected");
  assert.ok(urls.every((url) => url.startsWith(`${sim.baseUrl}/api/v2/voice/`)), urls[0]);
});

const BAD_TRANSFERS = [
  ["nothing", undefined, "missing-field", "$"],
  ["text", "call-1", "wrong-type", "$"],
  ["no call", { to: { queue: billing } }, "invalid-input", "$.call"],
  ["a call that is a number", { ...toBilling, call: 7 }, "invalid-input", "$.call"],
  ["a queue that is no UUID", { call: "call-1", to: { queue: "billing" } }, "invalid-input", "$.to.queue"],
  ["a phone number without its plus", { call: "call-1", to: { phone: "5550100" } }, "invalid-input", "$.to.phone"],
  ["an extension of letters", { call: "call-1", to: { extension: "VOICE" } }, "invalid-input", "$.to.extension"],
  ["a priority of 6", { ...toBilling, priority: 6 }, "invalid-input", "$.priority"],
  ["a priority that is NaN", { ...toBilling, priority: Number.NaN }, "wrong-type", "$.priority"],
  ["a bigint", { ...toBilling, priority: 2n }, "wrong-type", "$.priority"],
  ["a function", { ...toBilling, mode: () => "blind" }, "wrong-type", "$.mode"],
  ["an unknown mode", { ...toBilling, mode: "warm" }, "invalid-input", "$.mode"],
  ["a misspelled field", { ...toBilling, prio: 2 }, "invalid-input", "$.prio"],
];

for (const [what, request, code, path] of BAD_TRANSFERS) {
  test(`a transfer of ${what} is refused with its report, and nothing is sent`, async () => {
    const sim = await centre();
    let sent = 0;
    const patchcord = await connected(sim, {
      fetch: (it) => {
        sent += 1;
        return sim.fetch(it);
      },
    });
    const error = await settled(patchcord.transfer(request)).then(assert.fail, (thrown) => thrown);
    assert.deepEqual([error.name, error.code, error.path], ["PatchcordError", code, path]);
    if (code === "invalid-input") {
      assert.equal(error.report.ok, false);
      assert.equal(error.report.issues[0].path, path);
      assert.ok(error.report.issues[0].hint);
    }
    assert.throws(() => patchcord.start(request), { code, path });
    assert.equal(sent, 0);
  });
}

test("an object in a circle is refused, not followed for ever", async () => {
  const circle = { ...toBilling };
  circle.to = circle;
  await assert.rejects((await connected(await centre())).transfer(circle), { code: "wrong-type" });
});

test("what one call may have of its own is checked too", async () => {
  const patchcord = await connected(await centre());
  assert.throws(() => patchcord.start(toBilling, null), { code: "wrong-type", path: "$" });
  assert.throws(() => patchcord.start(toBilling, { onEvent: 1 }), { code: "wrong-type", path: "$.onEvent" });
  assert.throws(() => patchcord.start(toBilling, { timeout: 5 }), { code: "unknown-field", path: "$.timeout" });
  assert.throws(() => patchcord.start(toBilling, { policy: { budgetSeconds: 0 } }), { code: "invalid-input", path: "$.policy.budgetSeconds" });
  assert.throws(() => patchcord.resume(undefined), { code: "missing-field" });
  assert.throws(() => patchcord.resume("{}"), { code: "invalid-snapshot" });
  await assert.rejects(patchcord.eligibility(undefined), { code: "missing-field" });
  await assert.rejects(patchcord.eligibility({ queue: "billing" }), { code: "invalid-input", path: "$.queue" });
});

test("the synchronous parts refuse what the glue would take for a pointer", () => {
  for (const bad of [undefined, null, 42, {}, [], () => {}]) {
    assert.throws(() => buildRequest(bad, "transfer", toBilling), PatchcordError);
    assert.throws(() => buildRequest("cxone-v2", bad, toBilling), PatchcordError);
    assert.throws(() => validate(bad, "transfer", {}), PatchcordError);
    assert.throws(() => roster(bad, "[]"), PatchcordError);
    if (bad !== undefined) assert.throws(() => roster("cxone-v2", "[]", bad), PatchcordError);
    assert.throws(() => roster("cxone-v2", bad), PatchcordError);
    assert.throws(() => checkPolicy(bad, { steps: [] }), PatchcordError);
    assert.throws(() => verifyAudit(bad), PatchcordError);
  }
  assert.equal(profiles()[0].name, "cxone-v2");
});

test("validate reports what JSON has no words for as a finding", () => {
  const report = validate("cxone-v2", "transfer", { ...toBilling, priority: Number.POSITIVE_INFINITY });
  assert.equal(report.ok, false);
  assert.deepEqual([report.issues[0].code, report.issues[0].path], ["wrong-type", "$.priority"]);
  assert.equal(validate("cxone-v2", "transfer", undefined).ok, false);
});

test("JSON text may stand for an input, and broken text is a finding", () => {
  assert.equal(buildRequest("cxone-v2", "transfer", JSON.stringify(toBilling)).method, "POST");
  assert.equal(validate("cxone-v2", "transfer", "{").issues[0].code, "invalid-json");
});

test("a roster is counted from bytes, from a buffer and from text", () => {
  const text = JSON.stringify([
    { userId: "a", status: "AVAILABLE", skills: [{ skillId: "s" }] },
    { userId: "b", status: "AVAILABLE", skills: [] },
    { userId: "c", status: "ON_CALL", skills: [{ skillId: "s" }] },
  ]);
  const bytes = new TextEncoder().encode(text);
  for (const body of [text, bytes, bytes.buffer]) assert.deepEqual(roster("cxone-v2", body, "s"), { agents: 3, available: 2, eligible: 1 });
});

test("eligibility is judged from bodies at hand", () => {
  const agents = [{ userId: "a", status: "AVAILABLE", skills: [] }];
  const judged = (answers) => checkEligibility("cxone-v2", { queue: billing }, answers);
  assert.deepEqual([judged({ campaigns: [{ status: "ACTIVE" }], agents }).eligible, judged({ campaigns: [], agents }).code], [true, "no-campaign"]);
  assert.equal(judged({ campaigns: [{ status: "PAUSED" }], agents }).code, "no-active-campaign");
  assert.equal(judged({ campaigns: [{ status: "ACTIVE" }], agents: [] }).code, "no-available-agent");
});

test("createSimulator refuses bad options", async () => {
  await assert.rejects(createSimulator(), { code: "missing-field", path: "$" });
  await assert.rejects(createSimulator({ profile: "cxone-v2", clock: "lunar" }), { code: "unknown-value", path: "$.clock" });
  await assert.rejects(createSimulator({ profile: "cxone-v2", seed: -1 }), { code: "out-of-range", path: "$.seed" });
  await assert.rejects(createSimulator({ profile: "cxone-v2", sed: 1 }), { code: "unknown-field", path: "$.sed" });
});

test("a value that says nothing in JSON is refused as what it is", () => {
  const circle = {};
  circle.self = circle;
  for (const nothing of [{ toJSON() {} }, { toJSON: () => circle }, { toJSON: () => 7n }]) {
    assert.throws(() => buildRequest("cxone-v2", "call", nothing), { name: "PatchcordError", code: "wrong-type", path: "$" });
    assert.equal(validate("cxone-v2", "call", nothing).issues[0].code, "wrong-type");
  }
});
