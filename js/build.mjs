// Bundles every widget (one entry `*.tsx` each) into cnnwidgets/widgets/static/NAME.js and NAME.css.
// A widget's module is loaded from a blob URL, where relative imports fail: hence one whole file each.
import { readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "..", "cnnwidgets", "widgets", "static");
const entries = readdirSync(here).filter((name) => name.endsWith(".tsx"));

rmSync(out, { recursive: true, force: true });
await build({
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
