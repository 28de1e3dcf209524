import type { DiffFile, DiffLine } from "./diff.ts";

/** Fewer lines than this in a row may be alike by chance. */
const BLOCK = 3;
/** A single line this long, found once on each side, is the same line. */
const TELLING = 40;

interface Line {
  readonly file: number;
  readonly line: number;
  readonly text: string;
  /** Brackets and blank lines tell nothing. */
  readonly telling: boolean;
}

/** Changed lines of one hunk, on one side. */
type Run = readonly Line[];

/** Lines already explained: a deleted line explains at most one added line. */
type Paired = Set<Line>;

/**
 * For each file, the head numbers of added lines that are not copies of lines the change deletes: moved code is not new code.
 * A move is a block of at least three telling lines, one long line found once on each side, or a line kept within its hunk;
 * indentation does not count. Each deleted line explains at most one added line. Linear in the changed lines.
 */
export function newLines(files: readonly DiffFile[]): readonly (readonly number[])[] {
  const deleted = runsOf(files, "-");
  const added = runsOf(files, "+");
  const paired: Paired = new Set();
  added.forEach((run, index) => pairWithinHunk(run, deleted[index] ?? [], paired));
  pairBlocks(added, deleted, paired);
  pairLongLines(added, deleted, paired);
  const fresh = files.map((): number[] => []);
  for (const run of added) for (const line of unexplained(run, paired)) fresh[line.file]?.push(line.line);
  return fresh;
}

/** One run per hunk, in the order of the diff: index `i` is the same hunk on both sides. */
const runsOf = (files: readonly DiffFile[], op: DiffLine["op"]): readonly Run[] =>
  files.flatMap((file, index) => file.hunks.map((hunk) => hunk.lines.filter((line) => line.op === op).map((line) => lineOf(line, index))));

function lineOf({ line, text }: DiffLine, file: number): Line {
  const trimmed = text.trim();
  return { file, line, text: trimmed, telling: trimmed.length > 3 && /[\p{L}\p{N}]/u.test(trimmed) };
}

const tellingAndFree = (run: Run, paired: Paired): Run => run.filter((line) => line.telling && !paired.has(line));

/** A line indented anew stays the line it was. */
function pairWithinHunk(added: Run, deleted: Run, paired: Paired): void {
  const pool = groupByText(tellingAndFree(deleted, paired));
  for (const line of tellingAndFree(added, paired)) {
    const twin = pool.get(line.text)?.pop();
    if (twin) paired.add(line).add(twin);
  }
}

function pairBlocks(added: readonly Run[], deleted: readonly Run[], paired: Paired): void {
  const runs = deleted.map((run) => tellingAndFree(run, paired));
  const starts = new Map<string, { readonly run: Run; readonly at: number }[]>();
  // Last first: the earliest place is then the first to be taken, so that a long block is paired whole.
  for (const run of runs.toReversed()) {
    for (let at = run.length - BLOCK; at >= 0; at -= 1) append(starts, blockKey(run, at), { run, at });
  }
  for (const run of added.map((one) => tellingAndFree(one, paired))) {
    for (let at = 0; at + BLOCK <= run.length;) at += pairFrom(run, at, starts.get(blockKey(run, at)), paired) || 1;
  }
}

/** Pairs the longest equal stretch from here on; answers its length, 0 when nothing is left to pair with. */
function pairFrom(run: Run, at: number, candidates: { readonly run: Run; readonly at: number }[] | undefined, paired: Paired): number {
  const free = (line: Line | undefined): line is Line => line !== undefined && !paired.has(line);
  for (let from = candidates?.pop(); from; from = candidates?.pop()) {
    const source = from.run.slice(from.at, from.at + BLOCK);
    if (!source.every(free)) continue;
    let length = 0;
    for (;;) {
      const line = run[at + length];
      const twin = from.run[from.at + length];
      if (!free(line) || !free(twin) || line.text !== twin.text) return length;
      paired.add(line).add(twin);
      length += 1;
    }
  }
  return 0;
}

const blockKey = (run: Run, at: number): string => `${run[at]?.text}\n${run[at + 1]?.text}\n${run[at + 2]?.text}`;

function pairLongLines(added: readonly Run[], deleted: readonly Run[], paired: Paired): void {
  const long = (runs: readonly Run[]): Run => runs.flat().filter((line) => line.text.length >= TELLING);
  const before = groupByText(long(deleted));
  for (const [text, [line, another]] of groupByText(long(added))) {
    const [twin, ...others] = before.get(text) ?? [];
    if (line && twin && !another && others.length === 0 && !paired.has(line) && !paired.has(twin)) paired.add(line).add(twin);
  }
}

function groupByText(run: Run): Map<string, Line[]> {
  const groups = new Map<string, Line[]>();
  for (const line of run) append(groups, line.text, line);
  return groups;
}

function append<T>(groups: Map<string, T[]>, key: string, value: T): void {
  const group = groups.get(key);
  if (group) group.push(value);
  else groups.set(key, [value]);
}

/** Brackets and blank lines go with the telling line before them, or after them at the start. */
function unexplained(run: Run, paired: Paired): Run {
  const first = run.find((line) => line.telling);
  let moved = first !== undefined && paired.has(first);
  return run.filter((line) => {
    if (line.telling) moved = paired.has(line);
    return !moved;
  });
}
