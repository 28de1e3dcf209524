import type { TestCase, TestFailure } from "#evidence";
import { failureOf } from "./failure-of.ts";
import { repositoryPath } from "./repository-path.ts";
import type { CaseRecord, ErrorFacts, ResultRecord } from "./result-record.ts";

/** What a run said, folded from its reporter's records. */
export interface Collected {
  readonly cases: readonly TestCase[];
  readonly unloaded: readonly { readonly file: string; readonly failure: TestFailure }[];
  /** Errors outside of any test. */
  readonly strays: readonly TestFailure[];
  /** Files that ended without a word about tests. */
  readonly silent: readonly string[];
  readonly started: boolean;
  /** The reporter wrote an end mark for every beginning, and as many tests as they say. */
  readonly ended: boolean;
  readonly interrupted: boolean;
}

export interface CollectContext {
  readonly root: string;
  readonly cwd: string;
  readonly ownPackages: ReadonlySet<string>;
  /** Repository paths asked for; what a runner ran beside them is left out. */
  readonly selection?: ReadonlySet<string>;
}

type EndRecord = Extract<ResultRecord, { t: "end" }>;

/** Folds records into test cases by identity. The same identity twice (a file in two projects, a row printed alike) keeps the worse outcome. */
export function collectResults(records: readonly ResultRecord[], context: CollectContext): Collected {
  const files = new Map<string | undefined, Map<string, TestCase>>();
  const unloaded = new Map<string, TestFailure>();
  const strays: TestFailure[] = [];
  const silent: string[] = [];
  let written = 0;
  const judge = (facts: ErrorFacts, file: string | undefined, phase: "test" | "load"): TestFailure => failureOf(facts, { ...context, file, phase });
  const wanted = (file: string | undefined): boolean => context.selection === undefined || file === undefined || context.selection.has(file);
  for (const record of records) {
    const file = "file" in record ? repositoryPath(context.root, record.file, context.cwd) : undefined;
    if (record.t === "case") {
      written++;
      if (wanted(file)) addCase(files, file, toCase(record, file, judge));
    } else if (record.t === "again") files.delete(file);
    else if (record.t === "unloaded" && wanted(file)) unloaded.set(file ?? "(unknown file)", judge(record.failure, file, record.tests ? "test" : "load"));
    else if (record.t === "stray") strays.push(judge(record.failure, file, "test"));
    else if (record.t === "silent" && file !== undefined && wanted(file)) silent.push(file);
  }
  const cases = [...files.values()].flatMap((tests) => [...tests.values()]);
  const starts = records.filter((record) => record.t === "start").length;
  const ends = records.filter((record): record is EndRecord => record.t === "end");
  // Some runners start a process for each file, and every one of them marks its beginning and its end.
  const ended = ends.length > 0 && ends.length >= starts && ends.reduce((sum, end) => sum + end.cases, 0) === written;
  const list = [...unloaded].map(([file, failure]) => ({ file, failure }));
  return { cases, unloaded: list, strays, silent, started: starts > 0, ended, interrupted: ends.some((end) => end.interrupted === true) };
}

function toCase(record: CaseRecord, file: string | undefined, judge: (facts: ErrorFacts, file: string | undefined, phase: "test") => TestFailure): TestCase {
  const failure = record.outcome === "failed" ? judge(record.failure ?? {}, file, "test") : undefined;
  return {
    id: { ...(file === undefined ? {} : { file }), suite: record.suite, name: record.name },
    outcome: record.outcome,
    ...(typeof record.ms === "number" ? { durationMs: Math.round(record.ms * 100) / 100 } : {}),
    ...(failure ? { failure } : {}),
    ...(record.retries ? { retries: record.retries } : {}),
    ...(record.labels && record.labels.length > 0 ? { labels: record.labels } : {}),
    ...(record.attachments && record.attachments.length > 0 ? { attachments: record.attachments } : {}),
  };
}

const WORSE = { failed: 3, passed: 2, todo: 1, skipped: 0 } as const;

function addCase(files: Map<string | undefined, Map<string, TestCase>>, file: string | undefined, found: TestCase): void {
  const tests = files.get(file) ?? new Map<string, TestCase>();
  files.set(file, tests);
  const key = JSON.stringify([found.id.suite, found.id.name]);
  const known = tests.get(key);
  if (!known) return void tests.set(key, found);
  const worse = WORSE[found.outcome] > WORSE[known.outcome] ? found : known;
  const labels = [...new Set([...(known.labels ?? []), ...(found.labels ?? [])])];
  tests.set(key, labels.length > 0 ? { ...worse, labels } : worse);
}

/** What a run said, with the tests that only an earlier run of the same files got to: told to end, a process may be gone before its later tests are written down. */
export function withLost(later: Collected, earlier: Collected): Collected {
  const nameOf = ({ id }: TestCase): string => JSON.stringify([id.file, id.suite, id.name]);
  const said = new Set(later.cases.map(nameOf));
  const unloaded = new Set(later.unloaded.map(({ file }) => file));
  return {
    ...later,
    cases: [...later.cases, ...earlier.cases.filter((one) => !said.has(nameOf(one)))],
    unloaded: [...later.unloaded, ...earlier.unloaded.filter(({ file }) => !unloaded.has(file))],
  };
}

/** Merges what several processes of one run said; it ended when each of them did. */
export function mergeCollected(parts: readonly Collected[]): Collected {
  return {
    cases: parts.flatMap((part) => part.cases),
    unloaded: parts.flatMap((part) => part.unloaded),
    strays: parts.flatMap((part) => part.strays),
    silent: parts.flatMap((part) => part.silent),
    started: parts.some((part) => part.started),
    ended: parts.every((part) => part.ended),
    interrupted: parts.some((part) => part.interrupted),
  };
}
