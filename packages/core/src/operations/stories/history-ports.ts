import type { FileStep, Repository } from "#change";
import type { HistoryEntry, StoryLibrary, Yaml } from "#intent";

/** What looking back stands on. */
export interface PastPorts {
  readonly repository: Pick<Repository, "readBlobs" | "listFiles" | "resolve"> & PastFiles;
  readonly library: StoryLibrary;
  readonly yaml: Yaml;
  /** Absent where nothing is remembered. */
  readonly memory?: HistoryMemory;
}

/** Behaviour history as it was last computed: commits do not change, so only what came since has to be read. What can't be kept costs time, nothing else. */
export interface HistoryMemory {
  read(): Promise<KeptHistory | undefined>;
  keep(history: KeptHistory): Promise<void>;
}

export interface KeptHistory {
  /** Commit that was looked back from. */
  readonly at: string;
  /** Every entry up to it, newest first. */
  readonly entries: readonly HistoryEntry[];
}

/** The past of some files. */
export interface PastFiles {
  /**
   * Every commit up to `at` that touched files at or below some paths, newest first, told as it is read; `id` is the commit `at` names, empty before the first. Where `since` is one of
   * its ancestors, only commits after it, and `cut` is true.
   */
  fileLog(at: string, paths: readonly string[], onStep: (step: FileStep) => void, since?: string): Promise<{ readonly id: string; readonly whole: boolean; readonly cut: boolean }>;
  /** The merge by which each of some commits came in; those on the first-parent line are absent. */
  landedBy(at: string, commits: ReadonlySet<string>): Promise<ReadonlyMap<string, { readonly id: string; readonly message: string }>>;
  /** The newest commit on the first-parent line by a time (seconds since the epoch). */
  commitBefore(at: string, seconds: number): Promise<string | undefined>;
}
