import { createHash } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { isAbsolute, join, resolve } from "node:path";
import { isProoflineError, withoutCredentials } from "#kernel";
import type { Repository } from "#change";
import type { OutcomeMemory, SiblingRepository, SiblingSource } from "#operations";
import { workspaceNotReachable } from "./errors.ts";

/** A repository as the Git adapter opens it. */
type Opened = Pick<Repository, "resolve" | "listFiles" | "readBlobs" | "close"> & { readonly root: string; readonly bare: boolean };

/** Opens the repository of a folder. */
export type OpenSibling = (folder: string) => Promise<Opened>;

export interface GitSiblingsOptions {
  /** Root of the repository that names them: relative paths start here. */
  readonly root: string;
  /** Where fetched repositories are kept between runs. */
  readonly cacheFolder: string;
  /** Runs Git in a folder; rejects with what Git said, without credentials. */
  readonly git: (folder: string, args: readonly string[]) => Promise<string>;
  readonly open: OpenSibling;
  /** What is kept of runs in a checkout. */
  outcomesOf(repository: Pick<Opened, "root" | "bare">): OutcomeMemory;
}

/** What is kept of nothing: a copy of ours was never tested. */
const NO_OUTCOMES: OutcomeMemory = { outcomes: () => Promise.resolve([]), keepOutcomes: () => Promise.resolve() };

/** Opens other repositories of the workspace: a path is read in place, at its HEAD; a URL is fetched, its default branch at depth one. */
export const gitSiblings = (options: GitSiblingsOptions): SiblingSource => ({
  open: async (at) => {
    try {
      return isPath(at) ? await inPlace(at, options) : await fetched(at, options);
    } catch (error) {
      if (isProoflineError(error) && error.code.startsWith("workspace/")) throw error;
      throw workspaceNotReachable({ at: withoutCredentials(at), says: saidBy(error) }, error);
    }
  },
});

/** `host:path` and anything with a scheme is for Git to reach; all else stands on this machine. */
const isPath = (at: string): boolean => isAbsolute(at) || !/^[\w+.-]+:\/\/|^[\w.-]+@?[\w.-]*:/.test(at);

async function inPlace(at: string, { root, open, outcomesOf }: GitSiblingsOptions): Promise<SiblingRepository> {
  const repository = await open(resolve(root, at));
  const head = await repository.resolve({ base: "HEAD", head: { kind: "commit", rev: "HEAD" } });
  const work = repository.bare ? head : await repository.resolve({ base: "HEAD", head: { kind: "worktree" } });
  const notes = work.headTree === head.headTree ? [] : ["it has uncommitted changes, which were not looked at"];
  return { repository, commit: head.head, tree: head.headTree, notes, outcomes: outcomesOf(repository), close: () => repository.close() };
}

async function fetched(url: string, { cacheFolder, git, open }: GitSiblingsOptions): Promise<SiblingRepository> {
  const folder = join(cacheFolder, "workspace", createHash("sha256").update(url).digest("hex").slice(0, 20));
  await mkdir(folder, { recursive: true });
  await git(folder, ["init", "--quiet", "--bare"]);
  const failed = await git(folder, ["fetch", "--quiet", "--depth=1", "--no-tags", "--force", "--end-of-options", url, "HEAD:refs/heads/fetched"]).then(
    () => undefined,
    (error: unknown) => saidBy(error),
  );
  const known = await git(folder, ["rev-parse", "--verify", "--quiet", "refs/heads/fetched"]).catch(() => "");
  if (known.trim() === "") throw workspaceNotReachable({ at: withoutCredentials(url), says: failed ?? "it has no commit" });
  const repository = await open(folder);
  const head = await repository.resolve({ base: "fetched", head: { kind: "commit", rev: "fetched" } });
  const notes = failed === undefined ? [] : [`it could not be fetched now (${failed}); this is the copy of an earlier time`];
  return { repository, commit: head.head, tree: head.headTree, notes, outcomes: NO_OUTCOMES, close: () => repository.close() };
}

/** What went wrong, in one line, without credentials a URL may carry. */
const saidBy = (error: unknown): string => withoutCredentials((error instanceof Error ? error.message : String(error)).split("\n").at(-1) || "it can't be read");
