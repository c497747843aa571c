// The contract of `tests/vectors`, through the package.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { buildRequest, checkEligibility, validate } from "../../pkg/dist/node.js";

const folder = new URL("../vectors/cxone-v2/", import.meta.url);
const vectors = readdirSync(folder).flatMap((file) => JSON.parse(readFileSync(new URL(file, folder), "utf8")).map((vector) => ({ file, ...vector })));

/** Messages may change; the rest of a finding is the contract. */
const findings = ({ issues }) => issues.map(({ code, path, hint }) => ({ code, path, hint }));

/** An input as the host has it, and as JSON text; text itself can only be given as JSON text. */
const forms = (input) => (typeof input === "string" ? [JSON.stringify(input)] : [input, JSON.stringify(input)]);

test("there are vectors of each kind", () => {
  assert.ok(vectors.length > 40, `${vectors.length} vectors`);
  for (const kind of ["request", "report", "eligibility"]) assert.ok(vectors.some((vector) => kind in vector), kind);
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
