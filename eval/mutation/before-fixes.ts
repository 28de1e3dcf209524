import { execFileSync } from "node:child_process";
import { appendFileSync, existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { syntaxReader } from "../../packages/core/src/adapters/syntax/index.ts";
import { fileKind, placeMutants, type Unit } from "../../packages/core/src/change/index.ts";
import { openOperations } from "../../packages/core/src/compose.ts";
import { silentProgress } from "../../packages/core/src/operations/index.ts";
import { reported, type Figure } from "../figure.ts";
import { git } from "../selection/compare-runs.ts";
import listed from "../red-green/modern.json" with { type: "json" };

export interface BeforeFixes {
  /** Folder of clones named `owner+name`, with the packages of their newest commit installed where they have any. */
  readonly data: string;
  /** Fixes of each repository, newest first. */
  readonly count: number;
  say(line: string): void;
  /** File that gets a line of JSON for each fix. */
  readonly log?: string;
}

const BUDGET_MS = 240_000;

/**
 * Would mutants have pointed at the place before the bug was fixed? For each fix of the red-green list whose tests run here: the functions that it is going to
 * change, in the code before it, with the tests of that time. `at risk`: a fault in one of them goes unnoticed, or no test reaches a line of it.
 */
export async function judgeBeforeFixes({ data, count, say, log }: BeforeFixes): Promise<readonly Figure[]> {
  const tally = { asked: 0, answered: 0, survivor: 0, uncovered: 0, quiet: 0 };
  const taken = new Map<string, number>();
  for (const { repository, broken, fixed, label, runsHere } of listed) {
    const dir = join(data, repository.replace("/", "+"));
    const before = taken.get(repository) ?? 0;
    if (label !== "bug-fix" || !runsHere || before >= count || !existsSync(dir)) continue;
    taken.set(repository, before + 1);
    tally.asked += 1;
    const found = await oneFix(dir, broken, fixed);
    if (log !== undefined) appendFileSync(log, `${JSON.stringify({ repository, fixed, ...(typeof found === "string" ? { because: found } : found) })}\n`);
    say(`${repository} ${fixed.slice(0, 10)}: ${typeof found === "string" ? found : JSON.stringify(found)}`);
    if (typeof found === "string") continue;
    tally.answered += 1;
    if (found.survived > 0) tally.survivor += 1;
    else if (found.uncovered > 0) tally.uncovered += 1;
    else tally.quiet += 1;
  }
  return [
    reported("mutation/before-fixes", tally.asked, "fixes", `${tally.answered} answered`),
    reported("mutation/survivor-before", tally.survivor, "fixes", `of ${tally.answered}`),
    reported("mutation/only-uncovered-before", tally.uncovered, "fixes", `of ${tally.answered}`),
    reported("mutation/nothing-before", tally.quiet, "fixes", `of ${tally.answered}`),
  ];
}

type Found = { readonly functions: readonly string[]; readonly survived: number; readonly uncovered: number; readonly killed: number; readonly unknown: number; readonly seconds: number };

async function oneFix(dir: string, broken: string, fixed: string): Promise<Found | string> {
  const clone = await mkdtemp(join(tmpdir(), "proofline-before-"));
  execFileSync("git", ["clone", "--quiet", "--shared", "--no-checkout", dir, clone]);
  git(clone, "update-ref", "--no-deref", "HEAD", broken);
  const operations = await openOperations({ dir: clone, env: process.env, progress: silentProgress, signal: new AbortController().signal });
  const started = Date.now();
  try {
    const units = await unitsChanged(clone, broken, fixed);
    if (units.length === 0) return "it changes no function";
    // The change that brings just these functions: what it left from is the same tree without their lines.
    const [base, head] = commitsAround(clone, broken, units);
    const report = await operations.mutateChange({ base, head: { kind: "commit", rev: head }, budgetMs: BUDGET_MS, trust: true });
    const { survived, uncovered, killed, unknown } = report.counts;
    if (survived + uncovered + killed === 0) return report.because ?? "not one fault was judged";
    return { functions: units.map(({ name }) => name), survived, uncovered, killed, unknown, seconds: Math.round((Date.now() - started) / 1_000) };
  } finally {
    await operations.close();
    await rm(clone, { recursive: true, force: true });
  }
}

function commitsAround(dir: string, broken: string, units: readonly Unit[]): readonly [string, string] {
  const index = join(dir, ".git", "proofline-index");
  const run = (args: readonly string[], input?: string): string => execFileSync("git", ["-C", dir, ...args], { encoding: "utf8", input, env: { ...process.env, GIT_INDEX_FILE: index, GIT_AUTHOR_NAME: "a", GIT_AUTHOR_EMAIL: "a@example.org", GIT_COMMITTER_NAME: "a", GIT_COMMITTER_EMAIL: "a@example.org" } }).trim();
  run(["read-tree", broken]);
  for (const file of new Set(units.map((unit) => unit.file))) {
    const gone = units.filter((unit) => unit.file === file);
    const left = git(dir, "show", `${broken}:${file}`).split("\n").filter((_, at) => !gone.some(({ line, endLine }) => line <= at + 1 && at + 1 <= endLine));
    run(["update-index", "--cacheinfo", `100644,${run(["hash-object", "-w", "--stdin"], left.join("\n"))},${file}`]);
  }
  const base = run(["commit-tree", run(["write-tree"]), "-m", "before"]);
  return [base, run(["commit-tree", `${broken}^{tree}`, "-p", base, "-m", "feat: bring it"])];
}

/** The innermost functions, as they were, that the fix takes lines out of or puts lines into. */
async function unitsChanged(dir: string, broken: string, fixed: string): Promise<readonly Unit[]> {
  const diff = git(dir, "diff", "-U0", "--no-color", "--no-ext-diff", broken, fixed);
  const touched = new Map<string, number[]>();
  let file = "";
  for (const line of diff.split("\n")) {
    const [, path] = /^--- a\/(.*)$/.exec(line) ?? [];
    if (path !== undefined || line.startsWith("--- /dev/null")) file = path ?? "";
    const [, from, many] = /^@@ -(\d+)(?:,(\d+))? /.exec(line) ?? [];
    if (from === undefined || file === "" || fileKind(file) !== "source") continue;
    const at = Array.from({ length: Math.max(1, Number(many ?? 1)) }, (_, index) => Number(from) + index);
    touched.set(file, [...(touched.get(file) ?? []), ...at]);
  }
  const found: Unit[] = [];
  for (const [path, lines] of touched) {
    const tree = await syntaxReader.read(path, git(dir, "show", `${broken}:${path}`));
    const units = tree === undefined ? [] : placeMutants(path, tree);
    const inner = lines.flatMap((line) => units.filter((unit) => unit.line <= line && line <= unit.endLine).toSorted((a, b) => a.endLine - a.line - (b.endLine - b.line))[0] ?? []);
    found.push(...new Set(inner));
  }
  return found;
}
