import type { CheckId } from "#kernel";

/** Where the baseline stands in a repository. */
export const BASELINE_FILE = "proofline/baseline.json";

/** Version of its shape. */
export const BASELINE_SCHEMA = "proofline/baseline/1";

/** One finding that was there before Proofline came. */
export interface BaselineEntry {
  readonly fingerprint: string;
  readonly check: CheckId;
  readonly path?: string;
  /** Day it was taken up, `YYYY-MM-DD`. */
  readonly since?: string;
  /** What it said, for readers of the file. */
  readonly because?: string;
}
