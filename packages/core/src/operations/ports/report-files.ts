import type { ReportFile } from "#evidence";

/** Finds reports a user points at. */
export interface ReportFiles {
  /** Files the globs match, in sorted order; a glob that matches nothing is returned in `unmatched`. Relative globs start at `root`. */
  find(globs: readonly string[], root: string): Promise<{ readonly files: readonly ReportFile[]; readonly unmatched: readonly string[] }>;
}
