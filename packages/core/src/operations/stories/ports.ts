import type { LeftOut, SourceFile, StoryLibrary, Yaml } from "#intent";
import type { CheckoutFiles } from "../ports/checkout-files.ts";

/** Folders a story command looks into. */
export interface StoryFolders {
  /** Files of the stories folder, relative to the root, sorted; empty when there is none. Links are not followed. */
  list(folder: string): Promise<readonly string[]>;
  /** Specification files at or below a path anywhere on this machine, sorted, within bounds; what was too large or too many is said. */
  collect(path: string): Promise<{ readonly files: readonly SourceFile[]; readonly left: readonly LeftOut[] }>;
}

/** What story operations stand on. */
export interface StoryPorts {
  readonly folders: StoryFolders;
  readonly checkout: CheckoutFiles;
  readonly library: StoryLibrary;
  readonly yaml: Yaml;
}
