// The worker of `www`, as the start command serves it.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startEdge } from "../../www/edge.mjs";
import { rest, startPlatform, toBilling } from "./support.mjs";

let platform, edge;
before(async () => {
  platform = await startPlatform();
  edge = await startEdge({ platformUrl: platform.url, log: (line) => assert.fail(line) });
});
after(async () => {
  await edge?.dispose();
  platform?.close();
});

const origin = "http://127.0.0.1:8080";
const post = (path, body) =>
  edge.fetch(new Request(origin + path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) }));

test("it is healthy under its mount, with or without the mount in the path", async () => {
  for (const path of ["/edge", "/edge/", "/"]) {
    const answer = await edge.fetch(new Request(origin + path));
    assert.deepEqual([answer.status, await answer.json()], [200, { status: "ok" }]);
  }
});

test("a transfer is started and followed by the location in the answer, without a key", async () => {
  for (const [path, call] of [["/edge/transfers", "call-1"], ["/transfers", "call-2"]]) {
    platform.sim.addCall({ id: call });
    const answer = await post(path, toBilling(call));
    assert.equal(answer.status, 202, await answer.clone().text());
    const location = new URL(answer.headers.get("location"), origin + path);
    assert.match(location.pathname, /^\/edge\/transfers\/[\w-]+$/);
    let transfer;
    do {
      await rest(200);
      transfer = await (await edge.fetch(new Request(location))).json();
    } while (transfer.status === "running");
    assert.equal(transfer.outcome.status, "connected");
  }
});
