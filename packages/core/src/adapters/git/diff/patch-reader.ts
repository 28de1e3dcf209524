import type { DiffLine, Hunk } from "#change";
import type { RawFile } from "./raw-records.ts";

interface MutableHunk extends Omit<Hunk, "lines"> {
  readonly lines: DiffLine[];
}

/** A file while its lines come in. */
export interface Draft {
  readonly raw: RawFile;
  hunks: MutableHunk[];
  binary: boolean;
  added: number;
  deleted: number;
  /** Patch sections seen; a change of type has two. */
  sections: number;
  overLimit: boolean;
}

export const draftOf = (raw: RawFile): Draft => ({ raw, hunks: [], binary: false, added: 0, deleted: 0, sections: 0, overLimit: false });

/** A hunk heading: start and count on either side, then what Git calls the enclosing function. */
export const HUNK = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@ ?(.*)$/;
const SUBMODULE = /^(?:deleted file mode|new file mode|index [0-9a-f.]+) 160000$/;
const MINUS = 45;
const PLUS = 43;
const RETURN = 13;

/** Puts the lines of a patch without context into drafts. Hunk headings say how many lines come, so no line of a file is ever taken for a heading. */
export class PatchReader {
  readonly #drafts: readonly Draft[];
  readonly #limit: number;
  #at = -1;
  #hunk: MutableHunk | undefined;
  #submodule = false;
  #kept = 0;
  /** Lines still to come in the hunk, and the number of the next, per side. */
  #minus = 0;
  #plus = 0;
  #base = 0;
  #head = 0;

  /** The patch names files in the order of the drafts. After `limit` characters of changed lines, lines are counted and not kept. */
  constructor(drafts: readonly Draft[], limit: number) {
    this.#drafts = drafts;
    this.#limit = limit;
  }

  /** How many files have begun. */
  get begun(): number {
    return this.#at + 1;
  }

  /** True when no line of a hunk is owed. */
  get settled(): boolean {
    return this.#minus === 0 && this.#plus === 0;
  }

  line(text: string, from: number, to: number): void {
    const first = text.charCodeAt(from);
    if (first === MINUS && this.#minus > 0) {
      this.#minus -= 1;
      this.#changed("-", text, from, to, this.#base++);
    } else if (first === PLUS && this.#plus > 0) {
      this.#plus -= 1;
      this.#changed("+", text, from, to, this.#head++);
    } else this.#heading(text.slice(from, to));
  }

  #changed(op: DiffLine["op"], text: string, from: number, to: number, line: number): void {
    const draft = this.#drafts[this.#at];
    if (!draft || this.#submodule) return;
    if (op === "-") draft.deleted += 1;
    else draft.added += 1;
    this.#kept += to - from;
    if (this.#kept > this.#limit) this.#dropLines(draft);
    else if (to - 1 > from && text.charCodeAt(to - 1) === RETURN) this.#hunk?.lines.push({ op, text: text.slice(from + 1, to - 1), line, crlf: true });
    else this.#hunk?.lines.push({ op, text: text.slice(from + 1, to), line });
  }

  #dropLines(draft: Draft): void {
    draft.overLimit = true;
    draft.hunks = [];
    this.#hunk = undefined;
  }

  #heading(line: string): void {
    const draft = this.#drafts[this.#at];
    if (line.startsWith("diff --git ")) this.#startFile();
    else if (line.startsWith("@@ ")) this.#startHunk(line);
    else if (line.startsWith("\\")) markNoNewline(this.#hunk);
    else if (line.startsWith("Binary files ") && draft) draft.binary = true;
    else if (SUBMODULE.test(line)) this.#submodule = true;
  }

  #startFile(): void {
    this.#submodule = false;
    this.#hunk = undefined;
    const current = this.#drafts[this.#at];
    if (!current || current.sections >= (current.raw.status === "type-changed" ? 2 : 1)) this.#at += 1;
    const draft = this.#drafts[this.#at];
    if (draft) draft.sections += 1;
  }

  #startHunk(line: string): void {
    const found = HUNK.exec(line);
    const draft = this.#drafts[this.#at];
    if (!found || !draft) return;
    this.#base = Number(found[1]);
    this.#head = Number(found[3]);
    this.#minus = Number(found[2] ?? 1);
    this.#plus = Number(found[4] ?? 1);
    this.#hunk = undefined;
    if (draft.overLimit || this.#submodule) return;
    this.#hunk = {
      baseStart: this.#base,
      baseCount: this.#minus,
      headStart: this.#head,
      headCount: this.#plus,
      heading: (found[5] ?? "").trimEnd(),
      lines: [],
    };
    draft.hunks.push(this.#hunk);
  }
}

/** `\ No newline at end of file` speaks of the line before it. */
function markNoNewline(hunk: MutableHunk | undefined): void {
  const last = hunk?.lines.pop();
  if (last) hunk?.lines.push({ ...last, noNewline: true });
}
