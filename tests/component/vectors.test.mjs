// The component, called through jco, over the vectors that every runtime reads.
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { transpile, writeFiles } from "@bytecodealliance/jco-transpile";

const component = new URL("../../pkg/dist/patchcord.component.wasm", import.meta.url);
const read = async (name) => JSON.parse(await readFile(new URL(`../vectors/${name}.json`, import.meta.url), "utf8"));
const vectors = (name) => read(`cxone-v2/${name}`);
const bytes = (value) => new TextEncoder().encode(JSON.stringify(value));

let folder, core, imports;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "patchcord-component-"));
  const made = await transpile(fileURLToPath(component), { name: "core", outDir: folder, noNodejsCompat: false });
  imports = made.imports;
  await writeFiles(made.files);
  core = await import(pathToFileURL(join(folder, "core.js")));
});
after(() => rm(folder, { recursive: true, force: true }));

const target = ({ queue, skill, extension, phone }) => {
  if (queue != null) return { tag: "queue", val: { queue, skill: skill ?? undefined } };
  if (skill != null) return { tag: "skill", val: skill };
  if (extension != null) return { tag: "extension", val: extension };
  return { tag: "phone", val: phone };
};

/** Whether a record can say what the vector's input says: JSON can be wrong in ways that types rule out. */
const typed = ({ call, to, mode, priority, callbackNumber, ...rest }) =>
  typeof call === "string" && typeof to === "object" && !Array.isArray(to) && to !== null && Object.keys(rest).length === 0 &&
  Object.entries(to).every(([name, value]) => ["queue", "skill", "extension", "phone"].includes(name) && (value === null || typeof value === "string")) &&
  [1].includes(["queue", "extension", "phone"].filter((name) => to[name] != null).length + (to.queue == null && to.skill != null ? 1 : 0)) &&
  [undefined, null, "blind", "consult"].includes(mode) && (priority == null || (Number.isInteger(priority) && priority >= 0)) &&
  (callbackNumber == null || typeof callbackNumber === "string");

const intent = ({ call, to, mode, priority, callbackNumber }) => ({
  call, to: target(to), mode: mode ?? "blind", priority: priority ?? undefined, callbackNumber: callbackNumber ?? undefined,
});

const finding = ({ code, path, hint }) => ({ code, path, hint });

test("it imports nothing", () => {
  assert.deepEqual([...imports], []);
});

test("transfers are built and reported as the vectors say", async () => {
  let seen = 0;
  for (const vector of (await vectors("transfer")).filter(({ input }) => !Array.isArray(input) && typed(input))) {
    seen += 1;
    const issues = core.validation.validateTransfer(vector.profile, intent(vector.input));
    if (vector.request) {
      assert.deepEqual(issues, [], vector.name);
      const { timeoutMs, ...built } = core.building.buildTransfer(vector.profile, intent(vector.input));
      assert.deepEqual({ ...built, timeout: Number(timeoutMs) }, vector.request, vector.name);
    } else {
      assert.deepEqual(issues.map(finding), vector.report, vector.name);
      assert.throws(
        () => core.building.buildTransfer(vector.profile, intent(vector.input)),
        (refusal) => refusal.code === "invalid-input" && refusal.issues.length === vector.report.length,
        vector.name,
      );
    }
  }
  assert.ok(seen > 20, `${seen} vectors were read`);
});

test("eligibility is judged as the vectors say", async () => {
  for (const vector of await vectors("eligibility")) {
    const answers = Object.entries(vector.answers).map(([operation, body]) => [operation, bytes(body)]);
    const verdict = core.eligibility.judge(vector.profile, target(vector.target), answers);
    assert.deepEqual(JSON.parse(JSON.stringify(verdict)), vector.eligibility, vector.name);
  }
});

test("a roster is counted from its bytes", () => {
  const body = bytes([{ status: "AVAILABLE", skills: [{ skillId: "s" }] }, { status: "AVAILABLE", skills: [] }, { status: "BUSY" }]);
  assert.deepEqual(core.eligibility.countRoster("cxone-v2", body, "s"), { agents: 3, available: 2, eligible: 1 });
  assert.throws(() => core.eligibility.countRoster("cxone-v2", bytes({}), undefined), (refusal) => refusal.code === "invalid-json");
});

test("what the types rule out, and a profile that is unknown, are refused", () => {
  assert.throws(() => core.building.buildRead("cxone-v2", "call", 7), TypeError);
  assert.throws(() => core.building.buildRead("cxone-v9", "call", "call-1"), (refusal) => refusal.code === "unknown-profile" && refusal.hint.includes("cxone-v2"));
});

test("predictions are the vectors' own, to the last bit, and refusals have their codes and paths", async () => {
  for (const { name, input, prediction } of await read("predict/answered")) {
    assert.deepEqual(JSON.parse(core.prediction.predict(JSON.stringify(input))), prediction, name);
  }
  for (const vector of await read("predict/refused")) {
    assert.throws(
      () => core.prediction.predict(JSON.stringify(vector.input)),
      (refusal) => refusal.issues.some(({ code, path }) => vector.report.some((wanted) => wanted.code === code && wanted.path === path)),
      vector.name,
    );
  }
});

test("what awaits a caller is told in a record, and what is missing for it", () => {
  const asked = { waitingAhead: 0, agents: 100, handleSeconds: 180, patienceSeconds: 120, waitedSeconds: 11, thresholdSeconds: 20 };
  const forecast = core.prediction.forecastCaller(asked);
  assert.ok(Math.abs(forecast.late - 0.006737946999085467) < 1e-15, String(forecast.late));
  const { missing, late } = core.prediction.forecastCaller({ ...asked, agents: undefined });
  assert.deepEqual([missing, late], [["agents"], undefined]);
});
