import type { Assertion, TestFile, TestPart } from "../anatomy.ts";

/** Shorter texts stand in comments by chance. */
const TELLING = 10;

const spaceless = (text: string): string => text.replace(/\s+/g, "");

const known = new WeakMap<TestFile, string>();

function commentsOf(file: TestFile): string {
  const found = known.get(file) ?? spaceless(file.comments);
  known.set(file, found);
  return found;
}

const onlyAfter = (text: string, before: TestFile | undefined, after: TestFile | undefined): boolean => after !== undefined && commentsOf(after).includes(text) && (before === undefined || !commentsOf(before).includes(text));

/** True when the declaration of a removed test stands in a comment now: it was not deleted, it was switched off. */
export function isCommentedOut({ name }: TestPart, before: TestFile | undefined, after: TestFile | undefined): boolean {
  const bare = spaceless(name);
  if (bare.length < 3) return false;
  return [`("${bare}"`, `('${bare}'`, `(\`${bare}\``, `def${bare}(`].some((declared) => onlyAfter(declared, before, after));
}

/** True when a lost assertion stands in a comment now. */
export function isCheckCommentedOut({ text }: Assertion, before: TestFile | undefined, after: TestFile | undefined): boolean {
  const bare = spaceless(text).slice(0, 200);
  return bare.length >= TELLING && onlyAfter(bare, before, after);
}
