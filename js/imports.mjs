// Prints what the built bundles import, as esbuild's parser sees it: nothing, since a blob can import nothing.
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const built = join(dirname(fileURLToPath(import.meta.url)), "..", "cnnwidgets", "widgets", "static");
const from = process.argv[2] ?? built;
for (const name of readdirSync(from).filter((each) => each.endsWith(".js"))) {
  const { metafile } = await build({
    stdin: { contents: readFileSync(join(from, name), "utf8"), sourcefile: name },
    bundle: true,
    format: "esm",
    metafile: true,
    write: false,
    packages: "external",
    external: ["*"],
  });
  const found = Object.values(metafile.inputs).flatMap(({ imports }) => imports);
  for (const { kind, path } of found) console.log(`${name}: ${kind} of ${path}`);
}
