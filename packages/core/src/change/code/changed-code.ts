import type { Side } from "#kernel";
import type { DiffFile, DiffLine, Hunk } from "../diff.ts";
import { scanCode, type ScanStart } from "./code-scanner.ts";
import type { Language } from "./language.ts";

/** Text of a changed file on one side; undefined when it was not read. Everything works from the diff alone, and better with texts. */
export type TextOf = (side: Side, path: string) => string | undefined;

/** One side of a hunk, comments and white space gone. `code[i]` belongs to `lines[i]` and is empty where nothing runs. */
export interface HunkSide {
  readonly lines: readonly DiffLine[];
  readonly code: readonly string[];
}

/** A hunk as code. */
export interface HunkCode {
  readonly hunk: Hunk;
  readonly deleted: HunkSide;
  readonly added: HunkSide;
}

/** Reads the code of every hunk: exactly where the file's text is at hand, by the shape of the lines where it is not. */
export function changedCode(file: DiffFile, language: Language, textOf: TextOf = () => undefined): readonly HunkCode[] {
  const base = wholeSide(file, "-", textOf("base", file.basePath ?? file.path), language);
  const head = wholeSide(file, "+", textOf("head", file.path), language);
  return file.hunks.map((hunk) => ({
    hunk,
    deleted: sideOf(hunk, "-", language, base),
    added: sideOf(hunk, "+", language, head),
  }));
}

interface WholeSide {
  readonly lines: readonly string[];
  readonly code: readonly string[];
}

/** A side down to its last changed line: what comes after can't change how the lines before it read. */
function wholeSide({ hunks }: DiffFile, op: DiffLine["op"], text: string | undefined, language: Language): WholeSide | undefined {
  const last = hunks.reduce((latest, hunk) => Math.max(latest, hunk.lines.findLast((line) => line.op === op)?.line ?? 0), 0);
  if (text === undefined || last === 0) return undefined;
  const lines = text.split("\n", last);
  return { lines, code: scanCode(lines, language) };
}

function sideOf(hunk: Hunk, op: DiffLine["op"], language: Language, whole: WholeSide | undefined): HunkSide {
  const lines = hunk.lines.filter((line) => line.op === op);
  // A text that says something else than the diff is of another version: the diff is right.
  const agrees = whole !== undefined && lines.every((line) => sameLine(whole.lines[line.line - 1], line.text));
  if (agrees) return { lines, code: lines.map((line) => whole.code[line.line - 1] ?? "") };
  const texts = lines.map((line) => line.text);
  return { lines, code: scanCode(looksLikeDocComment(texts, language), language, startOf(texts, language)) };
}

const sameLine = (one: string | undefined, other: string): boolean => one !== undefined && (one === other || one.trimEnd() === other.trimEnd());

/** A hunk whose first comment mark closes a comment began inside one. */
function startOf(texts: readonly string[], language: Language): ScanStart {
  for (const [open, close] of language.blockComments) {
    for (const text of texts) {
      const trimmed = text.trim();
      if (trimmed.includes(open)) break;
      if (trimmed === close || (trimmed.endsWith(close) && !/["'`]/.test(trimmed))) return { insideCommentUntil: close };
    }
  }
  return "code";
}

/** ` * two words`, ` * @tag`: the middle of a comment, and never a product, because no operator stands between the words. */
const STAR_LINE = /^\s*\*(?:\/?\s*$|\s+(?:@\w|[-`#>|]|\S+ +[^\s=*+\-/%&|<>?:;.,)\]}]|\S+[.:!?]$))/;

function looksLikeDocComment(texts: readonly string[], language: Language): readonly string[] {
  if (!language.blockComments.some(([open]) => open === "/*")) return texts;
  return texts.map((text) => (STAR_LINE.test(text.slice(0, 300)) && !text.includes("*/") ? "" : text));
}
