import type { FileStep } from "#change";
import { pathText } from "../objects/path-text.ts";
import type { Git } from "../process/git.ts";
import { COMMIT_FIELDS, commitOf } from "./commit-log.ts";

/** No field begins so: what it opens is a commit. */
const MARK = 1;
const FLAGS = ["log", "-z", "--raw", "--no-abbrev", "--no-renames", "-c", "--full-diff", "--date-order", "--no-ext-diff", "--no-textconv", "--ignore-submodules=all", `--format=%x00%x01${COMMIT_FIELDS.join("%x00")}%x00`];

/**
 * Every commit up to `at` that explains how files at or below some paths came to be what they are, newest first, each told as it is read, with all files it touches: blobs before
 * (one of each parent) and after. A merge tells only what differs from all its parents. `whole` is false where Git could not read to the end.
 */
export async function fileLog(git: Git, { at, paths, onStep, since }: FileLogRequest): Promise<{ readonly whole: boolean; readonly cut: boolean }> {
  const cut = since !== undefined && /^[0-9a-f]{40,64}$/.test(since) && (await git.run(["merge-base", "--is-ancestor", since, at])).code === 0;
  if (cut && since === at) return { whole: true, cut };
  const reader = new StepReader(onStep);
  const { code } = await git.run([...FLAGS, at, ...(cut ? [`^${since}`] : []), "--", ...paths], { onOutput: (chunk) => reader.write(chunk) });
  reader.end();
  return { whole: code === 0, cut };
}

export interface FileLogRequest {
  readonly at: string;
  readonly paths: readonly string[];
  readonly onStep: (step: FileStep) => void;
  /** Where it is an ancestor, only commits after it are told. */
  readonly since?: string | undefined;
}

/** Takes the stream apart at its NULs: a commit's mark and fields, then for each file a line of modes and ids, and its path. */
class StepReader {
  private rest: Buffer = Buffer.alloc(0);
  private fields: string[] | undefined;
  private files: FileStep["files"][number][] = [];
  private raw: string | undefined;
  private readonly onStep: (step: FileStep) => void;

  constructor(onStep: (step: FileStep) => void) {
    this.onStep = onStep;
  }

  write(chunk: Buffer): void {
    const data = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
    let at = 0;
    for (let end = data.indexOf(0, at); end >= 0; end = data.indexOf(0, at)) {
      this.token(data.subarray(at, end));
      at = end + 1;
    }
    this.rest = data.subarray(at);
  }

  end(): void {
    this.finish();
  }

  private token(token: Buffer): void {
    if (this.fields !== undefined && this.fields.length < COMMIT_FIELDS.length) {
      this.fields.push(token.toString("utf8"));
      return;
    }
    if (this.raw !== undefined) {
      const file = fileOf(this.raw, token);
      if (file) this.files.push(file);
      this.raw = undefined;
      return;
    }
    if (token[0] === MARK) {
      this.finish();
      this.fields = [token.toString("latin1", 1)];
      return;
    }
    // The first file of a commit stands after a line break.
    const start = token[0] === 10 ? 1 : 0;
    if (token[start] === 58) this.raw = token.toString("latin1", start);
  }

  private finish(): void {
    if (this.fields?.length === COMMIT_FIELDS.length) this.onStep({ commit: commitOf(this.fields), files: this.files });
    this.fields = undefined;
    this.files = [];
    this.raw = undefined;
  }
}

const NONE = /^0+$/;

/** `:mode … mode id … id status`: one colon, mode and id for each parent, then those of the commit itself. */
function fileOf(raw: string, path: Buffer): FileStep["files"][number] | undefined {
  const parents = /^:+/.exec(raw)?.[0].length ?? 0;
  const words = raw.slice(parents).split(" ");
  const ids = words.slice(parents + 1, 2 * parents + 2);
  const [modes, after] = [words.slice(0, parents + 1), ids.at(-1)];
  if (parents === 0 || ids.length !== parents + 1 || after === undefined) return undefined;
  const blob = (id: string, mode: string | undefined): string | undefined => (NONE.test(id) || !mode?.startsWith("100") ? undefined : id);
  const now = blob(after, modes.at(-1));
  return { path: pathText(path), before: ids.slice(0, -1).map((id, at) => blob(id, modes[at])), ...(now !== undefined && { after: now }) };
}
