// Distributions and logs, page by page.

import assert from "node:assert/strict";
import { test } from "node:test";
import { json, on, platform } from "./scripted.mjs";
import { settled } from "./support.mjs";

const pageOf = (rows, nextUri) => json({ results: rows, ...(nextUri && { nextUri }) });

test("the wait-time distribution is read page after page: the first with a body, the next as the platform asks", async () => {
  const next = "https://na1.example.com/api/v2/analytics/queues/data/query?cursor=2";
  const it = platform(pageOf([{ waitTimeRange: "0-30", abandonedCount: 2 }], next), pageOf([{ waitTimeRange: "30+" }]));
  const patchcord = await on(it);
  const [rows, progress] = [[], []];
  for await (const page of patchcord.pages("wait-distribution", { queue: "billing" }, { onProgress: (so) => progress.push(so) })) rows.push(...page.rows);
  assert.deepEqual(rows, [{ range: "0-30", abandoned: 2 }, { range: "30+" }]);
  assert.deepEqual(progress, [{ pages: 1, rows: 1 }, { pages: 2, rows: 2 }]);
  assert.deepEqual(it.asked.map(({ method, path, body }) => [method, path, body !== ""]), [
    ["POST", "/api/v2/analytics/queues/data/query", true],
    ["GET", "/api/v2/analytics/queues/data/query?cursor=2", false],
  ]);
});

test("the audit log is read page after page", async () => {
  const it = platform(pageOf([{ id: "a-1" }, { id: "a-2" }], "/api/v2/audit?cursor=2"), pageOf([{ id: "a-3" }]));
  const patchcord = await on(it);
  const rows = [];
  for await (const page of patchcord.pages("audit-log", { queue: "billing", from: "now-30d" })) rows.push(...page.rows);
  assert.deepEqual(rows.map(({ id }) => id), ["a-1", "a-2", "a-3"]);
});

test("a page that fails for a while is asked for again, and one that can't be read ends it with an error", async () => {
  const it = platform(pageOf([{}], "?cursor=2"), json({}, 429, { "retry-after": "3" }), json({}, 403));
  const patchcord = await on(it);
  const pages = patchcord.pages("audit-log", { queue: "billing", from: "now-1d" });
  assert.equal((await settled(pages.next())).done, false);
  await assert.rejects(settled(pages.next()), { name: "PatchcordError", code: "missing-scope", message: /^page 2 could not be read/ });
  assert.deepEqual(await pages.next(), { done: true, value: undefined });
  assert.equal(it.asked.length, 3);
});

test("pages that lead in a circle end with an error", async () => {
  const it = platform(pageOf([{}], "?cursor=2"), pageOf([{}], "https://na1.example.com/api/v2/audit?cursor=3"), pageOf([{}], "/api/v2/audit?cursor=2"));
  const patchcord = await on(it);
  const read = async () => {
    for await (const _ of patchcord.pages("audit-log", { queue: "billing", from: "now-1d" }));
  };
  await assert.rejects(settled(read()), { name: "PatchcordError", code: "page-loop" });
  assert.equal(it.asked.length, 3);
});

test("a link that leads elsewhere is not followed", async () => {
  const it = platform(pageOf([{}], "https://na1.example.com/api/v2/voice/calls/call-1/transfer"));
  const patchcord = await on(it);
  const pages = patchcord.pages("audit-log", { queue: "billing", from: "now-1d" });
  await settled(pages.next());
  await assert.rejects(settled(pages.next()), { code: "invalid-input", path: "$.next" });
  assert.equal(it.asked.length, 1);
});

test("whoever leaves the loop asks for no further page, and one that is under way is cancelled", async () => {
  const it = platform(pageOf([{}], "?cursor=2"));
  const patchcord = await on(it);
  for await (const _ of patchcord.pages("audit-log", { queue: "billing", from: "now-1d" })) break;
  assert.equal(it.asked.length, 1);

  const silent = await on(platform(() => new Promise(() => {})));
  const pages = silent.pages("audit-log", { queue: "billing", from: "now-1d" });
  const under = pages.next();
  await assert.rejects(settled(Promise.all([under, pages.return()]), 2_000), { code: "cancelled" });

  const controller = new AbortController();
  const signalled = silent.pages("audit-log", { queue: "billing", from: "now-1d" }, { signal: controller.signal }).next();
  controller.abort();
  await assert.rejects(settled(signalled, 2_000), { code: "cancelled" });
});

test("a progress listener that throws harms nobody", async () => {
  const patchcord = await on(platform(pageOf([{}])));
  let pages = 0;
  for await (const _ of patchcord.pages("skills", {}, { onProgress: () => { throw new Error("mine"); } })) pages += 1;
  assert.equal(pages, 1);
});
