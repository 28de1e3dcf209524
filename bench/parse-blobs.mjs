// The physical limit of a check that compares tests: reads both sides of the changed test files through one `git cat-file` and parses each once, with the
// same parser and what it is told. `node parse-blobs.mjs DIR MOST`
import { spawnSync } from "node:child_process";
import { parse } from "@babel/parser";

const [dir = ".", most = "400"] = process.argv.slice(2);
const git = (args, input) => spawnSync("git", args, { cwd: dir, input, maxBuffer: 1 << 30 }).stdout;
const changed = git(["diff-tree", "-r", "--raw", "--no-abbrev", "HEAD~1", "HEAD"]).toString("utf8").split("\n").filter((line) => line.endsWith(".test.ts")).slice(0, Number(most));
const blobs = changed.flatMap((line) => line.split(" ").slice(2, 4));
const out = git(["cat-file", "--batch"], `${blobs.join("\n")}\n`);
let parsed = 0;
for (let at = 0; at < out.length;) {
  const end = out.indexOf(10, at);
  const size = Number(out.toString("latin1", at, end).split(" ")[2]);
  parse(out.toString("utf8", end + 1, end + 1 + size), { sourceType: "unambiguous", errorRecovery: true, plugins: ["typescript", "decorators-legacy", "explicitResourceManagement", "importAttributes"] });
  parsed += 1;
  at = end + 2 + size;
}
if (parsed === 0 || parsed !== blobs.length) throw new Error(`${parsed} of ${blobs.length} blobs parsed`);
