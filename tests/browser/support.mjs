// What the browser tests share: a server for the fixture under the strictest policy that the desk promises to stand, and Chromium.

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; require-trusted-types-for 'script'";
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm" };

/** Serves the fixture and the package. `answer` may answer other requests. */
export async function serveFixture(answer = () => undefined) {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://local.invalid");
    const told = await answer(request, pathname);
    if (told) return void response.writeHead(told.status, { "content-type": "application/json", ...told.headers }).end(JSON.stringify(told.body));
    const file = pathname.startsWith("/patchcord/") ? at(`../../pkg/dist/${pathname.slice(11)}`) : at(`fixture/${pathname === "/" ? "index.html" : pathname.slice(1)}`);
    const bytes = await readFile(file).catch(() => undefined);
    const type = TYPES[extname(file)] ?? "application/octet-stream";
    response.writeHead(bytes ? 200 : 404, { "content-type": type, ...(type === "text/html" && { "content-security-policy": POLICY }) }).end(bytes);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    close: () => new Promise((resolve) => (server.close(resolve), server.closeAllConnections())),
  };
}

export function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
}

/** A page on the address. What it throws ends up in `page.failures`. */
export async function visit(browser, url, options = {}) {
  const page = await browser.newPage({ viewport: { width: 1024, height: 900 }, ...options });
  page.failures = [];
  page.on("pageerror", (error) => page.failures.push(String(error)));
  await page.goto(url);
  return page;
}

/** A page with a desk that is connected. */
export async function visitDesk(browser, url, setUp = {}, options = {}) {
  const page = await visit(browser, url, options);
  await page.waitForFunction(() => globalThis.loaded === true);
  await page.evaluate((options) => globalThis.setUp(options), setUp);
  page.desk = page.locator("patchcord-desk");
  page.chooseQueue = async (name) => {
    await page.desk.getByRole("combobox", { name: "Queue" }).fill(name);
    await page.keyboard.press("Enter");
  };
  page.press = (name) => page.desk.getByRole("button", { name, exact: true }).click();
  page.heading = () => page.desk.getByRole("heading", { level: 3 });
  page.ended = () => page.desk.getByRole("button", { name: "New transfer" }).waitFor();
  return page;
}

const axe = await readFile(at("../../node_modules/axe-core/axe.min.js"), "utf8");

/** What axe finds, a line each. The policy of the page holds for axe too, so it is brought in by the debugger. */
export async function findings(page) {
  await page.evaluate(`${axe};void 0`);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.flat().join(" ")} ${node.failureSummary}`));
}

/** All text of the desk, with the values of its fields. */
export function textOf(page) {
  return page.evaluate(() => {
    const root = globalThis.desk.shadowRoot;
    return [...root.querySelectorAll("*")].flatMap((it) => [it.textContent, it.value ?? "", ...[...it.attributes].map(({ value }) => value)]).join(" ");
  });
}
