// The desk sends transfers through an edge worker: begun once, whatever happens to the answers, and followed to the end.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, serveFixture, visitDesk } from "./support.mjs";

const OUTCOME = {
  status: "connected", step: "primary", target: { queue: "b1111111-1111-4111-8111-11111111111b" }, agent: "ann", answeredBy: "person", attempts: 1, took: 4000,
  startedAt: 0, endedAt: 4000, reasons: [], steps: [], audit: { algorithm: "sha256-chain", head: "", records: [] }, breaker: {},
};
const EVENTS = [
  { sequence: 1, at: 0, type: "started", call: "call-1", to: {}, mode: "blind", steps: ["primary"] },
  { sequence: 2, at: 100, type: "request-sent", operation: "transfer", request: 1, attempt: 1 },
  { sequence: 3, at: 200, type: "response-received", operation: "transfer", request: 1, status: 202 },
];

let browser;
let site;
let edge;
before(async () => {
  browser = await launch();
  site = await serveFixture(async (request, pathname) => pathname.startsWith("/edge/") && edge(request, pathname, await bodyOf(request)));
});
after(async () => {
  await browser?.close();
  await site?.close();
});

async function bodyOf(request) {
  let text = "";
  for await (const part of request) text += part;
  return text;
}

const open = () => visitDesk(browser, site.url, { edge: { url: `${site.url}edge` } });

test("a start whose answer fails is asked for again under the same key, and every event is told once", async () => {
  const posts = [];
  let reads = 0;
  edge = (request, _, body) => {
    if (request.method === "POST") {
      posts.push({ key: request.headers["idempotency-key"], body: JSON.parse(body) });
      return posts.length === 1 ? { status: 503, body: { code: "internal", detail: "" } } : { status: 202, body: { id: "t1" }, headers: { location: "/edge/transfers/t1" } };
    }
    reads += 1;
    if (reads === 1) return { status: 200, body: { events: EVENTS.slice(0, 2) } };
    if (reads === 2) return { status: 502, body: {} };
    return { status: 200, body: { events: EVENTS, outcome: OUTCOME } };
  };
  const page = await open();
  await page.chooseQueue("Billing");
  await page.press("Transfer");
  await page.ended();
  assert.equal(posts.length, 2);
  assert.equal(posts[0].key, posts[1].key);
  assert.deepEqual([posts[1].body.call, posts[1].body.mode, posts[1].body.policy.steps.length], ["call-1", "blind", 2]);
  const told = await page.evaluate(() => globalThis.told.filter(({ type }) => type === "transfer-progressed").map(({ event }) => event.sequence));
  assert.deepEqual(told, [1, 2, 3]);
  assert.equal(await page.heading().textContent(), "Connected to Ann Lee");
  await page.close();
});

test("a refusal of the worker is shown, with where to look", async () => {
  edge = () => ({ status: 409, body: { code: "transfer-in-progress", detail: "this call is being transferred: wait for the end, or cancel it" } });
  const page = await open();
  await page.chooseQueue("Billing");
  await page.press("Transfer");
  await page.ended();
  await page.desk.getByText("This call is being transferred: wait for the end, or cancel it.").first().waitFor();
  assert.equal(await page.heading().textContent(), "Not started");
  await page.close();
});

test("findings of the worker stand at their fields", async () => {
  const issues = [{ code: "not-supported", path: "$.to.queue", message: "this queue is not served here", hint: "choose another" }];
  edge = () => ({ status: 400, body: { code: "not-supported", detail: "", issues } });
  const page = await open();
  await page.chooseQueue("Billing");
  await page.press("Transfer");
  await page.desk.getByText("This queue is not served here. Choose another.").first().waitFor();
  await page.close();
});

test("cancelling reaches the worker", async () => {
  const cancelled = [];
  edge = (request, pathname) => {
    if (request.method === "POST") return { status: 202, body: { id: "t2" }, headers: { location: "/edge/transfers/t2" } };
    if (request.method === "DELETE") cancelled.push(pathname);
    return { status: 200, body: { events: EVENTS, ...(cancelled.length > 0 && { outcome: { ...OUTCOME, status: "cancelled" } }) } };
  };
  const page = await open();
  await page.chooseQueue("Billing");
  await page.press("Transfer");
  await page.desk.getByText("The platform accepted the transfer").waitFor();
  // A click that soon after the first would be taken for the second half of a double click.
  await page.waitForTimeout(600);
  await page.press("Cancel transfer");
  await page.ended();
  assert.deepEqual(cancelled, ["/edge/transfers/t2"]);
  assert.equal(await page.heading().textContent(), "Transfer cancelled");
  await page.close();
});
