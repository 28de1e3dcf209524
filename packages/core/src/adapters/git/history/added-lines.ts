import { join } from "node:path";
import type { AddedLine, AddedLines } from "#change";
import { pastLocalAttributes } from "../diff/own-attributes.ts";
import { linesOf } from "../diff/patch-lines.ts";
import { HUNK } from "../diff/patch-reader.ts";
import { wantedLines, type Wanted } from "../objects/wanted-lines.ts";
import type { Git } from "../process/git.ts";

/** What looking through every commit of a change may cost: beyond it the rest is said to be unread. */
const COMMITS_READ = 1_000;
const KEPT_LINES = 20_000;
const PATIENCE_MS = 20_000;

/** Merges are left out: what they bring in stands in the commits they merge. */
const FLAGS = [
  ...["log", "-p", "-U0", "--no-merges", "--no-renames", "--inter-hunk-context=0", "--format=commit %H", `--max-count=${COMMITS_READ}`],
  ...["--no-color", "--no-ext-diff", "--no-textconv", "--no-relative", "--src-prefix=", "--dst-prefix=", "--ignore-submodules=all"],
];

/** Added lines of each commit of `head ^base` that are wanted, with their neighbours, newest commit first. One Git process; memory does not grow with the history. */
export async function addedLines(git: Git, { base, head }: { readonly base: string | undefined; readonly head: string }, wanted: Wanted): Promise<AddedLines> {
  const reader = new CommitPatches(wanted);
  const stream = linesOf((text, from, to) => reader.line(text, from, to));
  const folder = git.folder.path();
  // A working tree and an index that are not there: attributes of the checkout must not say what a commit shows.
  const env = { ...pastLocalAttributes(git, folder), GIT_WORK_TREE: folder, GIT_INDEX_FILE: join(folder, "no-index") };
  const range = [head, ...(base === undefined ? [] : [`^${base}`])];
  const { code } = await git.run([...FLAGS, ...range, "--"], { cwd: folder, env, onOutput: stream.write, timeoutMs: PATIENCE_MS });
  stream.end();
  return { lines: reader.kept, whole: code === 0 && reader.commits < COMMITS_READ && reader.kept.length < KEPT_LINES };
}

const PLUS = 43;
const MINUS = 45;

/** Reads `git log -p -U0`. Hunk headings say how many lines come, so no line of a file is ever taken for a heading. */
class CommitPatches {
  readonly kept: AddedLine[] = [];
  commits = 0;
  #commit = "";
  #file = "";
  #minus = 0;
  #plus = 0;
  #line = 0;
  readonly #near: ReturnType<typeof wantedLines<AddedLine>>;

  constructor(wanted: Wanted) {
    this.#near = wantedLines<AddedLine>(wanted, (line) => {
      if (this.kept.length < KEPT_LINES) this.kept.push(line);
    });
  }

  line(text: string, from: number, to: number): void {
    const first = text.charCodeAt(from);
    if (first === MINUS && this.#minus > 0) this.#minus -= 1;
    else if (first === PLUS && this.#plus > 0) {
      this.#plus -= 1;
      const added = text.slice(from + 1, to).replace(/\r$/, "");
      this.#near.look({ commit: this.#commit, file: this.#file, line: this.#line++, text: added });
    } else this.#heading(text.slice(from, to));
  }

  #heading(line: string): void {
    if (line.startsWith("@@ ")) this.#startHunk(line);
    else if (line.startsWith("+++ ")) {
      this.#file = fileName(line.slice(4));
      this.#near.startAfter();
    }
    else if (line.startsWith("commit ")) {
      this.#commit = line.slice("commit ".length);
      this.commits += 1;
    }
  }

  #startHunk(line: string): void {
    const found = HUNK.exec(line);
    if (!found) return;
    this.#minus = Number(found[2] ?? 1);
    this.#plus = Number(found[4] ?? 1);
    const start = Number(found[3]);
    // Hunks without context that touch are one run of lines; any others are no neighbours.
    if (start !== this.#line) this.#near.startAfter();
    this.#line = start;
  }
}

/** A tab ends a name with spaces; one with control characters, quotes or backslashes is quoted as in C. */
function fileName(text: string): string {
  const name = text.replace(/\t$/, "");
  if (!name.startsWith('"')) return name;
  return name.slice(1, -1).replace(/\\(["\\])/g, "$1");
}
