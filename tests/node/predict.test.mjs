// Predictions through the package: to the last bit as the crate makes them.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { createLearned, predict, predictionInputs, predictMany, score } from "../../pkg/dist/node.js";

const vectors = (file) => JSON.parse(readFileSync(new URL(`../vectors/predict/${file}`, import.meta.url), "utf8"));
const answered = vectors("answered.json");
const refused = vectors("refused.json");

for (const { name, input, prediction } of answered) {
  test(`answered: ${name}`, () => {
    assert.deepEqual(predict(input), prediction);
    assert.deepEqual(predict(JSON.stringify(input)), prediction);
  });
}

for (const { name, input, report } of refused) {
  test(`refused: ${name}`, () => {
    const thrown = { name: "PatchcordError", code: "invalid-input", path: report[0].path, hint: report[0].hint };
    assert.throws(() => predict(input), thrown);
  });
}

for (const { name, input, scores, report } of vectors("scores.json")) {
  test(`scored: ${name}`, () => {
    if (scores) assert.deepEqual(score(input), scores);
    else assert.throws(() => score(input), { name: "PatchcordError", code: "invalid-input", path: report[0].path, hint: report[0].hint });
  });
}

test("a wallboard is answered in one call, and a bad row keeps no other back", () => {
  const rows = predictMany([answered[0].input, refused[0].input, answered[0].input]);
  assert.deepEqual(rows[0], answered[0].prediction);
  assert.equal(rows[1].status, "refused");
  assert.equal(rows[1].report.issues[0].path, "$[1].method");
  assert.deepEqual(rows[2], rows[0]);
});

test("what JSON has no words for is refused before the boundary", () => {
  assert.throws(() => predict({ ...answered[0].input, agents: NaN }), { code: "wrong-type", path: "$.agents" });
  assert.throws(() => predict(undefined), { code: "wrong-type" });
});

test("a predictor learns, is stored and goes on to the last bit", () => {
  const learned = createLearned();
  const state = { waitingAhead: 4, agents: 10, handleSeconds: 180, patienceSeconds: 240, thresholdSeconds: 60 };
  const begun = learned.predict(state);
  assert.ok(Math.abs(begun.probability - begun.exact) < 1e-12);
  for (let at = 0; at < 200; at += 1) assert.equal(learned.observe({ ...state, waitedSeconds: at % 50, outcome: at % 5 ? "served" : "abandoned" }), true);
  assert.ok(learned.predict(state).probability < begun.probability);
  const restored = createLearned(JSON.stringify(learned));
  assert.deepEqual(restored.predict(state), learned.predict(state));
  assert.deepEqual(createLearned(learned.toJSON()).toJSON(), learned.toJSON());
  assert.throws(() => learned.observe({ ...state, waitedSeconds: 1, outcome: "vanished" }), { code: "invalid-input", path: "$.outcome" });
  assert.throws(() => createLearned({}), { code: "invalid-snapshot" });
});

test("a platform's metrics become inputs, in their units", () => {
  const activity = { agentsWorking: 9, agentsAvailable: 0, agentsACW: 1, queueCount: 4 };
  const inputs = predictionInputs("cxone-acd", activity);
  assert.deepEqual(inputs, { agents: 10, agentsAvailable: 0, callersWaiting: 4, waitingAhead: 4 });
  assert.equal(predict({ method: "auto", ...inputs, handleSeconds: 180, thresholdSeconds: 20 }).method, "caller");
  assert.throws(() => predictionInputs("genesys-v2", {}), { code: "unknown-profile" });
});
