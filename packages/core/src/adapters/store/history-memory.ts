import { join } from "node:path";
import type { HistoryMemory, KeptHistory } from "#operations";
import { keptAs, sealedFiles } from "./sealed-files.ts";

export interface HistoryMemoryOptions {
  /** Top of the checkout. */
  readonly root: string;
  /** File of this person's own secret. */
  readonly keyFile: string;
  /** What tells this program from every other build of it, which might read history in another way. */
  readonly build: string;
}

/** Behaviour history of a checkout as it was last computed. Sealed: a repository can't bring a past of its own making. */
export function historyMemory({ root, keyFile, build }: HistoryMemoryOptions): HistoryMemory {
  const files = sealedFiles({ folder: join(root, ".proofline", "cache", "history"), keyFile, most: 4, largest: 64_000_000 });
  const name = `behaviour by ${build}`;
  return {
    read: () => keptAs<KeptHistory>(files, name),
    keep: (history) => files.write(name, JSON.stringify(history)).catch(() => undefined),
  };
}
