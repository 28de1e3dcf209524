import type { Diff, HistoryGap } from "./diff.ts";

export type HeadKind = "commit" | "worktree" | "index" | "patch";

/** Which change to read. `base` names the tip of the target; absent means the default branch (or CI's target branch). */
export interface ChangeRequest {
  readonly base?: string;
  readonly head:
    | { readonly kind: "commit"; readonly rev: string }
    | { readonly kind: "worktree" }
    | { readonly kind: "index" }
    /** A patch (unified diff, Git or plain) applied to the merge base; `-` is standard input, read by the caller into `text`. */
    | { readonly kind: "patch"; readonly file: string; readonly text?: string };
}

/** The two sides as object ids. Every kind of head ends as a tree, so that what follows knows only trees. */
export interface ResolvedChange {
  /** Commit id of the target tip: policy is read from here. */
  readonly base: string;
  /** What the user would call the base: a branch name or the revision as typed. */
  readonly baseName: string;
  /** Commit id, or the tree id when the head is no commit. */
  readonly head: string;
  readonly headName: string;
  readonly headKind: HeadKind;
  readonly headTree: string;
  /** Commit the diff starts at; the empty tree's id when the histories share nothing. */
  readonly mergeBase: string;
  readonly mergeBaseTree: string;
  /** Commit that HEAD of the change stands on: equals `head` for commits, else the checkout's HEAD. Absent in an unborn branch. */
  readonly headCommit?: string;
  readonly shallow: boolean;
  readonly gaps: readonly HistoryGap[];
}

/** A commit of the change, or of the history before it. */
export interface CommitFacts {
  readonly id: string;
  readonly parents: readonly string[];
  readonly author: { readonly name: string; readonly email: string };
  readonly committer: { readonly name: string; readonly email: string };
  /** Seconds since the epoch. */
  readonly authoredAt: number;
  readonly committedAt: number;
  /** Whole message, subject first. */
  readonly message: string;
  readonly trailers: readonly { readonly key: string; readonly value: string }[];
}

/** Size of an earlier change, for percentiles. */
export interface PastChange {
  readonly id: string;
  readonly message: string;
  readonly files: readonly { readonly path: string; readonly added: number; readonly deleted: number }[];
}

export interface TreeEntry {
  readonly path: string;
  readonly mode: string;
  readonly blob: string;
}

export interface FileContent {
  readonly blob: string;
  readonly bytes: number;
  /** Absent when the content is binary, above the size limit or missing from the object store; `why` says which. */
  readonly text?: string;
  readonly why?: "binary" | "too-large" | "missing" | "symlink" | "submodule";
}

/** Lines found in a file that is too large to be read whole. */
export interface LinesFound {
  readonly lines: readonly { readonly line: number; readonly text: string }[];
  /** False when not all of it was looked at. */
  readonly whole: boolean;
  readonly binary?: boolean;
}

/** A line that one commit of a change adds, whether or not the head still has it. */
export interface AddedLine {
  readonly commit: string;
  readonly file: string;
  /** 1-based, in that commit. */
  readonly line: number;
  readonly text: string;
}

/** What the commits of a change add on their way. */
export interface AddedLines {
  /** Newest commit first; in a commit by file, ascending. */
  readonly lines: readonly AddedLine[];
  /** False when not all commits were looked at. */
  readonly whole: boolean;
}

/** One commit with the blobs of files it touches. */
export interface FileStep {
  readonly commit: CommitFacts;
  readonly files: readonly {
    readonly path: string;
    /** Blob in each parent, in their order; undefined where the file was not there. The first commit of a history has one parent without files. */
    readonly before: readonly (string | undefined)[];
    /** Absent where the commit takes it away. */
    readonly after?: string;
  }[];
}

/** Reads one Git repository and never writes to it. Implemented by adapters/git. */
export interface Repository {
  resolve(request: ChangeRequest): Promise<ResolvedChange>;
  diff(change: ResolvedChange): Promise<Diff>;
  /** Contents of files at a commit or tree id; paths that are not there are absent from the map. */
  readFiles(tree: string, paths: readonly string[]): Promise<ReadonlyMap<string, FileContent>>;
  /** Contents by blob id. */
  readBlobs(blobs: readonly string[]): Promise<ReadonlyMap<string, FileContent>>;
  /** Streams a blob of any size and gives the lines that could hold a secret, with those round them. Memory does not grow with the blob. */
  secretLines(blob: string): Promise<LinesFound>;
  /** Added lines of every commit from `base` (exclusive; absent: from the first) to `head` that could hold a secret, with those round them. */
  secretLinesOfCommits(range: { readonly base?: string; readonly head: string }): Promise<AddedLines>;
  /** Every file at a commit or tree id, optionally below some folders. Not for the hot path of large repositories. */
  listFiles(tree: string, under?: readonly string[]): Promise<readonly TreeEntry[]>;
  /** A new tree: `base` (commit or tree) with these paths set to a blob, or removed by null. For a base with the head's tests. */
  composeTree(base: string, edits: ReadonlyMap<string, Pick<TreeEntry, "blob" | "mode"> | null>): Promise<string>;
  /** Keeps a text as a blob among the temporary objects and gives its id: for `composeTree`. */
  storeText(text: string): Promise<string>;
  /** Commits of the change (merge base exclusive), newest first; empty for a head that is no commit ahead of the base. */
  commits(change: ResolvedChange): Promise<readonly CommitFacts[]>;
  /** The last `count` non-merge changes up to a commit, newest first, with sizes. Files above 256 KB (lock files, generated ones) count no lines. */
  pastChanges(at: string, count: number): Promise<readonly PastChange[]>;
  /** Paths that each of the last `count` non-merge changes up to a commit touched, newest first: what people there change together. */
  touchedPaths(at: string, count: number): Promise<readonly (readonly string[])[]>;
  /** The last `count` merges (or, in a linear history, commits) on the first-parent line: what `init` replays. Newest first. */
  landings(at: string, count: number): Promise<readonly CommitFacts[]>;
  /** Who committed in the `days` before the commit's own date: e-mail and name, with counts. */
  contributors(at: string, days: number): Promise<readonly { readonly name: string; readonly email: string; readonly commits: number }[]>;
  /** Lets go of temporary objects and child processes. */
  close(): Promise<void>;
}
