/**
 * Labels the commits of a local clone by SZZ: a commit is inducing when a later fix deletes or replaces a line it wrote.
 *
 *   npx tsx eval/risk/szz.ts --clone DIR --out FILE.jsonl [--revision HEAD] [--limit N]
 *
 * Deterministic for a given revision. Progress is kept beside the output, so an interrupted run goes on where it stopped.
 */
import { appendFileSync, existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { deletedLines, type DeletedLines } from "./deleted-lines.ts";
import { saysFix } from "./fix-message.ts";
import { gitText } from "./git-lines.ts";
import { readHistory, type HistoryCommit } from "./history.ts";
import { pathKind } from "./path-kind.ts";

/** A fix that touches more source files than this is a sweep: blaming it says little about single defects. */
const MOST_SOURCE_FILES = 10;
/** Likewise for a fix that rewrites more old lines than this. */
const MOST_DELETED_LINES = 400;

interface FixResult {
  readonly fix: string;
  readonly induced: readonly string[];
  readonly unread: number;
}

/** A labelled commit as the output file holds it, one JSON document a line. */
export interface LabelledCommit extends HistoryCommit {
  readonly inducing: boolean;
  /** Seconds between the commit and the first fix that blames it. */
  readonly fixedAfter?: number;
}

const isSource = (path: string): boolean => pathKind(path) === "source";

const isCandidateFix = (commit: HistoryCommit): boolean => {
  const sources = commit.files.filter((file) => isSource(file.path) && file.deleted > 0);
  return saysFix(commit.message) && sources.length > 0 && sources.length <= MOST_SOURCE_FILES;
};

const blame = async (clone: string, revision: string, file: DeletedLines, ignored: readonly string[]): Promise<readonly string[] | undefined> => {
  const ranges = file.ranges.flatMap(({ start, end }) => ["-L", `${start},${end}`]);
  const skips = ignored.flatMap((id) => ["--ignore-rev", id]);
  const text = await gitText(clone, ["blame", "-w", "-M", "-C", "-s", "-l", "--root", ...skips, ...ranges, revision, "--", file.path]);
  return text?.split("\n").flatMap((line) => /^\^?([0-9a-f]{40})\b/.exec(line)?.[1] ?? []);
};

const traceFix = async (clone: string, fix: HistoryCommit, ignored: readonly string[]): Promise<FixResult> => {
  const diff = await gitText(clone, ["diff-tree", "-p", "-U0", "-w", "-M", "--ignore-blank-lines", "--no-ext-diff", "--no-textconv", "--src-prefix=a/", "--dst-prefix=b/", fix.parent, fix.id]);
  const files = deletedLines(diff ?? "").filter((file) => isSource(file.path));
  const lines = files.flatMap((file) => file.ranges).reduce((sum, range) => sum + range.end - range.start + 1, 0);
  const induced = new Set<string>();
  let unread = diff === undefined ? 1 : 0;
  for (const file of lines > MOST_DELETED_LINES ? [] : files) {
    const ids = await blame(clone, fix.parent, file, ignored);
    if (ids === undefined) unread += 1;
    for (const id of ids ?? []) induced.add(id);
  }
  return { fix: fix.id, induced: [...induced].sort(), unread };
};

/** Commits the repository itself asks blame to skip (mass formatting). */
const ignoredRevisions = async (clone: string, revision: string): Promise<readonly string[]> => {
  const text = await gitText(clone, ["show", `${revision}:.git-blame-ignore-revs`]);
  return (text ?? "").split("\n").flatMap((line) => /^([0-9a-f]{40})\b/.exec(line)?.[1] ?? []);
};

const readProgress = (file: string): Map<string, FixResult> => {
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

const traceAll = async (clone: string, fixes: readonly HistoryCommit[], ignored: readonly string[], progressFile: string): Promise<readonly FixResult[]> => {
  const known = readProgress(progressFile);
  const results: FixResult[] = [];
  for (const [index, fix] of fixes.entries()) {
    const before = known.get(fix.id);
    const result = before ?? (await traceFix(clone, fix, ignored));
    if (before === undefined) appendFileSync(progressFile, `\n${JSON.stringify(result)}`);
    results.push(result);
    if (index % 100 === 99) process.stderr.write(`  ${index + 1} of ${fixes.length} fixes\n`);
  }
  return results;
};

const label = (history: readonly HistoryCommit[], results: readonly FixResult[]): readonly LabelledCommit[] => {
  const times = new Map(history.map((commit) => [commit.id, commit.time]));
  const fixedAt = new Map<string, number>();
  for (const { fix, induced } of results) {
    const time = times.get(fix) ?? 0;
    for (const id of induced) fixedAt.set(id, Math.min(time, fixedAt.get(id) ?? Infinity));
  }
  return history.map((commit) => {
    const fixed = fixedAt.get(commit.id);
    return { ...commit, inducing: fixed !== undefined, ...(fixed === undefined ? {} : { fixedAfter: Math.max(0, fixed - commit.time) }) };
  });
};

const main = async (): Promise<void> => {
  const { values } = parseArgs({ options: { clone: { type: "string" }, out: { type: "string" }, revision: { type: "string", default: "HEAD" }, limit: { type: "string" } } });
  const { clone, out } = values;
  if (clone === undefined || out === undefined) {
    process.stderr.write("Usage: npx tsx eval/risk/szz.ts --clone DIR --out FILE.jsonl [--revision HEAD] [--limit FIXES]\n");
    process.exitCode = 2;
    return;
  }
  const history = await readHistory(clone, values.revision);
  const fixes = history.filter(isCandidateFix).slice(0, values.limit === undefined ? undefined : Number(values.limit));
  process.stderr.write(`${clone}: ${history.length} commits, ${fixes.length} fixes to trace\n`);
  const results = await traceAll(clone, fixes, await ignoredRevisions(clone, values.revision), `${out}.progress`);
  const labelled = label(history, results);
  writeFileSync(`${out}.part`, labelled.map((commit) => JSON.stringify(commit)).join("\n"));
  renameSync(`${out}.part`, out);
  const inducing = labelled.filter((commit) => commit.inducing).length;
  const unread = results.reduce((sum, result) => sum + result.unread, 0);
  process.stderr.write(`${clone}: ${inducing} inducing of ${labelled.length}; ${unread} files could not be blamed\n`);
};

await main();
