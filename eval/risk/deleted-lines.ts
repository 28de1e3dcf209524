/** A run of lines on the old side, 1-based and inclusive. */
export interface LineRange {
  readonly start: number;
  readonly end: number;
}

export interface DeletedLines {
  readonly path: string;
  readonly ranges: readonly LineRange[];
}

const BLANK_OR_COMMENT = /^\s*($|\/\/|\/\*|\*|#(?!\[|include|define)|<!--|-->|["']use strict["'];?\s*$|[{}()[\];,]+\s*$)/;

/**
 * The deleted or replaced lines of a `-U0` diff, by old path, without blank, comment and lone-bracket lines:
 * those say nothing about which commit brought the defect.
 */
export const deletedLines = (diff: string): readonly DeletedLines[] => {
  const files: { path: string; lines: number[] }[] = [];
  let line = 0;
  let inHunk = false;
  for (const text of diff.split("\n")) {
    if (text.startsWith("diff --git ")) inHunk = false;
    if (!inHunk && text.startsWith("--- ")) files.push({ path: oldPath(text), lines: [] });
    const hunk = /^@@ -(\d+)(?:,\d+)? \+/.exec(text);
    if (hunk !== null) {
      inHunk = true;
      line = Number(hunk[1]);
    } else if (inHunk && text.startsWith("-")) {
      if (!BLANK_OR_COMMENT.test(text.slice(1))) files.at(-1)?.lines.push(line);
      line += 1;
    }
  }
  return files.filter((file) => file.path !== "" && file.lines.length > 0).map(({ path, lines }) => ({ path, ranges: toRanges(lines) }));
};

/** Git writes a tab after a name with spaces and `/dev/null` for a file that was not there. */
const oldPath = (header: string): string => {
  const name = header.slice(4).replace(/\t$/, "");
  return name.startsWith("a/") ? name.slice(2) : "";
};

const toRanges = (lines: readonly number[]): readonly LineRange[] => {
  const ranges: { start: number; end: number }[] = [];
  for (const line of lines) {
    const last = ranges.at(-1);
    if (last !== undefined && last.end === line - 1) last.end = line;
    else ranges.push({ start: line, end: line });
  }
  return ranges;
};
