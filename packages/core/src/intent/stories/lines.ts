/** One line of a text, without its line end. */
export interface Line {
  readonly text: string;
  /** From 1. */
  readonly number: number;
  /** Offset of its first character. */
  readonly start: number;
  /** Offset behind its line end. */
  readonly end: number;
  /** True inside a code fence or a comment, where nothing is a heading or an entry. */
  readonly opaque: boolean;
  /** True inside a code fence, its marks included. */
  readonly fenced: boolean;
}

/** The lines of a Markdown text with their offsets; what stands in fences and comments is marked. */
export function linesOf(text: string, from = 0, firstNumber = 1): readonly Line[] {
  const lines: Line[] = [];
  let fence: string | undefined;
  let comment = false;
  for (let start = from, number = firstNumber; start < text.length; number++) {
    const newline = text.indexOf("\n", start);
    const end = newline < 0 ? text.length : newline + 1;
    const raw = text.slice(start, newline < 0 ? end : newline);
    const line = raw.endsWith("\r") ? raw.slice(0, -1) : raw;
    const opened = fence;
    fence = comment ? fence : fenceAfter(fence, line);
    const fenced = opened !== undefined || fence !== undefined;
    const within = comment;
    if (!fenced) comment = leavesCommentOpen(line, comment);
    lines.push({ text: line, number, start, end, fenced, opaque: fenced || within || (comment && line.trimStart().startsWith("<!--")) });
    start = end;
  }
  return lines;
}

/** The code fence that stands open behind a line; undefined when none does. */
export function fenceAfter(open: string | undefined, line: string): string | undefined {
  const [, mark, rest = ""] = /^ {0,3}(`{3,}|~{3,})(.*)$/.exec(line) ?? [];
  if (mark === undefined) return open;
  if (open === undefined) return mark.startsWith("`") && rest.includes("`") ? undefined : mark;
  return mark.startsWith(open) && rest.trim() === "" ? undefined : open;
}

function leavesCommentOpen(line: string, open: boolean): boolean {
  const [opens, closes] = [line.lastIndexOf("<!--"), line.lastIndexOf("-->")];
  if (opens < 0 && closes < 0) return open;
  return opens > closes;
}

/** Text without `<!-- … -->`; one that is never closed reaches to the end. */
export function withoutComments(text: string): string {
  const parts: string[] = [];
  let at = 0;
  for (;;) {
    const opens = text.indexOf("<!--", at);
    if (opens < 0) return parts.join("") + text.slice(at);
    parts.push(text.slice(at, opens));
    const closes = text.indexOf("-->", opens + 4);
    if (closes < 0) return parts.join("");
    at = closes + 3;
  }
}

/** A heading's words without the marks and spaces it may be closed with. Counted by hand: a pattern that ends in `$` would look at a row of marks again from each of them. */
export function withoutClosing(heading: string): string {
  let end = heading.length;
  while (end > 0 && " \t#".includes(heading.charAt(end - 1))) end -= 1;
  return heading.slice(0, end);
}

/** The line end most lines of a text have. */
export const lineEndOf = (text: string): "\n" | "\r\n" => {
  const first = text.indexOf("\n");
  return first > 0 && text[first - 1] === "\r" ? "\r\n" : "\n";
};
