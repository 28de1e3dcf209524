import type { Observation } from "#kernel";
import type { Change, TestFile, TestPart } from "#change";
import type { Fate } from "#evidence";
import type { Answers } from "../assess-change/ask-checks.ts";

/** A test that a suspicion speaks of, where it is read. */
export interface SuspectTest {
  /** Its title with its suites, as written; for a weakened test as it was. */
  readonly title: string;
  /** Its title as it is now. */
  readonly now: string;
  readonly part: TestPart;
  /** Lines of the old test that the edit took away or changed; empty when it is about the whole test. */
  readonly lines: readonly (readonly [from: number, to: number])[];
  /** Names that the suspected code speaks of, in lower case: those of the edited checks, else of the whole test. */
  readonly names: ReadonlySet<string>;
}

/** One observation that runs can look into. */
export interface Suspicion {
  readonly check: "tests/weakened" | "tests/vacuous";
  /** The observation's subject. */
  readonly subject: string;
  readonly kind: string;
  /** File the tests are in: as it was for a weakened test, as it is for a vacuous one. */
  readonly file: string;
  readonly tests: readonly SuspectTest[];
  /** True when a test it speaks of could not be found in the files that were read. */
  readonly incomplete: boolean;
  /** Only a remark so far: looked into last, and raised by nothing but a fault that no test notices any more. */
  readonly remark: boolean;
}

/** Edits about what a test asserts or whether it runs; settings and limits are facts by themselves. */
const ABOUT_TESTS: ReadonlySet<string> = new Set([
  "test-skipped",
  "test-removed",
  "tests-removed-with-file",
  "test-emptied",
  "rows-removed",
  "test-conditional",
  "failure-expected",
  "assertion-removed",
  "assertion-loosened",
  "assertion-unreachable",
  "assertion-conditional",
  "failure-swallowed",
  "expectation-changed",
  "plan-lowered",
  "unit-replaced",
  "outcome-forced",
]);

/** Remarks that reading can't decide: a loss that can be made good elsewhere in the change. As strict as before, or a shade less, is none of them. */
const RAISED_BY_LOSS: ReadonlySet<string> = new Set(["test-removed", "tests-removed-with-file", "test-emptied", "rows-removed", "assertion-removed", "assertion-loosened", "assertion-conditional", "assertion-unreachable"]);

/** Edits after which the test itself does not run any more, or not all of it: others may catch what it caught. */
const GONE: ReadonlySet<string> = new Set(["test-skipped", "test-removed", "tests-removed-with-file", "rows-removed"]);

export const fateOf = ({ kind }: Pick<Suspicion, "kind">): Fate => (GONE.has(kind) ? "gone" : "edited");

/** Edits of some lines of a test; the others are about all of it. */
const ABOUT_LINES: ReadonlySet<string> = new Set(["assertion-removed", "assertion-loosened", "assertion-unreachable", "assertion-conditional", "expectation-changed"]);

/** Test files of both sides, as data. */
export interface TestFiles {
  readonly base: ReadonlyMap<string, TestFile>;
  readonly head: ReadonlyMap<string, TestFile>;
}

/** What the checks suspect: what they would decide on first, then the remarks a run could raise. Without tests where none of those it speaks of was found. */
export function suspicionsIn(answers: Answers, change: Pick<Change, "files">, files: TestFiles): readonly Suspicion[] {
  return [
    ...deciding(answers, "tests/weakened").flatMap((seen) => weakenedSuspicion(seen, change, files)),
    ...deciding(answers, "tests/vacuous").flatMap((seen) => vacuousSuspicion(seen, files)),
    ...remarks(answers).flatMap((seen) => weakenedSuspicion(seen, change, files)).filter(({ tests }) => tests.length > 0),
  ];
}

/** True when there is anything to look into: known before a file is read. */
export const anySuspicion = (answers: Answers): boolean => deciding(answers, "tests/weakened").some((seen) => ABOUT_TESTS.has(kindOf(seen))) || deciding(answers, "tests/vacuous").length > 0 || remarks(answers).length > 0;

const remarks = (answers: Answers): readonly Observation[] => (answers.get("tests/weakened") ?? []).filter((seen) => seen.answer === "broken" && seen.effect === "note" && RAISED_BY_LOSS.has(kindOf(seen)));

