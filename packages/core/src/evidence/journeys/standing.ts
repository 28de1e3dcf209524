import type { Journey } from "#intent";
import type { TestCase, TestRun } from "../evidence.ts";
import { isTestOf } from "../confirmation/test-titles.ts";
import { indexResults } from "../trace/results.ts";
import type { JourneyStanding } from "./journey-trace.ts";

export interface StandingFacts {
  /** Runs on the tree in question, the newest first. */
  readonly runs: readonly TestRun[];
  /** Every path of the tree. */
  readonly paths: ReadonlySet<string>;
  readonly reached?: string | undefined;
}

/** How a journey stands by what its tests did: the worst of them speaks. */
export function standingOf(journey: Journey, { runs, paths, reached }: StandingFacts): JourneyStanding {
  const { id, title, user, impact, file, line, owner, tests } = journey;
  const files = [...new Set(tests.map((test) => test.file))];
  const about = { id, title, user, impact, file, line, ...(owner !== undefined && { owner }), tests: files, ...(reached !== undefined && { reached }) };
  const gone = files.find((path) => !paths.has(path));
  if (files.length === 0) return { ...about, state: "unproven", because: "it names no test" };
  if (gone !== undefined) return { ...about, state: "unproven", because: `its test ${gone} is not there` };
  const own = withoutSurroundings(casesOf(journey, runs));
  const { standing } = indexResults(own);
  const each = tests.map((test) => ({ test, found: standing({ file: test.file, scope: test.title === undefined ? "file" : "test", titles: test.title === undefined ? [] : [test.title], line: 1 }) }));
  const without = each.find(({ found }) => found === undefined);
  const known = each.flatMap(({ found }) => found ?? []).toSorted((a, b) => ORDER.indexOf(a.outcome) - ORDER.indexOf(b.outcome));
  const [worst] = known;
  if (worst?.outcome === "verified" && without === undefined && isCut(tests, own)) return { ...about, state: "not-run", because: "its run was cut short, and which of its tests were still to come is not known" };
  if (worst?.outcome === "failing" || (worst !== undefined && without === undefined)) {
    return { ...about, state: worst.outcome, ...(worst.because !== undefined && { because: worst.because }), record: worst.record };
  }
  return { ...about, state: "not-run", because: surroundings(journey, runs) ?? (without === undefined || runs.length === 0 ? "no run of its tests on this commit is known" : `${without.test.title === undefined ? without.test.file : `“${without.test.title}” of ${without.test.file}`} has no result on this commit`) };
}

/** Of a whole file every test has to run: where each run that began it was cut short, one that never came may be missing. */
const isCut = (tests: Journey["tests"], runs: readonly TestRun[]): boolean =>
  tests.filter(({ title }) => title === undefined).some(({ file }) => !runs.some(({ complete, cases }) => complete && cases.some(({ id }) => id.file === file)));

/** A browser that did not start, a server that was not there: red, and no word about the product. */
const isSurroundings = ({ outcome, failure }: TestCase): boolean => outcome === "failed" && failure?.kind === "environment";

const withoutSurroundings = (runs: readonly TestRun[]): readonly TestRun[] => runs.map((run) => ({ ...run, cases: run.cases.filter((test) => !isSurroundings(test)) }));

function surroundings(journey: Journey, runs: readonly TestRun[]): string | undefined {
  const found = casesOf(journey, runs).flatMap(({ cases }) => cases).find(isSurroundings);
  return found?.failure?.message.split("\n")[0]?.slice(0, 300);
}

const ORDER = ["failing", "flaky", "skipped", "verified"];

/** Runs with the tests of one journey alone: where tests of a file carry its tag, the others of that file are not its own. */
export function casesOf({ id, tests }: Pick<Journey, "id" | "tests">, runs: readonly TestRun[]): readonly TestRun[] {
  const files = new Set(tests.map(({ file }) => file));
  const tag = `@${id}`;
  const tagged = new Set(runs.flatMap(({ cases }) => cases.filter((test) => test.labels?.includes(tag)).flatMap(({ id: { file } }) => file ?? [])));
  const named = (test: TestCase): boolean => tests.some(({ file, title }) => file === test.id.file && (title === undefined || isTestOf(title, test.id) || test.id.name === title));
  const isOwn = (test: TestCase): boolean => test.id.file !== undefined && files.has(test.id.file) && named(test) && (!tagged.has(test.id.file) || test.labels?.includes(tag) === true);
  return runs.map((run) => ({ ...run, cases: run.cases.filter(isOwn), unloaded: run.unloaded.filter(({ file }) => files.has(file)) }));
}
