import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import type { Entry } from "./entries.ts";

/** The two commits a proof is asked about. */
export interface Sides {
  readonly broken: string;
  readonly fixed: string;
}

/**
 * Where a project keeps its runner's settings in a build tool, its owner would say in `proofline.yaml` how its tests run. Lays that file on both
 * commits of the entry, as two commits of the checkout's own; without a declaration the entry's commits stand as they are.
 */
export function sidesOf(entry: Entry, dir: string): Sides {
  if (entry.declared === undefined) return { broken: entry.broken, fixed: entry.fixed };
  const { command, report } = entry.declared;
  const text = `tests:\n  packages:\n    - { dir: ., command: ${JSON.stringify(command)}, report: ${JSON.stringify(report)} }\n`;
  const blob = git(dir, ["hash-object", "-w", "--stdin"], text);
  const broken = commitWith(dir, entry.broken, blob, "start");
  const message = git(dir, ["log", "-1", "--format=%B", entry.fixed]);
  return { broken, fixed: commitWith(dir, entry.fixed, blob, message, broken) };
}

function commitWith(dir: string, commit: string, blob: string, message: string, parent?: string): string {
  const index = join(dir, ".git", "proofline-declared-index");
  const env = { GIT_INDEX_FILE: index };
  git(dir, ["read-tree", commit], "", env);
  git(dir, ["update-index", "--add", "--cacheinfo", `100644,${blob},proofline.yaml`], "", env);
  const tree = git(dir, ["write-tree"], "", env);
  rmSync(index, { force: true });
  return git(dir, ["commit-tree", tree, ...(parent === undefined ? [] : ["-p", parent])], message);
}

const AUTHOR = { GIT_AUTHOR_NAME: "T", GIT_AUTHOR_EMAIL: "t@example.org", GIT_COMMITTER_NAME: "T", GIT_COMMITTER_EMAIL: "t@example.org" };

const git = (dir: string, args: readonly string[], input = "", env: Readonly<Record<string, string>> = {}): string =>
  execFileSync("git", ["-C", dir, ...args], { encoding: "utf8", input, env: { ...process.env, ...AUTHOR, ...env } }).trim();
