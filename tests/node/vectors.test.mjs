// The contract of `tests/vectors`, through the package.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { buildRequest, checkEligibility, readResponse, validate } from "../../pkg/dist/node.js";

const folder = new URL("../vectors/", import.meta.url);
const files = ["cxone-v2", "cxone-v2-names", "genesys-v2"].flatMap((profile) => readdirSync(new URL(profile, folder)).map((name) => `${profile}/${name}`));
const vectors = files.flatMap((file) => JSON.parse(readFileSync(new URL(file, folder), "utf8")).map((vector) => ({ file, ...vector })));

/** Messages may change; the rest of a finding is the contract. */
const findings = ({ issues }) => issues.map(({ code, path, hint }) => ({ code, path, hint }));

/** An input as the host has it, and as JSON text; text itself can only be given as JSON text. */
const forms = (input) => (typeof input === "string" ? [JSON.stringify(input)] : [input, JSON.stringify(input)]);

test("there are vectors of each kind", () => {
  assert.ok(vectors.length > 250, `${vectors.length} vectors`);
  for (const kind of ["request", "report", "eligibility", "answer"]) assert.ok(vectors.some((vector) => kind in vector), kind);
});

for (const { file, name, profile, operation, input, request, report } of vectors.filter((vector) => "input" in vector)) {
  test(`${file}: ${name}`, () => {
    for (const form of forms(input)) {
      const found = validate(profile, operation, form);
      if (request) {
        assert.deepEqual(found, { ok: true, issues: [] });
        assert.deepEqual(buildRequest(profile, operation, form), request);
      } else {
        assert.equal(found.ok, false);
        assert.deepEqual(findings(found), report);
        const refused = { name: "PatchcordError", code: "invalid-input", path: report[0].path, hint: report[0].hint };
        assert.throws(() => buildRequest(profile, operation, form), { ...refused, report: found });
      }
    }
  });
}

for (const { file, name, profile, target, answers, eligibility } of vectors.filter((vector) => "eligibility" in vector)) {
  test(`${file}: ${name}`, () => {
    assert.deepEqual(checkEligibility(profile, target, answers), eligibility);
    assert.deepEqual(checkEligibility(profile, JSON.stringify(target), JSON.stringify(answers)), eligibility);
  });
}

for (const { file, name, profile, operation, response, answer } of vectors.filter((vector) => "answer" in vector)) {
  test(`${file}: ${name}`, () => {
    assert.deepEqual(readResponse(profile, operation, response), answer);
    assert.deepEqual(readResponse(profile, operation, JSON.stringify(response)), answer);
  });
}
