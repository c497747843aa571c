/** Who answers which path. Nobody but pages of this very server is answered: no CORS, no other host name. */

import { Buffer } from "node:buffer";
import { answerFile } from "./files.mjs";

const MOST_BYTES = 256 * 1024;
const LOCAL = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/;

export async function route(request, response, { centre, standing, edge }) {
  try {
    if (!LOCAL.test(request.headers.host ?? "")) return sendJson(response, 403, { message: "this server answers on its own machine only" });
    const { pathname } = new URL(request.url, "http://local.invalid");
    if (!centre) return sendJson(response, 503, { message: "the simulated platforms are being opened" });
    if (under(pathname, "/cxone")) return await answerPlatform(request, response, centre, "/cxone");
    for (const [mount, platform] of standing) {
      if (under(pathname, mount)) return await answerPlatform(request, response, platform, mount);
      if (pathname === `/sim${mount}` && request.method === "GET") return sendJson(response, 200, platform.state());
    }
    if (under(pathname, "/edge")) return await answerEdge(request, response, edge);
    if (under(pathname, "/sim")) return await answerAdmin(request, response, centre, pathname);
    return await answerFile(request, response, pathname);
  } catch (error) {
    if (response.headersSent || response.destroyed) return response.destroy();
    sendJson(response, error.status ?? 500, { message: error.status ? error.message : "the server met a defect of its own" });
    if (!error.status) console.error(error);
  }
}

async function answerPlatform(request, response, platform, mount) {
  const answer = await platform.handle({
    method: request.method,
    path: request.url.slice(mount.length) || "/",
    headers: request.headers,
    body: await bodyOf(request),
  });
  if (answer.lost) return lose(response);
  for (const [name, value] of answer.headers) response.setHeader(name, value);
  response.writeHead(answer.status).end(answer.body);
}

/**
 * Breaks the connection in the middle of an answer. Not before its first byte: there a browser sends the request again by
 * itself, a transfer too, where the connection was used before.
 */
function lose(response) {
  response.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
  response.write("{", () => response.socket?.destroy());
}

async function answerEdge(request, response, edge) {
  if (!edge) return sendJson(response, 503, { code: "not-configured", detail: "the edge worker did not start" });
  const body = await bodyOf(request);
  const answer = await edge.fetch(
    new Request(`http://${request.headers.host}${request.url}`, {
      method: request.method,
      headers: Object.entries(request.headers).filter(([name]) => !["connection", "host", "transfer-encoding"].includes(name)),
      body: body.length > 0 ? body : null,
    }),
  );
  response.writeHead(answer.status, [...answer.headers].flat());
  response.end(Buffer.from(await answer.arrayBuffer()));
}

/** How the page sees the simulated world, and makes trouble in it. */
async function answerAdmin(request, response, centre, pathname) {
  if (pathname === "/sim/state" && request.method === "GET") return sendJson(response, 200, centre.state());
  if (pathname === "/sim/trouble" && request.method === "POST") {
    const site = request.headers["sec-fetch-site"] ?? "same-origin";
    if (site !== "same-origin") return sendJson(response, 403, { message: "trouble is made by this server's own page only" });
    return sendJson(response, 200, centre.makeTrouble(parsed(await bodyOf(request))));
  }
  sendJson(response, 404, { message: "there is nothing under this path" });
}

async function bodyOf(request) {
  const parts = [];
  let length = 0;
  for await (const part of request) {
    length += part.length;
    if (length > MOST_BYTES) throw refusal(413, `a body may have ${MOST_BYTES} bytes at most`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function parsed(body) {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    throw refusal(400, "the body is not JSON");
  }
}

function under(pathname, mount) {
  return pathname === mount || pathname.startsWith(`${mount}/`);
}

export function sendJson(response, status, value) {
  response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store", "x-content-type-options": "nosniff" });
  response.end(JSON.stringify(value));
}

export function refusal(status, message) {
  return Object.assign(new Error(message), { status });
}
