import type { DiffFile, DiffLine, Hunk } from "#change";
import { linesOf } from "./patch-lines.ts";
import { rawRecords, type RawFile } from "./raw-records.ts";

export interface ParsedDiff {
  readonly files: readonly DiffFile[];
  /** Paths of files whose lines are not (all) here because the limit was reached. */
  readonly overLimit: readonly string[];
  /** Paths of files whose lines had not come, or perhaps not all, when the output ended. */
  readonly cutOff: readonly string[];
}

export interface DiffParser {
  write(chunk: Buffer): void;
  /** `whole` says that Git ended well. */
  end(whole: boolean): ParsedDiff;
}

interface MutableHunk extends Omit<Hunk, "lines"> {
  readonly lines: DiffLine[];
}

interface Draft {
  readonly raw: RawFile;
  hunks: MutableHunk[];
  binary: boolean;
  added: number;
  deleted: number;
  /** Patch sections seen; a change of type has two. */
  sections: number;
  overLimit: boolean;
}

const HUNK = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@ ?(.*)$/;
const SUBMODULE = /^(?:deleted file mode|new file mode|index [0-9a-f.]+) 160000$/;
const MINUS = 45;
const PLUS = 43;
const RETURN = 13;

/**
 * Reads `git diff-tree --raw -p -U0 -z` in one pass as it streams. The patch part names files in the order of the raw part, so its headers, which can't
 * be parsed safely, are not. After `limit` characters of changed lines the lines of further files are counted and not kept.
 */
export function diffParser(limit: number): DiffParser {
  const drafts: Draft[] = [];
  const records = rawRecords((raw) => drafts.push({ raw, hunks: [], binary: false, added: 0, deleted: 0, sections: 0, overLimit: false }));
  const patch = patchReader(drafts, limit);
  const lines = linesOf(patch.line);
  return {
    write: (chunk) => {
      const rest = records(chunk);
      if (rest && rest.length > 0) lines.write(rest);
    },
    end: (whole) => {
      lines.end();
      const complete = whole && patch.read() >= drafts.length && patch.settled() ? drafts.length : Math.max(0, patch.read() - 1);
      return {
        files: drafts.map((draft, index) => fileOf(draft, index < complete)),
        overLimit: drafts.filter((draft) => draft.overLimit).map((draft) => draft.raw.path),
        cutOff: drafts.slice(complete).map((draft) => draft.raw.path),
      };
    },
  };
}

interface PatchReader {
  line(text: string, from: number, to: number): void;
  /** How many files have begun. */
  read(): number;
  /** True outside a hunk. */
  settled(): boolean;
}

function patchReader(drafts: readonly Draft[], limit: number): PatchReader {
  let at = -1;
  let hunk: MutableHunk | undefined;
  let minus = 0;
  let plus = 0;
  let base = 0;
  let head = 0;
  let kept = 0;
  let submodule = false;

  const changedLine = (text: string, from: number, to: number, op: "-" | "+"): void => {
    const line = op === "-" ? base++ : head++;
    if (op === "-") minus -= 1;
    else plus -= 1;
    const draft = drafts[at];
    if (!draft || submodule) return;
    if (op === "-") draft.deleted += 1;
    else draft.added += 1;
    kept += to - from;
    if (kept > limit) dropLines(draft);
    else if (to - 1 > from && text.charCodeAt(to - 1) === RETURN) hunk?.lines.push({ op, text: text.slice(from + 1, to - 1), line, crlf: true });
    else hunk?.lines.push({ op, text: text.slice(from + 1, to), line });
  };
  const dropLines = (draft: Draft): void => {
    draft.overLimit = true;
    draft.hunks = [];
    hunk = undefined;
  };
  const startHunk = (line: string): void => {
    const found = HUNK.exec(line);
    const draft = drafts[at];
    if (!found || !draft) return;
    const [baseStart, headStart] = [Number(found[1]), Number(found[3])];
    minus = Number(found[2] ?? 1);
    plus = Number(found[4] ?? 1);
    // Where a side has no lines, Git names the line before.
    base = baseStart;
    head = headStart;
    hunk = draft.overLimit || submodule ? undefined : { baseStart, baseCount: minus, headStart, headCount: plus, heading: (found[5] ?? "").trimEnd(), lines: [] };
    if (hunk) draft.hunks.push(hunk);
  };
  const startSection = (): void => {
    submodule = false;
    hunk = undefined;
    const current = drafts[at];
    if (!current || current.sections >= (current.raw.status === "type-changed" ? 2 : 1)) at += 1;
    const draft = drafts[at];
    if (draft) draft.sections += 1;
  };
  const header = (line: string): void => {
    const draft = drafts[at];
    if (line.startsWith("diff --git ")) startSection();
    else if (line.startsWith("@@ ")) startHunk(line);
    else if (line.startsWith("Binary files ") && draft) draft.binary = true;
    else if (SUBMODULE.test(line)) submodule = true;
    else if (line.startsWith("\\")) markNoNewline(hunk);
  };
  return {
    line: (text, from, to) => {
      const first = text.charCodeAt(from);
      if (first === MINUS && minus > 0) changedLine(text, from, to, "-");
      else if (first === PLUS && plus > 0) changedLine(text, from, to, "+");
      else header(text.slice(from, to));
    },
    read: () => at + 1,
    settled: () => minus === 0 && plus === 0,
  };
}

/** `\ No newline at end of file` speaks of the line before it. */
function markNoNewline(hunk: MutableHunk | undefined): void {
  const last = hunk?.lines.pop();
  if (last) hunk?.lines.push({ ...last, noNewline: true });
}

function fileOf({ raw, hunks, binary, added, deleted, overLimit }: Draft, complete: boolean): DiffFile {
  return { ...raw, binary, hunks, added, deleted, ...((overLimit || !complete) && { unread: true }) };
}
