import { appendFileSync, existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { isBlamed } from "./blamed-path.ts";
import { deletedLines, type DeletedLines } from "./deleted-lines.ts";
import { saysFix } from "./fix-message.ts";
import { gitText } from "./git-lines.ts";
import { readHistory, type HistoryCommit } from "./history.ts";

export interface LabelRequest {
  readonly clone: string;
  /** JSON Lines, one {@link LabelledCommit} each; `<out>.progress` keeps what is traced so far. */
  readonly out: string;
  readonly revision: string;
  readonly say: (line: string) => void;
}

/** A commit with its label. */
export interface LabelledCommit extends HistoryCommit {
  readonly inducing: boolean;
}

interface FixResult {
  readonly fix: string;
  readonly induced: readonly string[];
  readonly unread: number;
}

/** A fix that touches more files of the product than this is a sweep: blaming it says little about single defects. */
const MOST_FILES = 10;
/** Likewise for a fix that rewrites more old lines than this. */
const MOST_LINES = 400;

/** Traces every fix of a clone back to the commits that wrote the lines it mends. Undefined when there is no such revision. */
export const labelClone = async ({ clone, out, revision, say }: LabelRequest): Promise<readonly LabelledCommit[] | undefined> => {
  const history = await readHistory(clone, revision);
  if (history === undefined) return undefined;
  const fixes = history.commits.filter(isTraceableFix);
  say(`${clone}: ${history.commits.length} commits (${history.unread} not whole), ${fixes.length} fixes to trace`);
  const known = readProgress(`${out}.progress`);
  const ignored = await ignoredRevisions(clone, revision);
  const results: FixResult[] = [];
  for (const fix of fixes) {
    const before = known.get(fix.id);
    const result = before ?? (await traceFix(clone, fix, ignored));
    if (before === undefined) appendFileSync(`${out}.progress`, `\n${JSON.stringify(result)}`);
    results.push(result);
    if (results.length % 100 === 0) say(`  ${results.length} of ${fixes.length} fixes`);
  }
  const inducing = new Set(results.flatMap((result) => result.induced));
  const labelled = history.commits.map((commit) => ({ ...commit, inducing: inducing.has(commit.id) }));
  writeFileSync(`${out}.part`, labelled.map((commit) => JSON.stringify(commit)).join("\n"));
  renameSync(`${out}.part`, out);
  const unread = results.reduce((sum, result) => sum + result.unread, 0);
  say(`${clone}: ${labelled.filter((commit) => commit.inducing).length} inducing; ${unread} files could not be blamed`);
  return labelled;
};

const isTraceableFix = (commit: HistoryCommit): boolean => {
  const files = commit.files.filter((file) => isBlamed(file.path) && file.deleted > 0);
  return saysFix(commit.message) && files.length > 0 && files.length <= MOST_FILES;
};

const traceFix = async (clone: string, fix: HistoryCommit, ignored: readonly string[]): Promise<FixResult> => {
  const options = ["-p", "-U0", "-w", "-M", "--ignore-blank-lines", "--no-ext-diff", "--no-textconv", "--src-prefix=a/", "--dst-prefix=b/"];
  const diff = await gitText(clone, ["diff-tree", ...options, fix.parent, fix.id]);
  const files = deletedLines(diff ?? "").filter((file) => isBlamed(file.path));
  const lines = files.flatMap((file) => file.ranges).reduce((sum, range) => sum + range.end - range.start + 1, 0);
  const induced = new Set<string>();
  let unread = diff === undefined ? 1 : 0;
  for (const file of lines > MOST_LINES ? [] : files) {
    const ids = await blame(clone, fix.parent, file, ignored);
    if (ids === undefined) unread += 1;
    for (const id of ids ?? []) induced.add(id);
  }
  return { fix: fix.id, induced: [...induced].sort(), unread };
};

const blame = async (clone: string, revision: string, file: DeletedLines, ignored: readonly string[]): Promise<readonly string[] | undefined> => {
  const ranges = file.ranges.flatMap(({ start, end }) => ["-L", `${start},${end}`]);
  const skips = ignored.flatMap((id) => ["--ignore-rev", id]);
  const text = await gitText(clone, ["blame", "-w", "-M", "-C", "-s", "-l", "--root", ...skips, ...ranges, revision, "--", file.path]);
  return text?.split("\n").flatMap((line) => /^\^?([0-9a-f]{40})\b/.exec(line)?.[1] ?? []);
};

/** Commits the repository itself asks blame to skip (mass formatting). */
const ignoredRevisions = async (clone: string, revision: string): Promise<readonly string[]> => {
  const text = await gitText(clone, ["show", `${revision}:.git-blame-ignore-revs`]);
  return (text ?? "").split("\n").flatMap((line) => /^([0-9a-f]{40})\b/.exec(line)?.[1] ?? []);
};

const readProgress = (file: string): ReadonlyMap<string, FixResult> => {
  const lines = existsSync(file) ? readFileSync(file, "utf8").split("\n") : [];
  const results = lines.flatMap((line) => {
    try {
      return [JSON.parse(line) as FixResult];
    } catch {
      return []; // the last line of an interrupted run may be half-written
    }
  });
  return new Map(results.map((result) => [result.fix, result]));
};
