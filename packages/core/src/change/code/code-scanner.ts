import type { Language } from "./language.ts";
import { codeOfPlainLine, isPlainLine, staysApart } from "./plain-line.ts";

/** What a line is inside of when it starts. */
interface Inside {
  readonly close: string;
  readonly comment: boolean;
}

/** Where a scan may start: in code, or in the middle of a comment or docstring that closes with `close`. */
export type ScanStart = "code" | { readonly insideCommentUntil: string };

/** Comments that change what runs: build constraints, bundler marks, magic comments. */
const DIRECTIVE =
  /^(?:\/\/go:|\/\/ ?\+build|#!|#include|# *frozen_string_literal)|[#@]__(?:PURE|NO_SIDE_EFFECTS)__|webpack[A-Z]|@(?:vitest|jest)-environment|@vite-ignore|@jsx/;
const WORDS = /[\p{L}\p{N}_$]+/uy;
const REGEX_MAY_FOLLOW = /(?:^|[=(,:;!&|?{}[+\-*%<>~^]|\b(?:return|typeof|case|in|of|do|else|void|delete|throw|new|yield|await))$/;

/**
 * Lines without comments and without white space that means nothing, strings left whole. One pass; the work is linear in the text.
 * Line `i` of the answer is line `i` of the input, empty where nothing runs.
 */
export function scanCode(lines: readonly string[], language: Language, start: ScanStart = "code"): readonly string[] {
  const scanner = new Scanner(language, start);
  return lines.map((line) => scanner.scan(line));
}

/** Enough of the code before a slash to tell a division from a regular expression. */
const TAIL = 12;
const REGEX_LIMIT = 2_000;

class Scanner {
  /** Open template literals and the braces of their `${…}`, innermost last. */
  private readonly nesting: ("`" | "{")[] = [];
  private inside: Inside | undefined;
  /** Last character of the code line before this one. */
  private endedWith = "";
  private anyCode = false;
  /** Pieces of the current line: joined once, because looking at the end of a growing string copies it. */
  private out: string[] = [];
  private tail = "";
  private gap = false;

  constructor(
    private readonly language: Language,
    start: ScanStart,
  ) {
    if (start !== "code") this.inside = { close: start.insideCommentUntil, comment: true };
  }

  scan(line: string): string {
    if (!this.inside && this.nesting.length === 0 && isPlainLine(line, this.language)) return this.plain(line);
    const indentation = this.language.layout && !this.inside ? (/^[ \t]*/.exec(line)?.[0] ?? "") : "";
    this.gap = false;
    this.out = [];
    this.tail = "";
    let at = indentation.length;
    while (at < line.length) at = this.step(line, at);
    if (this.out.length === 0) return "";
    this.endedWith = this.tail.slice(-1);
    this.anyCode = true;
    return indentation + this.out.join("");
  }

  private plain(line: string): string {
    const code = codeOfPlainLine(line, this.language);
    if (code === "") return code;
    this.endedWith = code.slice(-1);
    this.anyCode = true;
    return code;
  }

  private step(line: string, at: number): number {
    if (this.inside) return this.leave(line, at, this.inside);
    if (this.nesting.at(-1) === "`") return this.template(line, at);
    const char = line.charAt(at);
    if (char === " " || char === "\t" || char === "\r") {
      this.gap = true;
      return at + 1;
    }
    return (
      this.word(line, at) ??
      this.comment(line, at) ??
      this.longString(line, at) ??
      this.shortString(line, at) ??
      this.regex(line, at) ??
      this.character(char, at)
    );
  }

  /** A whole name or number at once: most of a text is such. */
  private word(line: string, at: number): number | undefined {
    WORDS.lastIndex = at;
    const found = WORDS.exec(line)?.[0];
    if (found === undefined) return undefined;
    this.emit(found);
    return at + found.length;
  }

  private leave(line: string, at: number, inside: Inside): number {
    const end = line.indexOf(inside.close, at);
    if (end < 0) {
      if (!inside.comment) this.put(line.slice(at));
      return line.length;
    }
    if (!inside.comment) this.put(line.slice(at, end + inside.close.length));
    this.inside = undefined;
    return end + inside.close.length;
  }

  private comment(line: string, at: number): number | undefined {
    const block = this.language.blockComments.find(([open]) => line.startsWith(open, at));
    if (block) {
      const [open, close] = block;
      const end = line.indexOf(close, at + open.length);
      const text = end < 0 ? line.slice(at) : line.slice(at, end + close.length);
      if (DIRECTIVE.test(text.slice(0, 200))) this.emit(text);
      this.gap = true;
      if (end < 0) this.inside = { close, comment: true };
      return end < 0 ? line.length : end + close.length;
    }
    if (!this.language.lineComments.some((open) => line.startsWith(open, at))) return undefined;
    if (!this.opensLineComment(line, at)) return undefined;
    const text = line.slice(at);
    if (DIRECTIVE.test(text.slice(0, 200))) this.emit(text);
    return line.length;
  }

  /** `https://` in markup and `$#` or `a#b` in a shell or YAML are no comments. */
  private opensLineComment(line: string, at: number): boolean {
    const before = at === 0 ? " " : line.charAt(at - 1);
    if (line.charAt(at) === "/") return before !== ":";
    const loose = this.language.name === "python" || this.language.name === "ruby" || this.language.name === "elixir";
    return line.charAt(at) !== "#" || loose || before === " " || before === "\t";
  }

  private longString(line: string, at: number): number | undefined {
    const quote = this.language.longQuotes.find((candidate) => line.startsWith(candidate, at));
    if (quote === undefined) return undefined;
    if (quote === "`" && this.language.name !== "go") {
      this.nesting.push("`");
      this.emit("`");
      return at + 1;
    }
    const comment = this.opensDocstring(line, at);
    if (!comment) this.emit(quote);
    this.inside = { close: quote, comment };
    return at + quote.length;
  }

  /** A long string that stands alone as a statement documents what is above it. */
  private opensDocstring(line: string, at: number): boolean {
    const before = line.slice(0, Math.min(at, 1_000)).trim();
    if (this.language.name === "elixir") return /^@(?:module|type)?doc\b/.test(before);
    if (this.language.name === "graphql") return before === "";
    return this.language.name === "python" && /^[rRuU]?$/.test(before) && (!this.anyCode || this.endedWith === ":");
  }

  private template(line: string, at: number): number {
    const next = line.slice(at).search(/[`\\]|\$\{/);
    if (next !== 0) {
      const end = next < 0 ? line.length : at + next;
      this.put(line.slice(at, end));
      return end;
    }
    const escaped = line.charAt(at) === "\\" || line.charAt(at) === "$";
    const mark = line.slice(at, at + (escaped ? 2 : 1));
    this.put(mark);
    if (mark === "`") this.nesting.pop();
    else if (mark === "${") this.nesting.push("{");
    return at + mark.length;
  }

  private shortString(line: string, at: number): number | undefined {
    const quote = line.charAt(at);
    if (!this.language.quotes.includes(quote)) return undefined;
    let end = at + 1;
    while (end < line.length && line.charAt(end) !== quote) end += line.charAt(end) === "\\" ? 2 : 1;
    const text = line.slice(at + 1, end);
    const alike = this.language.quotesAlike && !/["'\\]/.test(text) && end < line.length;
    this.emit(alike ? `"${text}"` : line.slice(at, end + 1));
    return end + 1;
  }

  private regex(line: string, at: number): number | undefined {
    if (!this.language.regex || line.charAt(at) !== "/" || !REGEX_MAY_FOLLOW.test(this.tail)) return undefined;
    let end = at + 1;
    const limit = Math.min(line.length, at + REGEX_LIMIT);
    for (let inClass = false; end < limit && (inClass || line.charAt(end) !== "/"); end += 1) {
      const char = line.charAt(end);
      if (char === "\\") end += 1;
      else if (char === "[") inClass = true;
      else if (char === "]") inClass = false;
    }
    if (end >= limit) return undefined;
    this.emit(line.slice(at, end + 1));
    return end + 1;
  }

  private character(char: string, at: number): number {
    if (this.nesting.length > 0) {
      if (char === "{") this.nesting.push("{");
      else if (char === "}") this.nesting.pop();
    }
    this.emit(char);
    return at + 1;
  }

  /** Code, with a blank before it only where leaving it out would make other code. */
  private emit(text: string): void {
    if (this.gap && (this.language.layout ? this.out.length > 0 : staysApart(this.tail.slice(-1), text.charAt(0)))) this.put(" ");
    this.gap = false;
    this.put(text);
  }

  private put(text: string): void {
    if (text === "") return;
    this.out.push(text);
    this.tail = (this.tail + text.slice(-TAIL)).slice(-TAIL);
  }
}
