import type { Repository, SyntaxReader } from "#change";
import type { ProofLink, ReportReader, StoryFacts, TestExecutor, TestRun, TraceLibrary } from "#evidence";
import type { StoryLibrary, StoryProblem, Yaml } from "#intent";
import type { LedgerStore } from "#ledger";
import type { OriginSources } from "../assess-change/decide-isolation.ts";
import type { PolicySource } from "../config/policy-source.ts";
import type { Clock } from "../ports/clock.ts";
import type { ProgressSink } from "../ports/progress.ts";
import type { ReportFiles } from "../ports/report-files.ts";

/** Links of test files and stories by blob, so that a file is read once and not at every look. What can't be kept costs time, nothing else. */
export interface LinkMemory {
  links(): Promise<ReadonlyMap<string, readonly ProofLink[]>>;
  /** Replaces what was kept. */
  keepLinks(links: ReadonlyMap<string, readonly ProofLink[]>): Promise<void>;
  /** What stories say, by blob and path. */
  stories(): Promise<ReadonlyMap<string, ReadStory>>;
  keepStories(stories: ReadonlyMap<string, ReadStory>): Promise<void>;
}

/** One story file, as far as tracing needs it. */
export interface ReadStory {
  readonly story?: StoryFacts;
  readonly problems: readonly StoryProblem[];
}

/** Where nothing is kept. */
export const noLinkMemory: LinkMemory = { links: () => Promise.resolve(new Map()), keepLinks: () => Promise.resolve(), stories: () => Promise.resolve(new Map()), keepStories: () => Promise.resolve() };

/** What tests of a tree did when they last ran, by tree id: kept for traces of the same tree. */
export interface OutcomeMemory {
  outcomes(tree: string): Promise<readonly TestRun[]>;
  keepOutcomes(tree: string, runs: readonly TestRun[]): Promise<void>;
}

/** What reading stories and links stands on; loaded where a repository has stories. */
export interface TraceReaders {
  readonly stories: StoryLibrary;
  readonly trace: TraceLibrary;
  readonly yaml: Yaml;
  readonly syntax: SyntaxReader;
}

/** A repository beside this one, opened at the commit that is looked at. */
export interface SiblingRepository {
  readonly repository: Pick<Repository, "listFiles" | "readBlobs">;
  readonly commit: string;
  readonly tree: string;
  /** What a reader should know: uncommitted work that is not looked at, a copy that could not be brought up to date. */
  readonly notes: readonly string[];
  readonly outcomes: OutcomeMemory;
  close(): Promise<void>;
}

/** Opens repositories of the workspace by path or Git URL. Raises a named error where that can't be had. */
export interface SiblingSource {
  open(at: string): Promise<SiblingRepository>;
}

/** What `spec trace` stands on. */
export interface TracePorts {
  readonly repository: Repository & { readonly root: string; readonly bare: boolean };
  readonly ci: boolean;
  readonly executor: TestExecutor;
  readonly reports: ReportReader;
  readonly reportFiles: ReportFiles;
  readonly links: LinkMemory;
  readonly outcomes: OutcomeMemory;
  readonly siblings: SiblingSource;
  /** Which tests are known to be flaky. */
  readonly ledger: Pick<LedgerStore, "read">;
  readonly clock: Clock;
  readonly progress: ProgressSink;
  readonly signal: AbortSignal;
  readonly policySource?: PolicySource;
  readonly whoAmI: OriginSources["whoAmI"];
  readonly untrusted?: string;
  readers(): Promise<TraceReaders>;
}
