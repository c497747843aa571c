// Every operation of every profile through the edge worker, against the simulated platform over HTTP.

import assert from "node:assert/strict";
import { test } from "node:test";
import { profiles } from "patchcord";
import { agents, billing, brisk, startPlatform, startWorker } from "./support.mjs";

const overflow = "22222222-2222-4222-8222-222222222222";
const NUMBERS = { callerNumber: "+15550100000", calledNumber: "+15550100001" };

/** What each operation is asked for, and what its answer tells. */
const ASKED = {
  call: [{ call: "call-1" }, ({ word }) => word === "CONNECTED"],
  campaigns: [{ queue: billing }, ({ opening }) => opening === "open"],
  agents: [{ queue: billing }, (roster) => roster.agents === agents.length],
  presence: [{ agent: agents[0] }, ({ status }) => status === "AVAILABLE"],
  "transfer-metrics": [{ call: "call-1", from: 0, to: "2030-01-01T00:00:00.000Z" }, (metrics) => metrics !== undefined],
  "security-profiles": [{}, (list) => Array.isArray(list)],
  skills: [{}, ({ rows }) => rows.some(({ skill }) => skill === "tier1")],
  queue: [{ queue: billing }, ({ version }) => version === 1],
  "queue-config": [
    { queue: billing, version: 1, routingStrategy: "longestIdleAgent", waitMusic: "https://example.com/wait.mp3", maxWaitSeconds: 300, skills: [{ skill: "tier1" }] },
    ({ version }) => version === 2,
  ],
  "queue-metrics": [{ queue: billing }, ([{ queue }]) => queue === billing],
  "wait-distribution": [{ queue: overflow }, ({ rows }) => rows.length > 0],
  "audit-log": [{ queue: billing, from: "now-30d" }, ({ rows }) => Array.isArray(rows)],
  health: [{}, ({ status }) => status === "UP"],
  "personal-connection": [{ ...NUMBERS, flow: "flow-7" }, ({ status }) => status === "queued"],
  "personal-connection-status": [() => ({ call: placed }), ({ call }) => call === placed],
  bridge: [{ call: "call-1", targets: [{ phone: "+15550100000" }], direction: "transfer", matrix: [[0, 1]] }, ({ id }) => typeof id === "string"],
  conversation: [{ call: "call-1" }, ({ word }) => word === "queued"],
  search: [{ name: "Billing" }, ({ queue }) => queue === billing],
};
let placed;

for (const { name: profile, operations } of profiles()) {
  test(`every operation of ${profile}, and a transfer, through the edge worker`, async (context) => {
    const genesys = profile === "genesys-v2";
    const platform = await startPlatform({ profile });
    context.after(() => platform.close());
    if (!genesys) platform.sim.addSkill({ id: "tier1" });
    platform.sim.addQueue({ id: overflow, pastCallers: 100 });
    platform.sim.addCall({ id: "call-1", ...(genesys ? { queue: overflow } : { connectedTo: "you" }) });
    const worker = await startWorker({ platform, bindings: { PATCHCORD_PROFILE: profile } });
    context.after(() => worker.dispose());

    for (const { name } of operations.filter(({ name }) => name !== "transfer")) {
      const [input, tells] = ASKED[name];
      const { status, body } = await worker.ask("POST", `/operations/${name}`, { body: typeof input === "function" ? input() : input });
      assert.deepEqual([status, body.status], [200, "done"], `${name}: ${JSON.stringify(body)}`);
      assert.ok(tells(body.answer), `${name}: ${JSON.stringify(body.answer)}`);
      if (name === "personal-connection") placed = body.answer.call;
    }

    const { status, headers } = await worker.ask("POST", "/transfers", { body: { call: "call-1", to: { queue: billing }, policy: brisk } });
    assert.equal(status, 202);
    const { outcome } = await worker.done(headers.get("location"));
    assert.deepEqual([outcome.status, agents.includes(outcome.agent)], ["connected", true], JSON.stringify(outcome));
  });
}
