import { rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { atMost, reported, type Figure } from "../figure.ts";
import { makeSyntheticRepo, type TestEdit } from "../synthetic-repo.ts";
import { measureProcesses, timeProcesses, type Command, type Taken } from "../time-process.ts";

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

const NONE: Taken = { wallMs: 0, cpuMs: 0 };
/** The same ratio in processor time, reported and without a bar: what a machine that is busy with other work still tells. */
const inCpu = (name: string, check: Taken, limit: readonly Taken[], against: string): Figure => reported(`${name}, processor time`, check.cpuMs / limit.reduce((sum, { cpuMs }) => sum + cpuMs, 0), "x", against);

/** A small change in a large repository: the run people start without thinking. */
export function smallChange(): Figure[] {
  const repo = makeSyntheticRepo(2_000, 5);
  try {
    const [check = NONE, diff = NONE, node = NONE] = measureProcesses([checkOf(repo.dir, true), gitDiff(repo.dir), bareNode], 15);
    const name = "check, 5 files, cold";
    return [
      atMost(name, check.wallMs / (diff.wallMs + node.wallMs), 2.5, "x", "git diff + bare Node"),
      inCpu(name, check, [diff, node], "git diff + bare Node"),
      reported(name, check.wallMs, "ms", `git diff ${diff.wallMs.toFixed(1)} ms + node ${node.wallMs.toFixed(1)} ms`),
    ];
  } finally {
    repo.remove();
  }
}

/**
 * 1,000 changed files of 10,000 no check wants to see as trees, with the curve at a sixteenth and a quarter of it: work has to stay linear in the change. What a check costs before it
 * has seen a file is taken off, or the fixed part would make any curve look flat.
 */
export function largeChange(): Figure[] {
  const figures: Figure[] = [];
  const perFile: number[] = [];
  const start = emptyCheck();
  for (const [scale, files, changed] of [[1, 625, 63], [4, 2_500, 250], [16, 10_000, 1_000]] as const) {
    const repo = makeSyntheticRepo(files, changed);
    try {
      const [cold = NONE, warm = NONE, diff = NONE, node = NONE] = measureProcesses([checkOf(repo.dir, true), checkOf(repo.dir, false), gitDiff(repo.dir), bareNode], 7);
      perFile.push((warm.wallMs - start) / changed);
      const name = `check, ${changed} of ${files} files (${scale}x)`;
      figures.push(reported(`${name}, cold`, cold.wallMs, "ms", `git diff ${diff.wallMs.toFixed(0)} ms + node ${node.wallMs.toFixed(0)} ms`));
      if (scale === 16) figures.push(...againstGit(name, { cold, warm }, diff, node));
    } finally {
      repo.remove();
    }
  }
  const [small = 1, , large = 1] = perFile;
  figures.push(atMost("check, time per changed file, 16x over 1x", large / small, 1.5, "x", "linear is 1"));
  return figures;
}

function againstGit(name: string, checks: Readonly<Record<string, Taken>>, diff: Taken, node: Taken): Figure[] {
  const limit = diff.wallMs + node.wallMs;
  return Object.entries(checks).flatMap(([how, check]) => [atMost(`${name}, ${how}`, check.wallMs / limit, 3, "x", "git diff + bare Node"), inCpu(`${name}, ${how}`, check, [diff, node], "git diff + bare Node")]);
}

/** Test files one verdict compares at most. */
const COMPARED = 400;

/**
 * 1,000 changed files of 10,000, half of them tests: two checks want both sides of those as trees, so a first look that reads all of them can't be quicker than
 * parsing them once. The second look knows the answers. Once with a check lost in every file, which is looked for in all other tests, once with one loosened, once
 * with a test added to each.
 */
export const largeTestedChange = (): Figure[] => [...testedChange("500 of them losing a check", "lost"), ...testedChange("500 of tests", "loosened"), ...testedChange("500 of them adding tests", "added")];

function testedChange(which: string, edit: TestEdit): Figure[] {
  const repo = makeSyntheticRepo(9_500, 500, 500, edit);
  try {
    const parseOnce: Command = { file: process.execPath, args: [fileURLToPath(new URL("../parse-blobs.mjs", import.meta.url)), repo.dir, String(COMPARED)] };
    const [cold = NONE, warm = NONE, diff = NONE, parsing = NONE, node = NONE] = measureProcesses([checkOf(repo.dir, true), checkOf(repo.dir, false), gitDiff(repo.dir), parseOnce, bareNode], 3);
    const name = `check, 1000 of 10000 files, ${which}`;
    return [
      atMost(`${name}, cold`, cold.wallMs / (diff.wallMs + parsing.wallMs), 1.5, "x", "git diff + Node that parses the blobs once"),
      inCpu(`${name}, cold`, cold, [diff, parsing], "git diff + Node that parses the blobs once"),
      reported(`${name}, cold`, cold.wallMs, "ms", `git diff ${diff.wallMs.toFixed(0)} ms + parsing ${parsing.wallMs.toFixed(0)} ms`),
      ...againstGit(name, { warm }, diff, node),
    ];
  } finally {
    repo.remove();
  }
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
