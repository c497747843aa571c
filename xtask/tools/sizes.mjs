// Prints raw, gzip -9 and brotli size of each file, one line a file.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { brotliCompressSync, constants } from "node:zlib";

for (const file of process.argv.slice(2)) {
  const bytes = readFileSync(file);
  // The program and not zlib: what Node carries compresses differently from one version to the next.
  const gzip = execFileSync("gzip", ["-9", "--stdout", "--no-name"], { input: bytes });
  const brotli = brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  });
  console.log(bytes.length, gzip.length, brotli.length);
}
