import { secretHint, type FileStep, type Repository, type ResolvedChange } from "#change";
import { missingObject, unknownRevision } from "./errors.ts";
import { readDiff } from "./diff/read-diff.ts";
import { addedLines } from "./history/added-lines.ts";
import { commitLog } from "./history/commit-log.ts";
import { contributors } from "./history/contributors.ts";
import { fileLog } from "./history/file-log.ts";
import { commitBefore, landedBy } from "./history/landed-by.ts";
import { landings } from "./history/landings.ts";
import { loneCommit } from "./history/lone-commit.ts";
import { pastChanges } from "./history/past-changes.ts";
import { touchedPaths } from "./history/touched-paths.ts";
import { listFiles } from "./objects/list-files.ts";
import { openObjectReader, type ObjectReader } from "./objects/object-reader.ts";
import { readBlobs, readFiles } from "./objects/read-files.ts";
import { streamLines } from "./objects/stream-lines.ts";
import type { Wanted } from "./objects/wanted-lines.ts";
import { findCommit, isEmptyTree, treeOf, type CommitHead } from "./objects/revisions.ts";
import { openTrees } from "./objects/trees.ts";
import { discover, existingFolder } from "./process/discover.ts";
import { gitEnvironment, type Environment } from "./process/environment.ts";
import { gitIn, type Git } from "./process/git.ts";
import { temporaryFolder } from "./process/temporary-folder.ts";
import { refuseOther } from "./resolve/find-base.ts";
import { resolveChange } from "./resolve/resolve-change.ts";
import { composeTree, storeText } from "./trees/compose-tree.ts";

export interface OpenOptions {
  /** In CI the clone is the job's own: history and blobs that are missing may be fetched into it. */
  readonly ci?: boolean;
  /** The caller's environment; the process's own by default. */
  readonly env?: Environment;
  /** Where temporary folders go; the system's by default. */
  readonly temporaryFolder?: string;
}

/** A repository with the places other adapters need. */
export interface OpenedRepository extends Repository {
  /** Top of the working tree; of a bare repository, its folder. Absolute. */
  readonly root: string;
  readonly gitDir: string;
  /** True where there is no working tree. */
  readonly bare: boolean;
  readonly shallow: boolean;
  /** Folders with objects no repository has: of working trees, indexes and patches. Empty until one was resolved. */
  objectDirectories(): readonly string[];
  /** Tells every commit up to `at` that touched files at or below some paths, newest first, as it is read. Raises a named error for an unknown revision; `whole` is false where Git could not read to the end; `cut` is true where `since` is an ancestor, and only what came after it is told. */
  fileLog(at: string, paths: readonly string[], onStep: (step: FileStep) => void, since?: string): Promise<{ readonly id: string; readonly whole: boolean; readonly cut: boolean }>;
  /** The merge on the first-parent line by which each of some commits came in; those that stand on the line itself are absent. */
  landedBy(at: string, commits: ReadonlySet<string>): Promise<ReadonlyMap<string, { readonly id: string; readonly message: string }>>;
  /** The newest commit on the first-parent line up to `at` that was committed by a time (seconds since the epoch). */
  commitBefore(at: string, seconds: number): Promise<string | undefined>;
}

/** Of a change with more commits, the newest are told. */
const COMMITS_TOLD = 5_000;

/** Opens the repository a folder lies in. One process; nothing is written until a working tree, an index or a patch is asked for, and never into the repository. */
export async function openRepository(dir: string, options: OpenOptions = {}): Promise<OpenedRepository> {
  const caller = options.env ?? process.env;
  const ci = options.ci ?? false;
  const cwd = existingFolder(dir);
  const finding = discover(cwd, gitEnvironment(caller, false), caller);
  // Objects will be asked for whatever is found: their reader starts meanwhile, in the folder the search starts from.
  let git: Git | undefined;
  const objects = openObjectReader(() => (git ? { cwd: git.place.root, env: git.reading(true) } : { cwd, env: gitEnvironment(caller, ci) }));
  try {
    git = gitIn(await finding, { ci, caller, folder: temporaryFolder(options.temporaryFolder) });
  } catch (error) {
    await objects.close();
    throw error;
  }
  return repositoryOf(git, objects);
}

/** A private key goes on for many lines; of anything else what belongs to it stands close by. */
const SECRETS: Wanted = { maybe: secretHint, linesAfter: (line) => (line.includes("PRIVATE KEY") ? 120 : 5) };

