import type { Side } from "#kernel";
import type { CutBy, Evidence, SecretScan, TestFailure } from "./evidence.ts";

/** A report as handed in. */
export interface ReportFile {
  /** Path as the user gave it, relative to the repository where it lies inside. */
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Milliseconds since the epoch. */
  readonly modifiedAt: number;
}

/** What a report is read against. */
export interface ReportContext {
  /** Commit or tree the evidence shall speak of. */
  readonly subject: string;
  /** Commit id when the head is a commit; a report that names another commit is refused. */
  readonly headCommit?: string;
  /** Committer time of the head in seconds; an older report is refused. */
  readonly headTime?: number;
  /** Absolute path of the checkout, to turn the absolute paths some writers use into repository paths. */
  readonly root: string;
  /** Every path of the head tree, to resolve shortened names; undefined when it was not listed. */
  readonly paths?: ReadonlySet<string>;
}

/** Turns foreign reports into evidence. Implemented by adapters/formats. Throws named errors for what it cannot read. */
export interface ReportReader {
  /** Usually one piece; a JUnit file may hold several runs. */
  read(file: ReportFile, context: ReportContext): Promise<readonly Evidence[]>;
}

/** Something worth telling while tests run. */
export interface RunProgress {
  readonly phase: "checkout" | "install" | "build" | "test";
  /** Short human line, e.g. `vitest: 12 of 41 files`. */
  readonly says: string;
}

/** What to run, where and for how long. */
export interface RunRequest {
  /** Commit or tree id to test; it is checked out in a clone of our own, the user's tree is never touched. */
  readonly tree: string;
  /** Test files by repository path, or the whole suite. */
  readonly selection: readonly string[] | "all";
  /** Collect line and branch coverage too, where the runner can. */
  readonly coverage?: boolean;
  /**
   * Note which source files each test file ran through, where the runner can tell them apart. Costs some speed. With `with-coverage` only where coverage is collected anyway: nothing
   * else then sits in a process whose outcome is judged.
   */
  readonly trace?: boolean | "with-coverage";
  /** Absolute folder in which to keep what tests attach (traces, screenshots, videos); absent means none is asked for nor kept. */
  readonly keepAttachments?: string;
  readonly budgetMs: number;
  /** Most time for the tests themselves, once packages are there and what they need is built; absent means what is left of the budget. */
  readonly testsMs?: number;
  /** How far the run is kept from the rest of the machine; absent means `ordinary`. `strict` is achieved or nothing is run. */
  readonly isolation?: "ordinary" | "strict";
  /** A red outcome may be answered from an earlier run of the same thing: it is about code that is not being worked on. Green ones always may. */
  readonly keepRed?: boolean;
  readonly signal: AbortSignal;
  onProgress?(progress: RunProgress): void;
}

/** How this repository runs tests, from configuration or found by looking. */
export interface TestSetup {
  /** `vitest`, `jest`, `mocha`, `node:test`, `ava`, `tap`, `tape`, `program`, `jasmine`, `pytest`, or `command`. */
  readonly runner: string;
  /** Package folder it runs in (`.` for the root). */
  readonly packageDir: string;
  /** For `command`: what to execute and where its report appears. */
  readonly command?: string;
  readonly report?: string;
  /** Ports and variables the tests may use from outside. */
  readonly needs?: { readonly ports?: readonly number[]; readonly env?: readonly string[] };
  /** How it was found, in words. */
  readonly because: string;
  /** What the package's own test script says about how to start the runner. */
  readonly start?: TestStart;
  /** The runner was recognised and is not started here: what to write into the configuration. */
  readonly declare?: string;
}

/** How a test script starts its runner, without what only shapes its output. */
export interface TestStart {
  /** Options for Node itself, e.g. `--import tsx`. */
  readonly nodeOptions?: readonly string[];
  /** Options for the runner, e.g. `--require ts-node/register`. */
  readonly options?: readonly string[];
  /** Files, folders or globs the script names; empty means the runner's own default. */
  readonly files?: readonly string[];
  readonly variables?: Readonly<Record<string, string>>;
  /** Shell commands that must have run before, e.g. `tsc -p .`. */
  readonly build?: readonly string[];
  /** Commands that build this package, run only when the tests turn out to need built files. */
  readonly buildWhenMissing?: string;
}

