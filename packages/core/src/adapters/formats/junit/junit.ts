import { looksLikePath } from "../cases/looks-like-path.ts";
import type { DraftCase, DraftRun, ReadReport, ReportFormat, ReportSource } from "../report-format.ts";
import type { HeadTree } from "../paths/head-tree.ts";
import { commitsIn } from "../subject/named-commits.ts";
import { collectCases, type Collected } from "./collect-cases.ts";
import { identify } from "./identity.ts";
import { isRemark, outcomeOf } from "./outcome.ts";
import type { RawCase } from "./raw-case.ts";

/** JUnit XML in the dialects of its many writers. */
export const junit: ReportFormat = {
  format: "JUnit XML",
  accepts: ({ xmlRoot }) => xmlRoot === "testsuites" || xmlRoot === "testsuite" || xmlRoot === "testcase",
  parse: readJUnit,
};

function readJUnit(source: ReportSource, tree: HeadTree): ReadReport {
  const collected = collectCases(source.text(), source.path);
  const run = runOf(collected, tree);
  const red = run.cases.filter((test) => test.outcome === "failed").length + run.unloaded.length;
  const remarks = collected.cases.filter(({ problems }) => problems.some(isRemark)).length;
  const { tests, red: declaredRed } = collected.declared;
  const missing = declaredRed > red + remarks;
  const total = run.cases.length + run.unloaded.length;
  const notes = [
    ...(tests > total ? [`the report counts ${tests} tests but lists ${total}`] : []),
    ...(remarks > 0 ? [`${remarks} ${remarks === 1 ? "test that passed is" : "tests that passed are"} called risky by the runner`] : []),
  ];
  return {
    drafts: [missing ? { ...run, complete: false, because: `the report counts ${declaredRed} failures and errors but lists ${red}` } : run],
    commits: commitsIn(collected.properties),
    ...(collected.startedAt ? { writtenAt: collected.startedAt } : {}),
    ...(notes.length > 0 ? { notes } : {}),
  };
}

function runOf(collected: Collected, tree: HeadTree): DraftRun {
  const cases: DraftCase[] = [];
  const unloaded = new Map<string, DraftRun["unloaded"][number]>();
  let seen = 0;
  for (const raw of collected.cases) {
    const last = raw.suites.at(-1);
    while (last !== undefined && seen < collected.suites.length && collected.suites[seen - 1] !== last) seen++;
    const outcome = outcomeOf(raw);
    const file = unloadedFile(raw, tree);
    if (outcome.failure && file !== undefined) {
      if (!unloaded.has(file))
        unloaded.set(file, {
          file,
          failure: { ...outcome.failure, kind: outcome.failure.kind === "error" || outcome.failure.kind === "unknown" ? "load" : outcome.failure.kind },
        });
      continue;
    }
    const identity = identify(raw, tree, collected.suites.slice(Math.max(0, seen - 200), seen));
    const durationMs = milliseconds(raw.time);
    const name = identity.name === "" ? "(set-up)" : identity.name;
    cases.push({
      ...identity,
      name,
      ...outcome,
      ...(durationMs === undefined ? {} : { durationMs }),
      ...(raw.labels.length > 0 ? { labels: raw.labels } : {}),
    });
  }
  const durationMs = milliseconds(collected.seconds);
  const { startedAt } = collected;
  return {
    kind: "test-run",
    tool: toolOf(collected),
    cases,
    unloaded: [...unloaded.values()],
    complete: true,
    ...(durationMs === undefined ? {} : { durationMs }),
    ...(startedAt?.zoned ? { startedAt: new Date(startedAt.at).toISOString() } : {}),
  };
}

/** Writers put a file that could not be loaded among the cases, named after itself. */
function unloadedFile(raw: RawCase, tree: HeadTree): string | undefined {
  const text = raw.problems.map(({ message }) => message).join("\n");
  if (/^collection failure/m.test(text)) {
    const dotted = [raw.classname, raw.name].filter((part) => part !== "").join(".");
    return raw.file ?? (looksLikePath(raw.name) ? raw.name : (tree.guess([`${dotted.replaceAll(".", "/")}.py`]) ?? `${dotted.replaceAll(".", "/")}.py`));
  }
  if (
    raw.classname === "Test suite failed to run" ||
    /^\s*● Test suite failed to run/.test(raw.problems[0]?.text ?? "") ||
    /^Test execution failure: /.test(raw.name)
  ) {
    return raw.file ?? [raw.name, raw.suites.at(-1)?.name ?? ""].find(looksLikePath);
  }
  if (!looksLikePath(raw.name)) return undefined;
  const itself = raw.classname === raw.name || raw.classname === "test" || raw.name === raw.file;
  return itself ? raw.name : undefined;
}

/** Seconds as printed: `0.012`, `1,234.5` with a comma for thousands, `0,012` with one for the decimals. */
export function milliseconds(seconds: string | undefined): number | undefined {
  if (seconds === undefined || seconds.length > 30) return undefined;
  const plain = seconds.includes(".") ? seconds.replaceAll(",", "") : seconds.replace(",", ".");
  const value = plain.trim() === "" ? Number.NaN : Number(plain);
  return Number.isFinite(value) && value >= 0 ? Math.round(value * 1e6) / 1e3 : undefined;
}

/** The writer, as far as its habits tell. */
function toolOf({ title, suites, properties, cases }: Collected): string {
  if (/^vitest tests$/.test(title)) return "vitest";
  if (/^jest tests$/.test(title)) return "jest";
  if (/^Mocha Tests$/.test(title)) return "mocha";
  if (/^pytest/.test(title) || suites[0]?.name === "pytest") return "pytest";
  if (title === "nextest-run") return "nextest";
  if (cases.some((raw) => raw.name.includes(" › ") && raw.classname === raw.suites.at(-1)?.name && looksLikePath(raw.classname))) return "playwright";
  if ([...properties.keys()].some((name) => name === "go.version")) return "go-test";
  if (properties.has("surefire.version") || properties.has("java.version") || properties.has("surefire.real.class.path")) return "surefire";
  if (cases.some((raw) => raw.problems.some(({ type }) => /^PHPUnit\\/.test(type)))) return "phpunit";
  if (cases.some((raw) => raw.problems.some(({ type }) => /^test(?:CodeFailure|TimeoutFailure)$/.test(type)))) return "node:test";
  return "junit";
}
