/** What a check says. `unknown` is an answer: the evidence is missing. Policy, not the check, decides what that costs. */
export type Answer = "holds" | "broken" | "unknown" | "not-applicable";

/** What a broken or unknown answer does at an enforced gate. `off` silences the check; a silenced check is listed, never hidden. */
export type Effect = "block" | "ask" | "note" | "off";

/** How strictly a gate or check is applied: same verdict in each, they differ in exit code and in what is posted. */
export type Mode = "observe" | "warn" | "enforce";

/** Where in the delivery flow a verdict is asked for. */
export type GateName = "turn" | "local" | "pull-request" | "merge-queue" | "release";

/** `area/slug`. Permanent: people search for it. Retire, never rename. */
export type CheckId = `${string}/${string}`;

/** The side of a change a place belongs to. */
export type Side = "base" | "head";

/** Where in the repository a finding points. Lines are 1-based; a place without a line speaks of the whole file. */
export interface Place {
  readonly file: string;
  readonly line?: number;
  readonly endLine?: number;
  readonly side?: Side;
}

/** Anything JSON can carry, so that findings survive a round trip. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** An `ask` needs somebody to answer, one question, and the way to answer it. */
export interface Question {
  /** Who can answer: an owner (`@acme/payments`), or `author`. */
  readonly to: readonly string[];
  readonly question: string;
  /** What the addressee does to answer it. */
  readonly how: string;
}

/** What a check saw, before policy speaks. */
export interface Observation {
  readonly answer: Answer;
  /** One sentence a reviewer can act on without opening the check. */
  readonly because: string;
  /** What to do about it, in the imperative. Required in spirit for anything but `holds`. */
  readonly fix?: string;
  readonly places?: readonly Place[];
  /**
   * What the finding speaks of, without line numbers: normalised code, a symbol, a package name.
   * Together with check id and path it makes the fingerprint, so it must survive a rebase.
   */
  readonly subject: string;
  /** A weaker or stronger effect than the check's own default, for this one observation. Policy may still override. */
  readonly effect?: Effect;
  readonly ask?: Question;
  /** Lines of code that show the problem: `-` removed, `+` added, ` ` context. */
  readonly excerpt?: readonly string[];
  readonly details?: Readonly<Record<string, Json>>;
}

/** An observation that policy has weighed. */
export interface Finding extends Observation {
  readonly check: CheckId;
  readonly effect: Effect;
  readonly mode: Mode;
  /** SHA-256 over check id, path and subject. */
  readonly fingerprint: string;
  readonly places: readonly Place[];
  /** Set when an overrule or the baseline took this finding out of the decision. */
  readonly waived?: { readonly by: string; readonly reason: string; readonly until: string; readonly kind: "waiver" | "self" | "baseline" };
}
