/**
 * What a mutant does to the code. `value`, `order`, `more` and `gone` change what a function gives back: by a little and of the same type, in
 * another order, by one thing too many, to nothing. `throws`: the function fails at its start. The rest change one place inside it.
 */
export type MutantKind = "value" | "order" | "more" | "gone" | "throws" | "comparison" | "condition" | "arithmetic" | "logic" | "literal" | "call" | "refusal" | "method" | "old-fault";

/** One fault, placed as an edit of a text. Applied alone, never together with another. */
export interface Mutant {
  /** Repository path. */
  readonly file: string;
  /** 1-based lines on the text it was made for. */
  readonly line: number;
  readonly endLine: number;
  /** Character offsets into that text; `before` is what stands there, `after` what takes its place. */
  readonly start: number;
  readonly end: number;
  readonly before: string;
  readonly after: string;
  readonly kind: MutantKind;
  /** The function it stands in; empty for code outside of any. */
  readonly unit: string;
  /** The fault as the end of “when …”: `>= became > in src/a.ts:12`. */
  readonly says: string;
}

/** A function with everything that can be broken in it, the most telling faults first. */
export interface Unit {
  readonly file: string;
  readonly name: string;
  readonly line: number;
  readonly endLine: number;
  /** Names its code speaks of, in lower case. */
  readonly words: ReadonlySet<string>;
  /** The function it stands in, by index into the same list. */
  readonly inside?: number;
  readonly mutants: readonly Mutant[];
}

/** The text with this fault in it; undefined when the text is another one than it was made for. */
export const withMutant = (text: string, { start, end, before, after }: Mutant): string | undefined =>
  text.slice(start, end) === before ? text.slice(0, start) + after + text.slice(end) : undefined;
