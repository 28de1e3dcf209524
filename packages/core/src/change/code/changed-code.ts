import type { Side } from "#kernel";
import type { DiffFile, DiffLine, Hunk } from "../diff.ts";
import { scanCode, type ScanStart } from "./code-scanner.ts";
import type { Language } from "./language.ts";
import { headsType, withoutTypes } from "./type-only.ts";

/** Text of a changed file on one side; undefined when it was not read. Everything works from the diff alone, and better with texts. */
export type TextOf = (side: Side, path: string) => string | undefined;

/** One side of a hunk, comments and white space gone. `code[i]` belongs to `lines[i]` and is empty where nothing runs. */
export interface HunkSide {
  readonly lines: readonly DiffLine[];
  readonly code: readonly string[];
  /** True where the file's text shows that every line of it stands in a declaration of types. */
  readonly inType?: true;
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
  /** The code without declarations of types; only where a hunk stands below the head of one. */
  readonly untyped?: readonly string[];
}

/** A side down to its last changed line: what comes after can't change how the lines before it read. */
function wholeSide({ hunks }: DiffFile, op: DiffLine["op"], text: string | undefined, language: Language): WholeSide | undefined {
  const last = hunks.reduce((latest, hunk) => Math.max(latest, hunk.lines.findLast((line) => line.op === op)?.line ?? 0), 0);
  if (text === undefined || last === 0) return undefined;
  const lines = text.split("\n", last);
  const code = scanCode(lines, language);
  const typed = language.name === "typescript" && hunks.some(({ heading }) => headsType(heading));
  return { lines, code, ...(typed && { untyped: withoutTypes(code) }) };
}

function sideOf(hunk: Hunk, op: DiffLine["op"], language: Language, whole: WholeSide | undefined): HunkSide {
  const lines = hunk.lines.filter((line) => line.op === op);
  // A text that says something else than the diff is of another version: the diff is right.
  const agrees = whole !== undefined && lines.every((line) => sameLine(whole.lines[line.line - 1], line.text));
  if (agrees) {
    // Only below such a head: a bracket misread further up must not make types of what follows.
    const inType = whole.untyped !== undefined && headsType(hunk.heading) && lines.every((line) => (whole.untyped?.[line.line - 1] ?? "") === "");
    return { lines, code: lines.map((line) => whole.code[line.line - 1] ?? ""), ...(inType && { inType }) };
  }
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
