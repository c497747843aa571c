// The demo page as `cargo xtask start` serves it: the desk, the simulated CXone behind HTTP, and the edge worker.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { buildRequest, readResponse } from "../../pkg/dist/node.js";
import { findings, launch, visit } from "./support.mjs";

const SERVE = fileURLToPath(new URL("../../www/serve.mjs", import.meta.url));

function serve(port) {
  const server = spawn(process.execPath, [SERVE, "--port", String(port)], { stdio: ["ignore", "pipe", "pipe"] });
  server.said = "";
  for (const stream of [server.stdout, server.stderr]) stream.on("data", (text) => (server.said += text));
  return server;
}

async function ready(server) {
  while (!server.said.includes("ready")) {
    if (server.exitCode !== null) throw new Error(server.said);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return /http:\/\/127\.0\.0\.1:\d+/.exec(server.said)[0];
}

let browser;
let server;
let url;
before(async () => {
  server = serve(0);
  [browser, url] = await Promise.all([launch(), ready(server)]);
});
after(async () => {
  await browser?.close();
  server?.kill("SIGTERM");
});

async function open(options) {
  const page = await visit(browser, `${url}/`, options);
  page.desk = page.locator("patchcord-desk");
  page.transferTo = async (queue) => {
    await page.desk.getByRole("combobox", { name: "Queue" }).fill(queue);
    await page.keyboard.press("Enter");
    await page.desk.getByRole("button", { name: "Transfer", exact: true }).click();
    await page.desk.getByRole("button", { name: "New transfer" }).waitFor({ timeout: 60_000 });
  };
  page.heading = () => page.desk.getByRole("heading", { level: 3 }).textContent();
  await page.desk.getByRole("combobox", { name: "Queue" }).waitFor();
  return page;
}

test("a visitor transfers a call, and the centre shows who has it", async () => {
  const page = await open();
  await page.transferTo("Overflow");
  assert.match(await page.heading(), /^Connected to (Keiko Tanaka|Mateo Reyes|Nadia Haddad)$/);
  await page.getByRole("region", { name: "Calls elsewhere" }).getByText(/^with /).first().waitFor();
  assert.deepEqual(page.failures, []);
  await page.close();
});

test("a lost answer is looked into, and the call is transferred once", async () => {
  const page = await open();
  await page.getByRole("button", { name: "Lose the answer" }).click();
  await page.getByText("its next transfer loses its answer").waitFor();
  const call = await page.evaluate(() => document.querySelector("patchcord-desk").call.id);
  await page.transferTo("Overflow");
  await page.desk.locator("summary").click();
  for (const line of ["The platform's answer was lost", "Finding out what happened"]) await page.desk.getByText(line, { exact: true }).waitFor();
  assert.match(await page.heading(), /^Connected to /);
  const { calls } = await page.evaluate(() => fetch("/sim/state").then((it) => it.json()));
  assert.equal(calls.find(({ id }) => id === call).transfers, 1);
  await page.close();
});

test("a queue that closes is left out, and the plan goes on", async () => {
  const page = await open();
  await page.getByRole("button", { name: "Close queue: Billing" }).click();
  await page.transferTo("Billing");
  assert.match((await page.desk.getByRole("list", { name: "Steps of the plan" }).textContent()), /^BillingLeft outCampaign is not active\./);
  assert.match(await page.heading(), /^Connected to (Keiko Tanaka|Mateo Reyes|Nadia Haddad)$/);
  await page.getByRole("button", { name: "Open queue: Billing" }).click();
  await page.close();
});

test("a transfer runs in the edge worker", async () => {
  const page = await open();
  const posts = [];
  page.on("request", (request) => request.method() === "POST" && posts.push(new URL(request.url()).pathname));
  await page.getByRole("radio", { name: "the edge worker" }).check();
  await page.transferTo("Overflow");
  assert.match(await page.heading(), /^Connected to /);
  assert.deepEqual(posts, ["/edge/transfers"]);
  await page.close();
});

test("axe finds nothing on the page, light, dark and narrow", async () => {
  for (const options of [{}, { colorScheme: "dark" }, { viewport: { width: 320, height: 800 } }]) {
    const page = await open({ ...options, bypassCSP: true });
    assert.deepEqual(await findings(page), []);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth));
    await page.close();
  }
});

