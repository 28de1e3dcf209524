import type { PlantedRepository } from "./repositories.ts";

/** Files of a tree by path; null where one is taken away. */
export type Files = Readonly<Record<string, string | null>>;

/** One change: what the tree before it has instead of the repository's own files, and what the tree after it has. */
export interface Planting {
  readonly base: Files;
  readonly head: Files;
}

/** A replacement of characters; offsets speak of the text as it was. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A test as it stands in a real file. */
export interface FoundTest {
  /** The whole statement, its line's indentation left out. */
  readonly start: number;
  readonly end: number;
  readonly title: string;
  readonly indent: string;
  /** Inside of the body: after the opening brace, or the first statement's line. */
  readonly bodyStart: number;
  readonly bodyEnd: number;
  /** End of the callee's first name: `it` of `it("…")`. */
  readonly calleeEnd: number;
  readonly callee: string;
  /** End of the last argument. */
  readonly argumentsEnd: number;
  readonly titleEnd: number;
  readonly arrow: boolean;
  readonly async: boolean;
  /** What the first parameter is called: `t`, `done`. */
  readonly parameter?: string;
  /** How many statements its body has. */
  readonly statements: number;
  /** Assertions that are statements of the body itself. */
  readonly assertions: readonly FoundAssertion[];
}

export interface FoundAssertion {
  readonly start: number;
  readonly end: number;
  /** Name of the comparison: `toBe`, `equal`, `==`. */
  readonly name: string;
  readonly negated: boolean;
  readonly awaited: boolean;
  /** What is looked at, and what it is held against. */
  readonly subject?: readonly [number, number];
  readonly expected?: readonly [number, number];
  /** From the end of the subject's part to the end of the comparison: what another matcher would replace. */
  readonly matcher?: readonly [number, number];
  /** `t`, `assert`, `self`. */
  readonly object?: string;
}

/** A real test file, read. */
export interface FoundFile {
  readonly path: string;
  readonly text: string;
  readonly tests: readonly FoundTest[];
  /** Relative modules outside of the tests it imports. */
  readonly subjects: readonly { readonly specifier: string; readonly names: readonly string[] }[];
  /** Where a statement of its own may be put in before all others but the imports. */
  readonly afterImports: number;
}

/** One place in one repository an edit may be planted at. */
export interface Site {
  readonly repository: PlantedRepository;
  readonly file: FoundFile;
  readonly test: FoundTest;
  /** Another file of the repository as it is. */
  other(path: string): string | undefined;
  /** Paths of the repository. */
  readonly paths: readonly string[];
}

/** One way to tamper, with edits that look like it and are none. */
export interface Kind {
  readonly id: string;
  readonly dialects: readonly PlantedRepository["dialect"][];
  plant(site: Site): Planting | undefined;
  /** Something that looks alike and weakens nothing. The planting turned round is always asked as well, unless told not to. */
  twin?(site: Site): Planting | undefined;
  /** False where the way back is a question too. */
  readonly wayBack?: boolean;
}

export function applied(text: string, edits: readonly TextEdit[]): string {
  return [...edits].sort((a, b) => b.start - a.start).reduce((all, { start, end, text: put }) => all.slice(0, start) + put + all.slice(end), text);
}

/** A change of the site's own file. */
export function inFile({ file }: Site, head: readonly TextEdit[], base: readonly TextEdit[] = []): Planting {
  return { base: base.length === 0 ? {} : { [file.path]: applied(file.text, base) }, head: { [file.path]: applied(file.text, head) } };
}

export const insert = (at: number, text: string): TextEdit => ({ start: at, end: at, text });
export const replace = ([start, end]: readonly [number, number], text: string): TextEdit => ({ start, end, text });

/** Cuts whole lines, so that no blank line with blanks in it stays. */
export function cut(text: string, start: number, end: number): TextEdit {
  const from = text.lastIndexOf("\n", start - 1) + 1;
  const blank = text.slice(from, start).trim() === "";
  const to = text.indexOf("\n", end);
  const rest = to < 0 ? text.length : to + 1;
  return blank && text.slice(end, to < 0 ? text.length : to).trim() === "" ? { start: from, end: rest, text: "" } : { start, end, text: "" };
}
