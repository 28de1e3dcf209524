import type { Language } from "./language.ts";

const SPECIAL = new WeakMap<Language, RegExp>();

/** True when nothing in a line opens a comment, a string or a regular expression, so that only its white space has to be looked at. Linear. */
export function isPlainLine(line: string, language: Language): boolean {
  let special = SPECIAL.get(language);
  if (!special) SPECIAL.set(language, (special = specialOf(language)));
  return !special.test(line);
}

function specialOf(language: Language): RegExp {
  const marks = [...language.lineComments, ...language.blockComments.map(([open]) => open), ...language.longQuotes, ...language.quotes, ...(language.regex ? ["/"] : [])];
  return new RegExp(marks.map((mark) => mark.replace(/[^\w\s]/g, "\\$&")).join("|"));
}

const WORD = /[\p{L}\p{N}_$]/u;
const BLANKS = /[ \t\r]+/g;

/** Code of a plain line: white space is left only where taking it out would make other code. */
export function codeOfPlainLine(line: string, language: Pick<Language, "layout">): string {
  const text = line.replace(/^[ \t\r]+|[ \t\r]+$/g, "");
  if (text === "") return "";
  if (language.layout) return indentationOf(line) + text.replace(BLANKS, " ");
  return text.replace(BLANKS, (blanks, at: number) => (staysApart(text.charAt(at - 1), text.charAt(at + blanks.length)) ? " " : ""));
}

const indentationOf = (line: string): string => /^[ \t]*/.exec(line)?.[0] ?? "";

/** Two characters that would be one word or one operator without a blank between them. */
export const staysApart = (before: string, next: string): boolean =>
  before === next ? next === "+" || next === "-" || isWord(next) : isWord(before) && isWord(next);

const isWord = (char: string): boolean => {
  const code = char.charCodeAt(0);
  if (code < 128) return (code > 96 && code < 123) || (code > 64 && code < 91) || (code > 47 && code < 58) || code === 95 || code === 36;
  return WORD.test(char);
};
