import type { HistoryGap } from "#change";
import { noWorkingTree } from "../errors.ts";
import { failureOf } from "../process/failure.ts";
import type { Git } from "../process/git.ts";
import { copyOfIndex, indexInfo, refuseConflicts, writeTree } from "./scratch-index.ts";

export interface TreeMade {
  readonly tree: string;
  readonly gaps: readonly HistoryGap[];
}

/** What `git commit` would commit now. Entries added with intent only are left out, as Git does. */
export async function indexTree(git: Git): Promise<TreeMade> {
  if (git.place.bare) throw noWorkingTree({ path: git.place.root, asked: "index" });
  const index = await copyOfIndex(git);
  await refuseConflicts(git);
  return { tree: await writeTree(git, index), gaps: [] };
}

/**
 * What `git add -A` and `git commit` would commit now: tracked and untracked files that are not ignored. Repositories that merely lie inside are no part
 * of it. Nothing is written into the repository; of an object that is there already Git may renew the time stamp, as any command does that stores one.
 */
export async function workingTree(git: Git): Promise<TreeMade> {
  if (git.place.bare) throw noWorkingTree({ path: git.place.root, asked: "working tree" });
  const index = await copyOfIndex(git);
  const env = git.writing(index);
  // --sparse: files outside a sparse checkout that are there count; those that are not are no deletions.
  const [, { code, err }] = await Promise.all([refuseConflicts(git), git.run(["add", "--all", "--sparse", "--ignore-errors"], { env })]);
  const unread = unreadFiles(err);
  if (code > 1 || (code !== 0 && !unread.excused)) throw failureOf("add --all", err, git.place.root);
  if (unread.nested.length > 0) await removeNested(git, index, unread.nested);
  return { tree: await writeTree(git, index), gaps: unread.gaps };
}

interface Unread {
  readonly gaps: readonly HistoryGap[];
  /** Untracked repositories inside this one, which Git adds as submodules. */
  readonly nested: readonly string[];
  /** True when every error has its explanation here. */
  readonly excused: boolean;
}

/** `git add --ignore-errors` goes on after a file it can't read, and says so. */
function unreadFiles(err: string): Unread {
  const nested = [...err.matchAll(/^warning: adding embedded git repository: (.+)$/gm)].map((match) => match[1] ?? "");
  const empty = /^error: '.+' does not have a commit checked out$/m.test(err);
  const files = [...err.matchAll(/^(?:error|fatal|warning): (?:unable to index file|could not open directory|unable to stat) '(.+?)'/gm)].map(
    (match) => match[1] ?? "",
  );
  const gaps = [...new Set(files)].map((file) => ({
    part: "diff" as const,
    because: `${file} could not be read from the working tree, so its changes are not in this diff`,
    fix: `Make ${file} readable (or ignore it), make sure that nothing rewrites it meanwhile, and run again.`,
  }));
  return { gaps, nested, excused: empty || gaps.length > 0 };
}

async function removeNested(git: Git, index: string, nested: readonly string[]): Promise<void> {
  const zero = "0".repeat(git.place.format === "sha256" ? 64 : 40);
  const input = indexInfo(
    nested.map((path) => [Buffer.from(path), null] as const),
    zero,
  );
  await git.ask(["update-index", "-z", "--index-info"], { env: git.writing(index), input });
}
