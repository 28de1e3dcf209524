/** What a rule is about. Permanent: people name it. */
export type LintRule =
  | "vague-term"
  | "unbounded-quantity"
  | "missing-unit"
  | "missing-condition"
  | "missing-actor"
  | "missing-response"
  | "several-behaviours"
  | "contradiction"
  | "undefined-term"
  | "open-question"
  | "missing-failure"
  | "missing-quality-gate";

/** One weakness of a story, with a proposal that mends it. */
export interface LintFinding {
  readonly rule: LintRule;
  /** A warning speaks of words that stand there; a hint of something the whole story does not say. */
  readonly level: "warning" | "hint";
  readonly file: string;
  readonly line: number;
  readonly story: string;
  /** The criterion, where it speaks of one. */
  readonly criterion?: string;
  /** The words it is about. */
  readonly quote?: string;
  readonly says: string;
  /** What to write instead. `<…>` stands for what only a person knows. */
  readonly rewrite: string;
}
