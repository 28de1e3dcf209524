// `npm run docs` writes the generated pages; `npm run docs -- --check` only says which are out of date.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { generatedPages, root } from "./pages.ts";

const checkOnly = process.argv.includes("--check");
const stale: string[] = [];
for (const [path, text] of await generatedPages()) {
  const file = join(root, path);
  if ((await readFile(file, "utf8").catch(() => "")) === text) continue;
  stale.push(path);
  if (checkOnly) continue;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}
process.stdout.write(stale.length === 0 ? "docs are up to date\n" : `${checkOnly ? "out of date" : "written"}:\n${stale.map((path) => `  ${path}`).join("\n")}\n`);
if (checkOnly && stale.length > 0) process.exitCode = 1;
