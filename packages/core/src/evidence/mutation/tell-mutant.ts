/** A fault as an instrumenter made it: what stood there, and what took its place. */
export interface PlainFault {
  readonly before: string;
  readonly after: string;
  /** It takes all that this function does. */
  readonly bodyOf?: string;
}

/** Code is shown up to this many characters. */
const SHOWN = 60;

/**
 * Says a fault as the end of “when …”, without its place: `>= became >`, `.trim() was left out`, `“a > 1” was always true`. Only what differs is
 * named, where that can be read by itself.
 */
export function tellFault({ before, after, bodyOf }: PlainFault): string {
  if (bodyOf === undefined && /^\{\s*\}$/.test(after) && before.startsWith("{")) return `“${shown(before)}” was left out`;
  if (/^(?:true|false)$/i.test(after)) return /^(?:true|false)$/i.test(before) ? `${before} became ${after}` : `“${shown(before)}” was always ${after}`;
  if (bodyOf !== undefined) return `everything ${bodyOf === "" ? "a function" : `${bodyOf}()`} does was left out`;
  if (after === "") return `“${shown(before)}” was left out`;
  const { from, to, whole } = difference(before, after);
  if (whole) return `${quoted(before)} became ${quoted(after)}`;
  // Of a list or an object that was emptied, what remains tells more than what went.
  if (to === "" && /^[[{]/.test(before)) return `${quoted(before)} became ${quoted(after)}`;
  if (to === "") return `${quoted(from)} was left out`;
  if (from === "") return `${quoted(to)} was put in`;
  return `${quoted(from)} became ${quoted(to)}`;
}

/** Tokens of code, coarse: words, numbers, strings, operators, anything else by character. White space is none. */
const TOKENS = /[\w$]+|"(?:[^"\\\n]|\\.){0,200}"|'(?:[^'\\\n]|\\.){0,200}'|(?:[=!]==|[=!<>]=|=>|&&=|\|\|=|\?\?=|&&|\|\||\?\?|\?\.|\+\+|--|[-+*/%&|^]=|\*\*)|\S/g;

interface Difference {
  readonly from: string;
  readonly to: string;
  /** Nothing at the ends is common, or what differs says nothing by itself. */
  readonly whole: boolean;
}

function difference(before: string, after: string): Difference {
  const all = { from: before, to: after, whole: true };
  if (before.length > 2_000 || after.length > 2_000) return all;
  const [a, b] = [before.match(TOKENS) ?? [], after.match(TOKENS) ?? []];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  const [from, to] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  if ((start === 0 && end === 0) || from.length + to.length === 0 || to.length > 4 || !isBalanced(from) || !isBalanced(to)) return all;
  return { from: from.join(""), to: to.join(""), whole: false };
}

function isBalanced(tokens: readonly string[]): boolean {
  let depth = 0;
  for (const token of tokens) {
    if (token === "(" || token === "[" || token === "{") depth += 1;
    if (token === ")" || token === "]" || token === "}") depth -= 1;
    if (depth < 0) return false;
  }
  return depth === 0;
}

/** Operators and short words stand for themselves, longer code in quotes. */
const quoted = (code: string): string => (/^\S{1,24}$|^(["'])[^"'\n]{0,22}\1$/.test(code) ? code : `“${shown(code)}”`);

const shown = (code: string): string => {
  const line = code.replace(/\s+/g, " ").trim();
  return line.length > SHOWN ? `${line.slice(0, SHOWN - 1)}…` : line;
};

/** The lines a fault touches, as they were and as they became: what a reviewer reads as a diff. At most six lines a side. */
export function diffOfFault(text: string, { start, end, after }: { readonly start: number; readonly end: number; readonly after: string }): readonly string[] {
  const from = text.lastIndexOf("\n", start - 1) + 1;
  const found = text.indexOf("\n", end);
  const to = found < 0 ? text.length : found;
  const removed = text.slice(from, to).split("\n");
  const added = (text.slice(from, start) + after + text.slice(end, to)).split("\n");
  return [...cut(removed).map((line) => `- ${line}`), ...cut(added).map((line) => `+ ${line}`)].map((line) => line.replace(/\r$/, "").slice(0, 300));
}

const MOST_LINES = 6;
const cut = (lines: readonly string[]): readonly string[] => (lines.length <= MOST_LINES ? lines : [...lines.slice(0, MOST_LINES - 1), `… ${lines.length - MOST_LINES + 1} more lines`]);
