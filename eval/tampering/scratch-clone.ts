import { execFileSync, type ExecFileSyncOptions } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Files } from "./planting.ts";

/** A bare clone of our own that borrows another's objects: commits are made in it, never in the clone that was handed in. */
export interface ScratchClone {
  readonly dir: string;
  readonly paths: readonly string[];
  read(path: string): string | undefined;
  /** A commit on top of another, with these files as given. */
  commit(parent: string, files: Files): string;
}

const WHO = { GIT_AUTHOR_NAME: "Eval", GIT_AUTHOR_EMAIL: "eval@example.com", GIT_COMMITTER_NAME: "Eval", GIT_COMMITTER_EMAIL: "eval@example.com", GIT_AUTHOR_DATE: "2026-01-01T00:00:00Z", GIT_COMMITTER_DATE: "2026-01-01T00:00:00Z" };

/** Undefined when the clone or the commit is not there. */
export function openScratchClone(data: string, name: string, revision: string, into: string): ScratchClone | undefined {
  const dashed = name.replace("/", "+");
  const from = [dashed, `${dashed}/repo`, name].map((one) => join(data, one)).find((dir) => existsSync(join(dir, "HEAD")) || existsSync(join(dir, ".git")));
  if (from === undefined) return undefined;
  const dir = join(into, dashed);
  const options: ExecFileSyncOptions = { cwd: existsSync(dir) ? dir : into, maxBuffer: 1 << 28, env: { ...process.env, ...WHO, GIT_INDEX_FILE: join(dir, "eval-index") }, stdio: ["pipe", "pipe", "ignore"] };
  try {
    if (!existsSync(dir)) execFileSync("git", ["clone", "-q", "--bare", "--shared", from, dir], { ...options, cwd: into });
    const git = (args: readonly string[], input?: string): string => execFileSync("git", args, { ...options, cwd: dir, ...(input !== undefined && { input }) }).toString("utf8");
    const paths = git(["ls-tree", "-r", "-z", "--name-only", revision]).split("\0").filter(Boolean);
    return { dir, paths, read: (path) => (paths.includes(path) ? git(["cat-file", "blob", `${revision}:${path}`]) : undefined), commit: (parent, files) => commit(git, parent, files) };
  } catch {
    return undefined;
  }
}

function commit(git: (args: readonly string[], input?: string) => string, parent: string, files: Files): string {
  git(["read-tree", parent]);
  for (const [path, text] of Object.entries(files)) {
    const entry = text === null ? `0 ${"0".repeat(40)}` : `100644 ${git(["hash-object", "-w", "--stdin"], text).trim()}`;
    git(["update-index", "--index-info"], `${entry}\t${path}\n`);
  }
  return git(["commit-tree", git(["write-tree"]).trim(), "-p", parent, "-m", "Tidy up"]).trim();
}