function repositoryOf(git: Git, objects: ObjectReader): OpenedRepository {
  const { place, folder } = git;
  const trees = openTrees(objects);
  const source = { git, objects, trees };
  const beforeWriting = (): void => {
    if (git.prepareWriting()) objects.restart();
  };
  const treeAt = async (id: string): Promise<string> => {
    const tree = await treeOf(objects, id);
    if (tree === undefined) throw missingObject({ id });
    return tree;
  };
  return {
    root: place.root,
    gitDir: place.gitDir,
    bare: place.bare,
    shallow: place.shallow,
    objectDirectories: () => {
      beforeWriting();
      return git.ownObjects();
    },
    resolve: (request) => {
      if (request.head.kind !== "commit" && !place.bare) beforeWriting();
      return resolveChange(source, request);
    },
    diff: (change) => readDiff(source, change),
    readFiles: async (tree, paths) => readFiles(objects, trees, await treeAt(tree), paths),
    readBlobs: (blobs) => readBlobs(objects, blobs),
    secretLines: (blob) => streamLines(blob, SECRETS, { cwd: place.root, env: git.reading(true) }),
    secretLinesOfCommits: ({ base, head }) => addedLines(git, { head, base: base === undefined || isEmptyTree(base) ? undefined : base }, SECRETS),
    listFiles: async (tree, under) => listFiles(git, trees, await treeAt(tree), under),
    composeTree: async (base, edits) => {
      beforeWriting();
      return composeTree(git, await treeAt(base), edits);
    },
    storeText: async (text) => {
      beforeWriting();
      return storeText(git, text);
    },
    ...historyOf(git, objects),
    close: async () => {
      await objects.close();
      await folder.remove();
    },
  };
}

type HistoryReader = Pick<OpenedRepository, "commits" | "pastChanges" | "touchedPaths" | "landings" | "contributors" | "fileLog" | "landedBy" | "commitBefore">;

/** Figures from history are never worth a network round trip: what is not here is not counted. */
function historyOf(git: Git, objects: ObjectReader): HistoryReader {
  const commit = (rev: string): Promise<CommitHead | undefined> => commitAt(objects, rev, git.place.shallow);
  return {
    commits: async ({ headCommit, mergeBase }: ResolvedChange) => {
      if (headCommit === undefined || headCommit === mergeBase) return [];
      // A shallow clone tells other parents than the object does.
      const alone = git.place.shallow ? undefined : await loneCommit(objects, headCommit, mergeBase);
      return alone ? [alone] : commitLog(git, [`--max-count=${COMMITS_TOLD}`, headCommit, ...(isEmptyTree(mergeBase) ? [] : [`^${mergeBase}`])]);
    },
    pastChanges: async (at, count) => {
      const from = await commit(at);
      return from ? pastChanges(git, from.id, count) : [];
    },
    touchedPaths: async (at, count) => {
      const from = await commit(at);
      return from ? touchedPaths(git, from.id, count) : [];
    },
    landings: async (at, count) => {
      const from = await commit(at);
      return from ? landings(git, from.id, count) : [];
    },
    contributors: async (at, days) => {
      const from = await commit(at);
      return from ? contributors(git, from, days) : [];
    },
    fileLog: async (at, paths, onStep, since) => {
      const from = await commit(at);
      return from ? { id: from.id, ...(await fileLog(git, { at: from.id, paths, onStep, since })) } : { id: "", whole: true, cut: false };
    },
    landedBy: async (at, commits) => {
      const from = await commit(at);
      return from ? landedBy(git, from.id, commits) : new Map();
    },
    commitBefore: async (at, seconds) => {
      const from = await commit(at);
      return from && commitBefore(git, from.id, seconds);
    },
  };
}

/** Undefined where there is no history: for the empty tree, and for HEAD before the first commit. An unknown revision is an error. */
async function commitAt(objects: Parameters<typeof findCommit>[0], rev: string, shallow: boolean): Promise<CommitHead | undefined> {
  if (isEmptyTree(rev)) return undefined;
  const found = await findCommit(objects, rev);
  if (typeof found !== "string") return found;
  if (rev === "HEAD") return undefined;
  refuseOther(found, rev, "revision");
  throw unknownRevision({ rev, role: "revision", shallow });
}
