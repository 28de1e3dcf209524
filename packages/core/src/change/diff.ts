/** One line of a hunk. `base`/`head` are its 1-based line numbers where it exists on that side. */
export interface DiffLine {
  readonly op: "+" | "-";
  /** Without its line end. Bytes that are not UTF-8 are read as Latin-1. */
  readonly text: string;
  readonly line: number;
  /** True when the line ends in CRLF. */
  readonly crlf?: boolean;
  /** True for a file's last line when no line end follows it. */
  readonly noNewline?: boolean;
}

/** A changed region without context lines, as `git diff -U0` gives it. */
export interface Hunk {
  readonly baseStart: number;
  readonly baseCount: number;
  readonly headStart: number;
  readonly headCount: number;
  /** The enclosing function or class line Git found before the hunk; empty when there is none. */
  readonly heading: string;
  /** Deleted lines first, then added, each in file order. */
  readonly lines: readonly DiffLine[];
}

export type FileStatus = "added" | "modified" | "deleted" | "renamed" | "copied" | "type-changed";

/** What Git says about one file between merge base and head. */
export interface DiffFile {
  /** Path on head, or on base for a deleted file. Forward slashes; bytes that are not UTF-8 appear as `\ooo` octal escapes. */
  readonly path: string;
  /** Path on base when it differs (renamed, copied). */
  readonly basePath?: string;
  readonly status: FileStatus;
  /** 0..100, for renames and copies. */
  readonly similarity?: number;
  /** Git modes, e.g. `100644`, `100755`, `120000` (symlink), `160000` (submodule). Absent on the side where the file is not. */
  readonly baseMode?: string;
  readonly headMode?: string;
  /** Blob ids; absent on the side where the file is not. */
  readonly baseBlob?: string;
  readonly headBlob?: string;
  /** True when Git shows no lines: binary content, or a file above the size limit (then `tooLarge`). */
  readonly binary: boolean;
  readonly tooLarge?: boolean;
  /** True when lines of this file exist and are not (all) here: Git's output broke off, or the change is too large as a whole. A gap says which. */
  readonly unread?: boolean;
  readonly hunks: readonly Hunk[];
  readonly added: number;
  readonly deleted: number;
}

/** Something that could not be read whole. A gap in the diff itself makes `history/incomplete` broken. */
export interface HistoryGap {
  /** `diff`: lines of this change are missing. `history`: only figures from older commits are. */
  readonly part: "diff" | "history";
  readonly because: string;
  readonly fix: string;
}

export interface Diff {
  readonly files: readonly DiffFile[];
  readonly gaps: readonly HistoryGap[];
}
