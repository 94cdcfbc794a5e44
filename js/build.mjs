// Bundles every widget (one entry `*.tsx` each) into cnnwidgets/widgets/static/NAME.js and NAME.css.
// A widget's module is loaded from a blob URL, where relative imports fail: hence one whole file each.
import { readdirSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "..", "cnnwidgets", "widgets", "static");
const entries = readdirSync(here).filter((name) => name.endsWith(".tsx"));

const { metafile } = await build({
  metafile: true,
  absWorkingDir: here,
  entryPoints: entries.map((name) => join(here, name)),
  outdir: out,
  bundle: true,
  format: "esm",
  target: "es2022",
  jsx: "automatic",
  jsxImportSource: "preact",
  minify: true,
  legalComments: "none",
  logLevel: "warning",
});

// What an earlier build left is removed last, so that nobody who reads meanwhile finds the folder empty.
const made = new Set(Object.keys(metafile.outputs).map((path) => basename(path)));
for (const name of readdirSync(out)) {
  if (!made.has(name)) rmSync(join(out, name), { recursive: true });
}
