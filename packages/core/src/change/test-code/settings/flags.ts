import type { TestEdit } from "../comparing/test-edit.ts";
import { namesRunner } from "./command-words.ts";
import { settingEdit } from "./setting-edit.ts";
import type { Setting } from "./setting.ts";

/** A filter by name, and one that asks only for what changed or failed lately. */
const ONLY_SOME = /\s(?:--testNamePattern|--test-name-pattern|--grep|--fgrep|-t|-g|-k)[= ]("[^"]*"|'[^']*'|\S+)/;
const ONLY_LATELY = /\s--(changed|onlyChanged|lastCommit|last-failed|lf|only-changed|findRelatedTests)(?=[\s=]|$)/;

const FLOOR = /--(?:lines|branches|functions|statements|cov-fail-under|(?:coverage\.)?thresholds?\.\w+)[= ](\d+)/g;
const AGAIN = /--(reruns|retries|retry)[= ](\d+)/g;
const WRITES = /\s(?:--update(?:Snapshots?|-snapshots?)?|--snapshot-update|-u)(?=[\s=]|$)/;

/** Floors, filters and other options given on the command line. */
export function* changedFlags(path: string, test: string, was: Setting, now: Setting): Generator<TestEdit> {
  const tell = (kind: TestEdit["kind"], because: string, name = test, effect: "ask" | "block" = "ask"): TestEdit => settingEdit(kind, path, now, name, because, effect, was.value, now.value);
  const runs = namesRunner(now.value);
  yield* numbers(was.value, now.value, test, tell);
  if (!runs) return;
  for (const flag of ["--forbid-only", "--check-coverage", "--strict-markers", "--fail-on-flaky-tests", "--ci"]) {
    if (has(was.value, flag) && !has(now.value, flag)) yield tell(flag === "--check-coverage" ? "threshold-lowered" : "failure-ignored", `no longer says ${flag}`);
  }
  const narrowed = filterIn(now.value, test);
  if (narrowed !== undefined && narrowed !== filterIn(was.value, test)) yield tell("tests-excluded", `runs only the tests that match ${narrowed.slice(0, 60)}`);
  const lately = ONLY_LATELY.exec(now.value)?.[1];
  if (lately !== undefined && !ONLY_LATELY.test(was.value) && !/watch|dev|staged|hook|commit/.test(test)) yield tell("tests-excluded", `runs only some tests (--${lately})`);
  const fresh = leftOut(now.value).filter((one) => !leftOut(was.value).includes(one) && !/node_modules|dist|build/.test(one));
  if (fresh.length > 0) yield tell("tests-excluded", `keeps ${fresh.join(", ")} from running`);
  if (WRITES.test(now.value) && !WRITES.test(was.value) && !/mocha/.test(now.value) && !/snap|update|:u\b/.test(test)) yield tell("failure-ignored", "writes snapshots anew instead of comparing with them");
}

function* numbers(before: string, after: string, test: string, tell: (kind: TestEdit["kind"], because: string, name?: string, effect?: "ask" | "block") => TestEdit): Generator<TestEdit> {
  const now = numbersIn(after, FLOOR);
  for (const [flag, value] of numbersIn(before, FLOOR)) {
    const other = now.get(flag);
    if (other !== undefined && other < value) yield tell("threshold-lowered", `was lowered from ${value} to ${other}`, `${test} ${flag}`, "block");
  }
  const was = numbersIn(before, AGAIN);
  for (const [flag, value] of numbersIn(after, AGAIN)) if (value > (was.get(flag) ?? 0)) yield tell("retries-raised", `was raised from ${was.get(flag) ?? 0} to ${value}`, `${test} ${flag}`);
}

const numbersIn = (text: string, pattern: RegExp): ReadonlyMap<string, number> => new Map([...text.matchAll(pattern)].map((match) => [match[0].replace(/[= ]\d+$/, ""), Number(/\d+$/.exec(match[0])?.[0])]));

const has = (text: string, flag: string): boolean => text.split(/[\s=]/).includes(flag);

/** pytest takes `-m` for a marker where options are set; elsewhere it starts a module. */
const filterIn = (text: string, test: string): string | undefined => ONLY_SOME.exec(` ${text}`)?.[1] ?? (/addopts/.test(test) ? /\s-m[= ]("[^"]*"|'[^']*'|\S+)/.exec(` ${text}`)?.[1] : undefined);

const leftOut = (text: string): readonly string[] => [...text.matchAll(/--(?:ignore|deselect|exclude|ignore-glob|testPathIgnorePatterns)[= ]("[^"]*"|'[^']*'|\S+)/g)].map(([, value = ""]) => value.replace(/^["']|["']$/g, ""));
