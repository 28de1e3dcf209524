import { titleOfTest, isTestOf } from "../confirmation/test-titles.ts";
import { neverStarted, type TestCase, type TestRun } from "../evidence.ts";
import { testKey } from "../proof/fold-side.ts";
import type { Flakes } from "../flakes/flakes.ts";
import type { ProofPlace, ResultRecord } from "./proof-link.ts";

/** What the runs of one tree say of a proof. */
export interface TestStanding {
  readonly outcome: "verified" | "failing" | "skipped" | "flaky";
  /** Why it is not verified, in words. */
  readonly because?: string;
  /** Tests that ran for it. */
  readonly tests: number;
  /** True where one run of tests with the same titles gave both answers. */
  readonly mixed: boolean;
  readonly record: ResultRecord;
}

/** Outcomes of one tree, by test. */
export interface Results {
  standing(place: ProofPlace): TestStanding | undefined;
  readonly runs: readonly TestRun[];
}

interface Ran {
  readonly title: string;
  readonly test: TestCase;
  readonly run: TestRun;
}

/** Indexes runs of one tree once; asking is a look-up. */
export function indexResults(runs: readonly TestRun[], flakes: Flakes = new Map()): Results {
  const byTitle = new Map<string, Ran[]>();
  const byFile = new Map<string, Ran[]>();
  const unloaded = new Map<string, { readonly run: TestRun; readonly says: string }>();
  for (const run of runs.filter((one) => !neverStarted(one))) {
    for (const test of run.cases) {
      const ran = { title: titleOfTest(test.id), test, run };
      const file = test.id.file ?? "";
      push(byFile, file, ran);
      push(byTitle, `${file}\0${ran.title}`, ran);
    }
    // What the surroundings lacked says nothing of the test.
    for (const { file, failure } of run.unloaded) if (failure.kind !== "environment" && failure.kind !== "missing-package") unloaded.set(file, { run, says: `its file did not load: ${firstLine(failure.message)}` });
  }
  const known = new Map<string, TestStanding | undefined>();
  const found = (place: ProofPlace): TestStanding | undefined => {
    const failed = unloaded.get(place.file);
    const ran = together(ransOf(place, byTitle, byFile), flakes);
    if (failed === undefined) return ran;
    const about = { tests: ran?.tests ?? 0, mixed: false, record: recordOf(failed.run) };
    return ran?.outcome === "verified" ? { ...about, outcome: "flaky", because: "its file loaded in one run and not in another, on the same code" } : { ...about, outcome: "failing", because: failed.says };
  };
  return {
    runs,
    standing: (place) => {
      const key = `${place.file}\0${place.scope}\0${place.titles.join("\0")}`;
      if (!known.has(key)) known.set(key, found(place));
      return known.get(key);
    },
  };
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

function ransOf({ file, scope, titles }: ProofPlace, byTitle: ReadonlyMap<string, readonly Ran[]>, byFile: ReadonlyMap<string, readonly Ran[]>): readonly Ran[] {
  const ofFile = byFile.get(file) ?? [];
  if (scope === "file") return ofFile;
  const title = titles.filter((part) => part !== "").join(" › ");
  if (scope === "suite") return ofFile.filter((ran) => ran.title.startsWith(`${title} › `));
  const exact = byTitle.get(`${file}\0${title}`) ?? byTitle.get(`\0${title}`);
  if (exact) return exact;
  // Rows of a table, parameters, and runners that leave suites out or put classes before them.
  const rows = ofFile.filter(({ test }) => isTestOf(title, test.id));
  if (rows.length > 0) return rows;
  const own = titles.at(-1) ?? "";
  return ofFile.filter(({ test, title: ran }) => test.id.name === own || ran.endsWith(` › ${own}`) || test.id.name.startsWith(`${own}[`));
}

/** One answer of several runs. In one run every row and every browser has to pass; two runs that differ are flaky. */
function together(rans: readonly Ran[], flakes: Flakes): TestStanding | undefined {
  const [first] = rans;
  if (first === undefined) return undefined;
  const perRun = new Map<TestRun, Ran[]>();
  for (const ran of rans) push(perRun, ran.run, ran);
  const folded = [...perRun.values()].map(foldRun);
  const has = (outcome: string): boolean => folded.some((one) => one.outcome === outcome);
  const failed = rans.find(({ test }) => test.outcome === "failed");
  const base = { tests: Math.max(...folded.map((one) => one.tests)), mixed: folded.some((one) => one.mixed), record: recordOf((failed ?? first).run) };
  if (has("passed") && has("failed")) return { ...base, outcome: "flaky", because: "it passed and failed on the same code" };
  if (failed) return { ...base, outcome: "failing", because: firstLine(failed.test.failure?.message ?? "it failed") };
  if (!has("passed")) return { ...base, outcome: "skipped", because: "it was skipped when the tests ran" };
  if (rans.some(({ test }) => test.outcome === "passed" && (test.retries ?? 0) > 0)) return { ...base, outcome: "flaky", because: "it passed only when it was tried again" };
  if (flakes.size > 0 && rans.some(({ test }) => flakes.has(testKey(test.id)))) return { ...base, outcome: "flaky", because: "it passed and failed on the same code before" };
  return { ...base, outcome: "verified" };
}

function foldRun(rans: readonly Ran[]): { readonly outcome: "passed" | "failed" | "skipped"; readonly tests: number; readonly mixed: boolean } {
  const passed = rans.filter(({ test }) => test.outcome === "passed").length;
  const failed = rans.filter(({ test }) => test.outcome === "failed").length;
  return { outcome: failed > 0 ? "failed" : passed > 0 ? "passed" : "skipped", tests: passed + failed, mixed: passed > 0 && failed > 0 };
}

const recordOf = ({ source, origin, tool, subject, digest }: TestRun): ResultRecord => ({ source, origin, tool, subject, digest });

const firstLine = (text: string): string => (text.trim().split("\n")[0] ?? "").slice(0, 200);