/** Runs tests. Implemented by adapters/runners. */
export interface TestExecutor {
  /** Looks at package manifests and configuration of a tree; an empty list means no runner was recognised. */
  detect(tree: string, declared?: readonly Partial<TestSetup>[]): Promise<readonly TestSetup[]>;
  /** One run per setup concerned; a run that was cut short comes back with `complete: false`, never as an exception. */
  run(setups: readonly TestSetup[], request: RunRequest): Promise<readonly Evidence[]>;
  /** How far a run can be kept from this machine, tried for real, in words. Absent where nobody can tell: then nothing is achieved. */
  isolation?(level: "ordinary" | "strict"): Promise<{ readonly achieved: boolean; readonly says: string }>;
}

/** How a tree got the packages it needs. */
export interface WorkspaceDependencies {
  readonly how: "none-needed" | "copied" | "cached" | "installed" | "failed";
  readonly says: string;
  /** Set when `how` is `failed`: about the surroundings, never a red test. */
  readonly failure?: TestFailure;
  /** Set with `failure`: whether more time could have helped. */
  readonly cutBy?: CutBy;
}

/** A tree laid out in a folder of our own. */
export interface Workspace {
  readonly tree: string;
  /** Absolute, with links resolved. */
  readonly root: string;
  /** A folder beside the tree for temporary files and results, emptied when the tree is opened. */
  readonly scratch: string;
  /** Value of the environment variable PROOFLINE_SESSION for every process started here: how they are found and ended. */
  readonly mark: string;
  readonly dependencies: WorkspaceDependencies;
  /** What is not as in a full checkout: empty submodules, LFS pointers. */
  readonly notes: readonly string[];
  /** Every tracked path. */
  readonly files: readonly string[];
  /** Names of the repository's own packages. */
  readonly ownPackages: readonly string[];
  /** Puts back what `keepBuilt` kept of the same tree under this name in the same session; false when there is nothing. */
  restoreBuilt(name: string): Promise<boolean>;
  /**
   * Keeps what a build made in the tree since it was asked for in vain, for the next run on it: a clean tree has to be built again otherwise. What tests had left
   * there before is not kept.
   */
  keepBuilt(name: string): Promise<void>;
  /** Gives the folder back; the next tree with the same packages uses it again. */
  release(): Promise<void>;
}

export interface OpenRequest {
  /** Milliseconds since the epoch. */
  readonly deadline: number;
  /** For `strict` the tree's repository borrows no object of the user's, and packages are installed out of sight of the machine. */
  readonly isolation?: RunRequest["isolation"];
  readonly signal: AbortSignal;
  onProgress?(progress: RunProgress): void;
}

/** Lays out trees of the repository away from the user's checkout. Implemented by adapters/workspaces. */
export interface Workspaces {
  open(tree: string, request: OpenRequest): Promise<Workspace>;
  /** A new tree id: `base` with these paths as they are in `from` (removed where `from` lacks them): base's source, head's tests. */
  combine(base: string, overlay: { readonly from: string; readonly paths: readonly string[] }): Promise<string>;
  /** Ends what still runs and removes every folder. */
  close(): Promise<void>;
}

/** A changed line to look for secrets in. */
export interface ScannedLine {
  readonly file: string;
  /** 1-based, on its side. */
  readonly line: number;
  readonly text: string;
  /** `base` for a deleted line: a secret seen there was moved, not let out. Absent means `head`. */
  readonly side?: Side;
  /** The commit on the way that adds the line; absent for lines of the change as a whole. */
  readonly commit?: string;
}

/** Finds secrets of known formats. Implemented by adapters/secrets. What it returns never holds a secret. */
export interface SecretScanner {
  /**
   * Lines of one file come in ascending order, so that keys which span lines are seen whole.
   * With `base` (the merge base's commit or tree id) each secret found is looked up there as well.
   */
  scan(lines: Iterable<ScannedLine>, subject: string, base?: string): Promise<SecretScan>;
}
