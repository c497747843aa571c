/**
 * Serves everything on this machine: the page of the desk, the package, the edge worker in workerd, and simulated platforms behind
 * their own HTTP paths.
 *
 *     node www/serve.mjs [--port 8787]
 */

import { createServer } from "node:http";
import { parseArgs } from "node:util";
import { route } from "./server/routes.mjs";

const HOST = "127.0.0.1";
const USAGE = 2;

const port = readPort();
const { createCentre } = await import("./server/centre.mjs").catch(explain);
const { openStanding } = await import("./server/standing.mjs").catch(explain);
const parts = { centre: undefined, standing: new Map(), edge: undefined };
const server = createServer((request, response) => void route(request, response, parts));

server.on("error", (error) => {
  console.error(error.code === "EADDRINUSE" ? `port ${port} is taken: stop what listens there, or choose another with --port` : `could not listen: ${error.message}`);
  process.exit(1);
});

let ending = false;
hearSignals();

server.listen(port, HOST, async () => {
  const address = `http://${HOST}:${server.address().port}`;
  parts.standing = await openStanding(address);
  parts.centre = await createCentre(`${address}/cxone`);
  parts.edge = await openEdge(`${address}/cxone`);
  hearSignals();
  if (ending) return;
  console.log(`  agent desk         ${address}/`);
  console.log(`  simulated CXone    ${address}/cxone         ids are UUIDs; the desk's own`);
  console.log(`                     ${address}/cxone-names   ids are names; what is in it: ${address}/sim/cxone-names`);
  console.log(`  simulated Genesys  ${address}/genesys       what is in it: ${address}/sim/genesys`);
  console.log(parts.edge ? `  edge worker        ${address}/edge/transfers` : "  edge worker        did not start: see above; the desk carries transfers out in the page");
  console.log("ready; Ctrl-C stops it");
});

/** The desk is of use without the edge worker, so a workerd that does not run here is told and survived. */
async function openEdge(platformUrl) {
  try {
    const { startEdge } = await import("./edge.mjs");
    return await startEdge({ platformUrl, log: (line) => console.error(`edge: ${line}`) });
  } catch (error) {
    console.error(`edge: ${error.message}`);
    return undefined;
  }
}

/** Miniflare ends the process at a signal, before anything else is closed: only this server's own ending counts. */
function hearSignals() {
  for (const signal of ["SIGINT", "SIGTERM"]) process.removeAllListeners(signal).on(signal, () => void end());
}

async function end() {
  if (ending) return;
  ending = true;
  server.close();
  server.closeAllConnections();
  for (const platform of [parts.centre, ...parts.standing.values()]) platform?.close();
  await parts.edge?.dispose();
  process.exit(0);
}

function readPort() {
  try {
    const { values } = parseArgs({ options: { port: { type: "string", default: "8787" } } });
    const port = Number(values.port);
    if (/^\d{1,5}$/.test(values.port) && port < 65536) return port;
    throw new Error(`--port takes a number from 0 to 65535, not \`${values.port}\``);
  } catch (error) {
    console.error(`${error.message}\nusage: node www/serve.mjs [--port 8787]`);
    return process.exit(USAGE);
  }
}

function explain(error) {
  if (error.code !== "ERR_MODULE_NOT_FOUND") throw error;
  console.error(`${error.message}\nthe package is not built: run \`cargo xtask start\``);
  process.exit(1);
}
