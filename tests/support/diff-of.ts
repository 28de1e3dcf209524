import type { DiffFile, DiffLine, Hunk } from "../../packages/core/src/change/diff.ts";

/**
 * What Git says of a file between two texts, without context lines; undefined is a side where the file is not.
 * Lines are paired by a plain longest common subsequence: meant for small texts.
 */
export function diffOf(path: string, base: string | undefined, head: string | undefined, more: Partial<DiffFile> = {}): DiffFile {
  const hunks = hunksOf(linesOf(base), linesOf(head));
  const count = (op: DiffLine["op"]): number => hunks.reduce((total, hunk) => total + hunk.lines.filter((line) => line.op === op).length, 0);
  return {
    path,
    status: base === undefined ? "added" : head === undefined ? "deleted" : "modified",
    ...(base !== undefined && { baseMode: "100644", baseBlob: `base:${path}` }),
    ...(head !== undefined && { headMode: "100644", headBlob: `head:${path}` }),
    binary: false,
    hunks,
    added: count("+"),
    deleted: count("-"),
    ...more,
  };
}

const linesOf = (text: string | undefined): readonly string[] => (text === undefined || text === "" ? [] : text.replace(/\n$/, "").split("\n"));

function hunksOf(base: readonly string[], head: readonly string[]): readonly Hunk[] {
  const common = commonLengths(base, head);
  const hunks: Hunk[] = [];
  let at = 0;
  let to = 0;
  while (at < base.length || to < head.length) {
    if (at < base.length && to < head.length && base[at] === head[to]) {
      at += 1;
      to += 1;
      continue;
    }
    const [baseFrom, headFrom] = [at, to];
    while ((at < base.length || to < head.length) && !(at < base.length && to < head.length && base[at] === head[to])) {
      if (at < base.length && (to >= head.length || (common[at + 1]?.[to] ?? 0) >= (common[at]?.[to + 1] ?? 0))) at += 1;
      else to += 1;
    }
    hunks.push(hunkOf(base.slice(baseFrom, at), baseFrom, head.slice(headFrom, to), headFrom));
  }
  return hunks;
}

/** Git counts an empty side from the line before it. */
function hunkOf(deleted: readonly string[], baseFrom: number, added: readonly string[], headFrom: number): Hunk {
  return {
    baseStart: deleted.length === 0 ? baseFrom : baseFrom + 1,
    baseCount: deleted.length,
    headStart: added.length === 0 ? headFrom : headFrom + 1,
    headCount: added.length,
    heading: "",
    lines: [
      ...deleted.map((text, index): DiffLine => ({ op: "-", text, line: baseFrom + 1 + index })),
      ...added.map((text, index): DiffLine => ({ op: "+", text, line: headFrom + 1 + index })),
    ],
  };
}

/** `lengths[i][j]`: length of the longest common subsequence of `base` from i and `head` from j. */
function commonLengths(base: readonly string[], head: readonly string[]): readonly (readonly number[])[] {
  const lengths = Array.from({ length: base.length + 1 }, () => new Array<number>(head.length + 1).fill(0));
  for (let i = base.length - 1; i >= 0; i -= 1) {
    for (let j = head.length - 1; j >= 0; j -= 1) {
      const row = lengths[i];
      if (row) row[j] = base[i] === head[j] ? (lengths[i + 1]?.[j + 1] ?? 0) + 1 : Math.max(lengths[i + 1]?.[j] ?? 0, row[j + 1] ?? 0);
    }
  }
  return lengths;
}
