import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { isIllustrative, secretHint } from "../../packages/core/src/change/index.ts";
import type { ScannedLine } from "../../packages/core/src/evidence/index.ts";
import { makeSecretScanner, textsInTree } from "../../packages/core/src/adapters/secrets/index.ts";
import { cloneOf } from "./labelled-files.ts";
import { replayed } from "./repositories.ts";

/**
 * Replays the last changes of real repositories and lists every secret they would have been stopped for: `npx tsx eval/secrets/replay.ts --data DIR`.
 * What moved or stood on the base already is left out, as the check does.
 */
const data = process.argv[process.argv.indexOf("--data") + 1] ?? ".";
const COUNT = 300;
let [changes, alarmed] = [0, 0];

for (const repository of replayed) {
  const clone = cloneOf(data, repository);
  if (!clone) {
    process.stderr.write(`not replayed, no clone: ${repository}\n`);
    continue;
  }
  for await (const { commit, lines } of changesOf(clone)) {
    changes++;
    if (!lines.some((line) => line.side === "head" && secretHint(line.text))) continue;
    const { sightings } = await makeSecretScanner(textsInTree(clone)).scan(lines, commit, `${commit}^1`);
    const moved = new Set(sightings.filter((sighting) => sighting.place.side === "base").map((sighting) => sighting.hash));
    const fresh = sightings.filter((sighting) => sighting.place.side === "head" && !moved.has(sighting.hash) && !sighting.onBase);
    if (fresh.length > 0) alarmed++;
    for (const { rule, strength, place, masked } of fresh) process.stdout.write(`${[repository, commit.slice(0, 10), rule, strength, isIllustrative(place.file) ? "illustrative" : "production", `${place.file}:${place.line}`, masked].join("\t")}\n`);
  }
}
process.stderr.write(`${changes} changes, ${alarmed} with a sighting\n`);

async function* changesOf(clone: string): AsyncGenerator<{ readonly commit: string; readonly lines: ScannedLine[] }> {
  const git = spawn("git", ["-C", clone, "log", `-${COUNT}`, "--first-parent", "-m", "-p", "-U0", "--no-color", "--no-ext-diff", "--no-renames", "--format=commit %H"], { stdio: ["ignore", "pipe", "inherit"] });
  let commit = "";
  let lines: ScannedLine[] = [];
  let file = "";
  let [base, head] = [0, 0];
  for await (const text of createInterface({ input: git.stdout, crlfDelay: Infinity })) {
    const named = /^commit ([0-9a-f]{40})$/.exec(text);
    if (named) {
      if (commit) yield { commit, lines };
      [commit, lines] = [named[1] ?? "", []];
    } else if (text.startsWith("+++ ") || text.startsWith("--- ")) {
      if (text !== "+++ /dev/null" && text !== "--- /dev/null") file = text.slice(6);
    } else if (text.startsWith("@@")) {
      const at = /^@@ -(\d+)(?:,\d+)? \+(\d+)/.exec(text);
      [base, head] = [Number(at?.[1]), Number(at?.[2])];
    } else if (text.startsWith("+")) lines.push({ file, line: head++, text: text.slice(1), side: "head" });
    else if (text.startsWith("-")) lines.push({ file, line: base++, text: text.slice(1), side: "base" });
  }
  if (commit) yield { commit, lines };
}
