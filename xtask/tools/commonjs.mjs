// Translates ES modules to CommonJS, file for file: what `a.js` imports from `./b.js`, `a.cjs` requires from `./b.cjs`.
// Usage: node commonjs.mjs FROM.js TO.cjs [FROM.js TO.cjs …]; what these import is translated to neighbours of its own.

import { basename, dirname, join, relative, resolve } from "node:path";
import { build } from "esbuild";

const named = process.argv.slice(2).map((file) => resolve(file));
const translated = new Map();
for (let i = 0; i + 1 < named.length; i += 2) translated.set(named[i], named[i + 1]);

const dotted = (path) => (path.startsWith(".") ? path : `./${path}`);

// Files of ours become translated files; all else (Node's own modules) stays as it is.
const neighbours = (to) => ({
  name: "neighbours",
  setup(esbuild) {
    esbuild.onResolve({ filter: /^\.\.?\/.*\.js$/ }, ({ path, importer }) => {
      const file = resolve(dirname(importer), path);
      if (!translated.has(file)) translated.set(file, file.replace(/\.js$/, ".cjs"));
      return { path: dotted(relative(dirname(to), translated.get(file))), external: true };
    });
  },
});

// The map grows while it is walked, until nothing new is imported.
for (const [from, to] of translated) {
  // A translated file finds other files where the original finds them.
  const place = JSON.stringify(join(relative(dirname(to), dirname(from)), basename(from)));
  await build({
    entryPoints: [from],
    outfile: to,
    bundle: true,
    format: "cjs",
    platform: "node",
    target: "node20",
    packages: "external",
    plugins: [neighbours(to)],
    define: { "import.meta.url": "__moduleUrl" },
    banner: { js: `const __moduleUrl = require("node:url").pathToFileURL(require("node:path").join(__dirname, ${place})).href;` },
    logLevel: "warning",
  });
}
