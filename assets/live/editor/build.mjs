// Bundles the editor into ../codemirror.js, and the licences of what is in it into ../codemirror.LICENSE.txt.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

const result = await build({
  entryPoints: ["entry.js"],
  outfile: "../codemirror.js",
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  metafile: true,
  banner: { js: "// CodeMirror 6, bundled; licences: codemirror.LICENSE.txt; how it is made: editor/README.md" },
});

// The packages of which the bundle holds at least one byte.
const inputs = Object.entries(Object.values(result.metafile.outputs)[0].inputs);
const packages = new Set(inputs
  .filter(([path, { bytesInOutput }]) => bytesInOutput > 0 && path.startsWith("node_modules/"))
  .map(([path]) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)[1]));
const texts = [...packages].sort().map((name) => {
  const folder = join("node_modules", name);
  const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  return `${name} ${version} (${license})\n\n${readFileSync(join(folder, file), "utf8").trim()}\n`;
});
writeFileSync("../codemirror.LICENSE.txt", texts.join(`\n${"-".repeat(80)}\n\n`));
console.log(`${packages.size} packages: ${[...packages].sort().join(", ")}`);