test("the import map names what the package exports to browsers", async () => {
  const { exports } = JSON.parse(await readFile(new URL("../../pkg/package.json", import.meta.url), "utf8"));
  const html = await readFile(new URL("../../www/index.html", import.meta.url), "utf8");
  const { imports } = JSON.parse(/<script type="importmap">(.*?)<\/script>/s.exec(html)[1]);
  for (const [name, path] of Object.entries(imports)) {
    const entry = exports[name.replace("patchcord", ".")];
    assert.equal(path, (entry.browser ?? entry.default).replace("./dist/", "/patchcord/"));
  }
});

test("the platforms without a page stand under addresses of their own, with calls to move", async () => {
  const client = async (mount) => {
    const form = { method: "POST", headers: { "content-type": "application/x-www-form-urlencoded" }, body: "grant_type=client_credentials&client_id=a&client_secret=b" };
    const { access_token } = await (await fetch(`${url}${mount}/oauth/token`, form)).json();
    return async (profile, operation, input) => {
      const { method, path, headers, body } = buildRequest(profile, operation, input);
      const answer = await fetch(`${url}${mount}${path}`, { method, headers: [...headers, ["authorization", `Bearer ${access_token}`]], ...(body && { body }) });
      return readResponse(profile, operation, { status: answer.status, headers: [...answer.headers], body: await answer.text() }).facts;
    };
  };
  const genesys = await client("/genesys");
  const { queue } = await genesys("genesys-v2", "search", { name: "Support Tier 2" });
  const call = "a1b2c3d4-e5f6-7890-abcd-ef1234567890";
  assert.equal((await genesys("genesys-v2", "conversation", { call })).word, "queued");
  await genesys("genesys-v2", "transfer", { call, to: { queue } });
  const { calls } = await (await fetch(`${url}/sim/genesys`)).json();
  assert.equal(calls.find(({ id }) => id === call).transfers, 1);

  const cxone = await client("/cxone-names");
  const page = await cxone("cxone-v2-names", "wait-distribution", { queue: "queue_uuid_67890" });
  assert.ok(page.next.startsWith(`${url}/cxone-names/api/v2/`), page.next);
});

test("nothing but this machine's own page is answered", async () => {
  const { get } = await import("node:http");
  const foreign = await new Promise((resolve) => get(`${url}/sim/state`, { headers: { host: "evil.example" } }, resolve));
  assert.equal(foreign.statusCode, 403);
  const trouble = await fetch(`${url}/sim/trouble`, { method: "POST", body: "{}", headers: { "sec-fetch-site": "cross-site" } });
  assert.equal(trouble.status, 403);
  for (const path of ["/server/centre.mjs", "/serve.mjs", "/patchcord/../package.json", "/%2e%2e/package.json", "/patchcord/%2e%2e%2fpackage.json", "/nothing.js"]) {
    assert.equal((await fetch(`${url}${path}`)).status, 404, path);
  }
  const page = await fetch(`${url}/`);
  assert.match(page.headers.get("content-security-policy"), /script-src 'self' 'wasm-unsafe-eval' 'sha256-/);
  assert.equal(page.headers.get("access-control-allow-origin"), null);
  assert.equal((await fetch(`${url}/cxone/api/v2/voice/calls/call-1001`)).status, 401);
  const token = await fetch(`${url}/cxone/api/v2/oauth/token`, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: "grant_type=client_credentials&client_id=a&client_secret=b",
  });
  assert.equal(typeof (await token.json()).access_token, "string");
});

test("a port that is taken is said to be, and a signal ends the server cleanly", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const refused = serve(other.address().port);
  const [code] = await once(refused, "exit");
  assert.equal(code, 1);
  assert.match(refused.said, /port \d+ is taken: stop what listens there, or choose another with --port/);
  other.close();
  const wrong = serve("many");
  assert.deepEqual([(await once(wrong, "exit"))[0], /--port takes a number/.test(wrong.said)], [2, true]);
  const ended = serve(0);
  await ready(ended);
  ended.kill("SIGINT");
  assert.deepEqual(await once(ended, "exit"), [0, null]);
});
