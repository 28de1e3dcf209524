import type { DiffFile } from "#change";
import { linesOf } from "./patch-lines.ts";
import { draftOf, PatchReader, type Draft } from "./patch-reader.ts";
import { rawRecords } from "./raw-records.ts";

export interface ParsedDiff {
  readonly files: readonly DiffFile[];
  /** Paths of files whose lines are counted and not kept, because the limit was reached. */
  readonly overLimit: readonly string[];
  /** Paths of files whose lines had not come, or perhaps not all, when the output ended. */
  readonly cutOff: readonly string[];
}

export interface DiffParser {
  write(chunk: Buffer): void;
  /** `whole` says that Git ended well. */
  end(whole: boolean): ParsedDiff;
}

/** Reads `git diff-tree --raw -p -U0 -z` in one pass as it streams. `limit` is how many characters of changed lines are kept. */
export function diffParser(limit: number): DiffParser {
  const drafts: Draft[] = [];
  const records = rawRecords((raw) => drafts.push(draftOf(raw)));
  const patch = new PatchReader(drafts, limit);
  const lines = linesOf((text, from, to) => patch.line(text, from, to));
  return {
    write: (chunk) => {
      const rest = records(chunk);
      if (rest && rest.length > 0) lines.write(rest);
    },
    end: (whole) => {
      lines.end();
      // The last file begun may not have ended, unless Git says that it is done and nothing is owed.
      const done = whole && patch.begun >= drafts.length && patch.settled;
      const complete = done ? drafts.length : Math.max(0, patch.begun - 1);
      return {
        files: drafts.map((draft, index) => fileOf(draft, index < complete)),
        overLimit: drafts.filter((draft) => draft.overLimit).map((draft) => draft.raw.path),
        cutOff: drafts.slice(complete).map((draft) => draft.raw.path),
      };
    },
  };
}

function fileOf({ raw, hunks, binary, added, deleted, overLimit }: Draft, complete: boolean): DiffFile {
  return { ...raw, binary, hunks, added, deleted, ...((overLimit || !complete) && { unread: true }) };
}
