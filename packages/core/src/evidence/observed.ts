import type { Place } from "#kernel";

/** `ran`: Proofline executed it itself. `reported`: somebody handed it in, lower rank, always said. */
export type EvidenceSource = "ran" | "reported";

/** What every piece of evidence says of itself. */
export interface EvidenceBase {
  readonly source: EvidenceSource;
  /** Commit or tree id the observation is about. */
  readonly subject: string;
  /** `sha256:<hex>` of the bytes it was read from, or of the canonical JSON of what was observed. */
  readonly digest: string;
  /** File or command it came from, as the user would type it. */
  readonly origin: string;
  /** What a reader should know before trusting it: paths that could not be matched, counts that disagree. */
  readonly notes?: readonly string[];
}

/** Stable identity of a test inside a repository. Parametrised rows keep their printed name. */
export interface TestId {
  /** Repository path with forward slashes; absent when a report does not say. */
  readonly file?: string;
  readonly suite: readonly string[];
  readonly name: string;
}

/**
 * Why a test is red. `assertion`: an expectation failed. `error`: something else threw inside the test.
 * `load`: its file could not be loaded. The rest is about the surroundings, not about the behaviour.
 */
export type RedKind = "assertion" | "error" | "timeout" | "load" | "missing-package" | "environment" | "crash" | "unknown";

export interface TestFailure {
  readonly kind: RedKind;
  /** First lines of the message, at most 2,000 characters. */
  readonly message: string;
  readonly place?: Place;
  /** Where source threw it, when no line of a test stands between: two tests that end there end for one reason. */
  readonly thrownAt?: Place;
  /** For `load`: the module or symbol that was missing. */
  readonly missing?: string;
}
