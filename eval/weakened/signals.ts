import { fileKind } from "../../packages/core/src/change/index.ts";
import { governsTests, isTestPath, type CommitLines } from "./test-diff.ts";

/** A line that asserts, in any of the styles the sampled repositories use. It counts lines; it understands nothing. */
const ASSERTS = /\b(?:expect|assert\w*|should|self\.(?:assert|fail)\w*|pytest\.(?:raises|warns)|sinon\.assert)\b|^\s*(?:\w+\.)?t\.\w+\(|\.(?:plan|assertions)\(\d/;
const DECLARES = /^\s*(?:(?:it|test|specify|t\.test|tape|tap\.test|tspl)(?:\.\w+)*\s*\(|(?:async )?def test_\w+)/;
const SKIPS = /\.(?:skip|only|todo|failing|fixme)\b|\b(?:xit|xdescribe|xtest|fit|fdescribe)\s*\(|\bpending\(|mark\.(?:skip|xfail)|unittest\.skip|@skip|\bskip(?:If|Unless|Test)?\b\s*[:(=]|\.runIf\(/;
const TIMES = /timeout|retr(?:y|ies)\s*[:=(]/i;
const CONDITIONS = /^\s*(?:\} else )?if\s*\(?.*\b(?:process\.|platform|version|env|CI\b|isWin|windows|browser|sys\.)/i;
const SWALLOWS = /\bcatch\b|\.catch\(|except\b|contextlib\.suppress/;
const LOOSE = /toBeTruthy|toBeFalsy|toBeDefined|toContain|toMatchObject|objectContaining|arrayContaining|expect\.any|jasmine\.any|\.to\.include|\.to\.be\.ok|\bok\(|\.match\(|toMatch\(|assertIn\(|assertTrue|notThrows|not\.toThrow|toHaveBeenCalled\(\)/;
const STRICT = /toBe\(|toEqual|toStrictEqual|strictEqual|deepEqual|\.equal\(|\.is\(|\.same\(|\.eql?\(|assertEqual| == |toHaveBeenCalledTimes|toHaveBeenCalledWith|\.to\.(?:deep\.)?equal/;
const TOLERANCES = /toBeCloseTo|closeTo|approx|LessThan|GreaterThan|assertAlmost|\.within\(|[<>]=?\s*\d/;
const LIMITS = /\b(?:branches|lines|functions|statements|threshold|fail[_-]under|check-coverage|exclude|ignore|omit|passWithNoTests|testPathIgnore|forbid|files|spec|specs|addopts|"test[\w:-]*"\s*:)/i;
const WORDS = /fix(?:ed|es|ing)? (?:\w+ )?tests?|flak|skip|temporar|loosen|disable|remove .*tests?|relax|unstable|intermittent|broken test|timeout|coverage|update snap/i;

const count = (lines: readonly string[], pattern: RegExp): number => lines.filter((line) => line.length < 1_000 && pattern.test(line)).length;

/** Names of the neutral signals a commit shows. None of them knows whether a test became weaker. */
export function signalsOf({ files, subject }: CommitLines): string[] {
  const tests = files.filter((file) => isTestPath(file.path) && fileKind(file.path) === "test");
  const removed = tests.flatMap((file) => file.removed);
  const added = tests.flatMap((file) => file.added);
  const rises = (pattern: RegExp): boolean => count(added, pattern) > count(removed, pattern);
  const configs = files.filter((file) => governsTests(file.path));
  const source = files.some((file) => fileKind(file.path) === "source");
  const signals: Readonly<Record<string, boolean>> = {
    "fewer-asserts": assertBalance({ files, subject, commit: "" }) <= -2,
    "fewer-tests": count(removed, DECLARES) > count(added, DECLARES),
    "skip-added": rises(SKIPS),
    snapshot: !source && files.some((file) => fileKind(file.path) === "snapshot" && file.removed.length > 0),
    limits: configs.some((file) => count(file.removed, LIMITS) + count(file.added, LIMITS) > 0) && (tests.length > 0 || WORDS.test(subject)),
    times: rises(TIMES),
    conditional: rises(CONDITIONS),
    swallows: rises(SWALLOWS),
    looser: rises(LOOSE) && count(removed, STRICT) > count(added, STRICT),
    tolerance: count(removed, TOLERANCES) > 0 && rises(TOLERANCES),
    "values-moved": !source && count(removed, ASSERTS) > 0 && count(removed, ASSERTS) === count(added, ASSERTS),
    words: WORDS.test(subject),
  };
  return Object.keys(signals).filter((name) => signals[name]);
}

const NAMES_IT = /flak|skip|disabl|temporar|loosen|relax|unstable|intermittent|xfail|less strict|fix(?:ed|es|ing)? (?:\w+ )?(?:failing |broken )?tests?\b|fix ci\b/i;
const ANNOUNCES_REMOVAL = /\b(?:remov|drop|delet|revert|deprecat|renam|mov(?:e|ing)\b)/i;

/** Names of the stronger signals: a handful of lines that take away and hardly add. */
export function strongSignalsOf(change: CommitLines): string[] {
  const { files, subject } = change;
  const tests = files.filter((file) => fileKind(file.path) === "test");
  const removed = tests.flatMap((file) => file.removed);
  const added = tests.flatMap((file) => file.added);
  const rises = (pattern: RegExp): boolean => count(added, pattern) > count(removed, pattern);
  const growsTests = count(added, DECLARES) > count(removed, DECLARES);
  const configs = files.filter((file) => governsTests(file.path));
  const signals: Readonly<Record<string, boolean>> = {
    "skips-existing": rises(SKIPS) && !growsTests && assertBalance(change) <= 0,
    "takes-asserts": assertBalance(change) <= -1 && !growsTests && !ANNOUNCES_REMOVAL.test(subject),
    "looser-only": rises(LOOSE) && count(removed, STRICT) > count(added, STRICT) && !growsTests,
    "guards-existing": rises(CONDITIONS) && !growsTests && removed.length > 0,
    "other-limits": [...configs, ...tests].some((file) => numbersOf(file.removed, LIMITS) > 0 && numbersOf(file.removed, LIMITS) !== numbersOf(file.added, LIMITS)),
    "longer-times": tests.some((file) => numbersOf(file.removed, TIMES) > 0 && numbersOf(file.added, TIMES) > numbersOf(file.removed, TIMES)),
    "names-it": NAMES_IT.test(subject) && removed.length > 0,
  };
  return Object.keys(signals).filter((name) => signals[name]);
}

/** Sum of the numbers on lines that match. */
const numbersOf = (lines: readonly string[], pattern: RegExp): number =>
  lines.filter((line) => line.length < 1_000 && pattern.test(line)).flatMap((line) => line.match(/\b\d{1,6}\b/g) ?? []).reduce((sum, digits) => sum + Number(digits), 0); // prettier-ignore

/** Assert lines added minus removed in test files: the line-counting judge everybody would write first. */
export function assertBalance({ files }: CommitLines): number {
  const tests = files.filter((file) => fileKind(file.path) === "test");
  return tests.reduce((sum, file) => sum + count(file.added, ASSERTS) - count(file.removed, ASSERTS), 0);
}