const deciding = (answers: Answers, check: Suspicion["check"]): readonly Observation[] => (answers.get(check) ?? []).filter(({ answer, effect }) => answer === "broken" && effect !== "note" && effect !== "off");

const kindOf = ({ details }: Observation): string => (typeof details?.["kind"] === "string" ? details["kind"] : "");

const titlesOf = ({ details }: Observation): readonly string[] => (Array.isArray(details?.["tests"]) ? details["tests"].filter((one): one is string => typeof one === "string") : []);

function weakenedSuspicion(seen: Observation, change: Pick<Change, "files">, { base }: TestFiles): Suspicion[] {
  const kind = kindOf(seen);
  if (!ABOUT_TESTS.has(kind)) return [];
  const places = seen.places ?? [];
  const path = places[0]?.file ?? "";
  const before = change.files.find((file) => file.path === path)?.basePath ?? path;
  const old = places.filter(({ side, line }) => side === "base" && line !== undefined);
  const titles = titlesOf(seen);
  const tests = titles.flatMap((title): { readonly file: string; readonly test: SuspectTest }[] => {
    const own = partNamed(base.get(before), title);
    const found = own ? { file: before, part: own } : elsewhere(base, title, old, titles.length === 1);
    if (found === undefined) return [];
    const lines = ABOUT_LINES.has(kind) ? old.filter(({ file, line }) => file === found.file && (line ?? 0) >= found.part.line && (line ?? 0) <= found.part.endLine).map(({ line, endLine }) => [line ?? 0, endLine ?? line ?? 0] as const) : [];
    return [{ file: found.file, test: { title: titleOf(found.part), now: title, part: found.part, lines, names: namesIn(found.part, lines) } }];
  });
  const [first] = tests;
  const here = tests.filter(({ file }) => file === first?.file);
  return [{ check: "tests/weakened", subject: seen.subject, kind, file: first?.file ?? before, tests: here.map(({ test }) => test), incomplete: here.length < titles.length || titles.length >= 50, remark: seen.effect === "note" }];
}

/** A check's own words, with local names replaced by what they were set to: `argv` is what `parse()` gave. */
function namesIn(part: TestPart, lines: SuspectTest["lines"]): ReadonlySet<string> {
  const own = part.assertions.filter(({ line }) => lines.some(([from, to]) => from <= line && line <= to));
  const text = own.length > 0 ? own.map(({ resolved, subject }) => `${resolved} ${subject}`).join(" ") : part.body;
  return new Set([...text.slice(0, 20_000).matchAll(/[A-Za-z_$][\w$]*/g)].map(([name]) => name.toLowerCase()));
}

function vacuousSuspicion(seen: Observation, { head }: TestFiles): Suspicion[] {
  const path = seen.places?.[0]?.file ?? "";
  const titles = titlesOf(seen);
  const tests = titles.flatMap((title): SuspectTest[] => {
    const part = partNamed(head.get(path), title);
    return part === undefined ? [] : [{ title: titleOf(part), now: title, part, lines: [], names: namesIn(part, []) }];
  });
  return [{ check: "tests/vacuous", subject: seen.subject, kind: kindOf(seen), file: path, tests, incomplete: tests.length < titles.length, remark: false }];
}

/** A test's title with its suites, as findings write it. */
export const titleOf = ({ suites, name }: TestPart): string => [...suites, name].filter((part) => part !== "").join(" › ");

const partNamed = (file: TestFile | undefined, title: string): TestPart | undefined => file?.parts.find((part) => part.kind === "test" && titleOf(part) === title);

/** A test that was renamed or moved: the one round an old line the observation shows, when that speaks of one test only; else the only one of its name. */
function elsewhere(base: TestFiles["base"], title: string, old: readonly { readonly file: string; readonly line?: number }[], alone: boolean): { readonly file: string; readonly part: TestPart } | undefined {
  for (const { file, line } of old) {
    const part = base.get(file)?.parts.find((one) => one.kind === "test" && line !== undefined && one.line <= line && line <= one.endLine);
    if (part !== undefined && (alone || old.length === 1)) return { file, part };
  }
  const found = [...base].flatMap(([file, read]) => read.parts.filter((part) => part.kind === "test" && titleOf(part) === title).map((part) => ({ file, part })));
  return found.length === 1 ? found[0] : undefined;
}
