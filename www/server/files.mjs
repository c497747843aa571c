/** The page and the package, as files, under a strict content security policy. */

import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

const PAGE = fileURLToPath(new URL("../", import.meta.url));
const PACKAGE = fileURLToPath(new URL("../../pkg/dist/", import.meta.url));
const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

export async function answerFile(request, response, pathname) {
  if (request.method !== "GET" && request.method !== "HEAD") return end(response, 405, "only GET here", { allow: "GET, HEAD" });
  const path = place(pathname);
  const type = path && TYPES[extname(path)];
  const bytes = type && (await readFile(path).catch(() => undefined));
  if (!bytes) return end(response, 404, "there is nothing under this path");
  response.writeHead(200, {
    "content-type": type,
    "cache-control": "no-cache",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    ...(type.startsWith("text/html") && { "content-security-policy": policyFor(bytes.toString("utf8")) }),
  });
  response.end(request.method === "HEAD" ? undefined : bytes);
}

/** The file that a path means; nothing outside the two folders, and no part of the server itself. */
function place(pathname) {
  let path;
  try {
    path = normalize(decodeURIComponent(pathname));
  } catch {
    return undefined;
  }
  if (path.includes("\0") || path.includes("\\")) return undefined;
  if (path.startsWith("/patchcord/")) return join(PACKAGE, path.slice("/patchcord/".length));
  if (path === "/") return join(PAGE, "index.html");
  return /^\/[\w-]+\.(html|js|css|svg)$/.test(path) ? join(PAGE, path) : undefined;
}

/** Scripts and styles from here alone. The import map must stand in the page, so it is named by its hash. */
function policyFor(html) {
  const maps = [...html.matchAll(/<script type="importmap">([\s\S]*?)<\/script>/g)];
  const hashes = maps.map(([, text]) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`);
  return [
    "default-src 'none'",
    ["script-src 'self' 'wasm-unsafe-eval'", ...hashes].join(" "),
    "style-src 'self'",
    "connect-src 'self'",
    "img-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ].join("; ");
}

function end(response, status, message, headers = {}) {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8", ...headers });
  response.end(`${message}\n`);
}
