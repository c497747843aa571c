// Decisions in workerd: the same bytes as the crate's and as Node's, over every file of vectors.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { Log, LogLevel, Miniflare } from "miniflare";
import { bundle } from "../../www/edge.mjs";
import { casesOf } from "../decide/cases.mjs";

let workerd;
before(async () => {
  const modules = await bundle(fileURLToPath(new URL("decider.js", import.meta.url)));
  workerd = new Miniflare({ modules, compatibilityDate: "2026-07-01", cf: false, log: new Log(LogLevel.ERROR) });
  await workerd.ready;
});
after(() => workerd?.dispose());

const folder = new URL("../vectors/decide/", import.meta.url);
for (const file of readdirSync(folder)) {
  test(`${file}: workerd decides as the vectors say, bit for bit`, async () => {
    const text = readFileSync(new URL(file, folder), "utf8");
    const answer = await workerd.dispatchFetch(`http://decider.test/${file}`, { method: "POST", body: text });
    assert.equal(answer.status, 200, await answer.clone().text());
    const [found, cases] = [await answer.json(), casesOf(file, text)];
    assert.ok(cases.length > 0 && found.length === cases.length);
    cases.forEach(([name, , wanted], at) => assert.deepEqual(found[at], [name, wanted]));
  });
}
