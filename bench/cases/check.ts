import { rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { atMost, reported, type Figure } from "../figure.ts";
import { makeSyntheticRepo } from "../synthetic-repo.ts";
import { timeProcesses, type Command } from "../time-process.ts";

/** The built CLI: what users run is measured, not the sources. */
export const cli = fileURLToPath(new URL("../../packages/cli/dist/proofline.js", import.meta.url));

const checkOf = (dir: string, cold: boolean): Command => ({
  file: process.execPath,
  args: [cli, "check", "--repo", dir, "--base", "HEAD~1", "--head", "HEAD", "--no-run", "--gate", "local", "--format", "json"],
  accept: [1, 3],
  ...(cold && { before: () => rmSync(join(dir, ".proofline"), { recursive: true, force: true }) }),
});
const gitDiff = (dir: string): Command => ({ file: "git", args: ["diff", "HEAD~1", "HEAD"], cwd: dir });
const bareNode: Command = { file: process.execPath, args: ["-e", "0"] };

/** A small change in a large repository: the run people start without thinking. */
export function smallChange(): Figure[] {
  const repo = makeSyntheticRepo(2_000, 5);
  try {
    const [check = 0, diff = 0, node = 0] = timeProcesses([checkOf(repo.dir, true), gitDiff(repo.dir), bareNode], 15);
    return [
      atMost("check, 5 files, cold", check / (diff + node), 2.5, "x", "git diff + bare Node"),
      reported("check, 5 files, cold", check, "ms", `git diff ${diff.toFixed(1)} ms + node ${node.toFixed(1)} ms`),
    ];
  } finally {
    repo.remove();
  }
}

/**
 * 1,000 changed files of 10,000, with the curve at a sixteenth and a quarter of it: work has to stay linear in the change. What a check costs before it
 * has seen a file is taken off, or the fixed part would make any curve look flat.
 */
export function largeChange(): Figure[] {
  const figures: Figure[] = [];
  const perFile: number[] = [];
  const start = emptyCheck();
  for (const [scale, files, changed] of [[1, 625, 63], [4, 2_500, 250], [16, 10_000, 1_000]] as const) {
    const repo = makeSyntheticRepo(files, changed);
    try {
      const [cold = 0, warm = 0, diff = 0, node = 0] = timeProcesses([checkOf(repo.dir, true), checkOf(repo.dir, false), gitDiff(repo.dir), bareNode], 7);
      perFile.push((warm - start) / changed);
      const name = `check, ${changed} of ${files} files (${scale}x)`;
      figures.push(reported(`${name}, cold`, cold, "ms", `git diff ${diff.toFixed(0)} ms + node ${node.toFixed(0)} ms`));
      if (scale === 16) figures.push(atMost(`${name}, cold`, cold / (diff + node), 3, "x", "git diff + bare Node"), atMost(`${name}, warm`, warm / (diff + node), 3, "x", "git diff + bare Node"));
    } finally {
      repo.remove();
    }
  }
  const [small = 1, , large = 1] = perFile;
  figures.push(atMost("check, time per changed file, 16x over 1x", large / small, 1.5, "x", "linear is 1"));
  return figures;
}

/** A check of a single file. */
function emptyCheck(): number {
  const repo = makeSyntheticRepo(625, 1);
  try {
    return timeProcesses([checkOf(repo.dir, false)], 7)[0] ?? 0;
  } finally {
    repo.remove();
  }
}

/** What a person waits for before any answer. */
export function help(): Figure[] {
  const [helped = 0, node = 0] = timeProcesses([{ file: process.execPath, args: [cli, "--help"] }, bareNode], 15);
  return [atMost("--help", helped / node, 2, "x", "bare node -e 0"), reported("--help", helped, "ms", `node ${node.toFixed(1)} ms`)];
}
