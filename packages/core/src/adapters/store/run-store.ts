import type { TestRun } from "#evidence";
import { keptAs, sealedFiles } from "./sealed-files.ts";

export interface RunStoreOptions {
  /** Where runs are kept, usually `.proofline/cache/runs`. */
  readonly folder: string;
  /** File of this person's own secret; what it did not seal is not read. Made when first needed, outside of any repository. */
  readonly keyFile: string;
}

/** Runs kept; the oldest go first. */
const MOST_RUNS = 300;
/** A run with more text than this is not worth its place. */
const LARGEST = 8 * 1024 * 1024;

/** Keeps runs as sealed files: what is absent, or not as this person's Proofline left it, is run again. */
export function runStore({ folder, keyFile }: RunStoreOptions) {
  const files = sealedFiles({ folder, keyFile, most: MOST_RUNS, largest: LARGEST });
  return {
    read: (name: string): Promise<readonly TestRun[] | undefined> => keptAs<readonly TestRun[]>(files, name),
    write: (name: string, runs: readonly TestRun[]): Promise<void> => files.write(name, JSON.stringify(runs)),
  };
}
