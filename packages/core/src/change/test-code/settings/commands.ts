import type { TestEdit } from "../comparing/test-edit.ts";
import { settingEdit, type SettingsPair } from "./setting-edit.ts";
import type { Governing } from "./governs.ts";
import type { Setting } from "./setting.ts";

const RUNNER = /\b(?:vitest|jest|mocha|ava|tape|tap|jasmine|karma|nyc|c8|node --test|pytest|tox|unittest|playwright|cypress|wtr|uvu|qunit|lerna run test|turbo (?:run )?test|(?:npm|pnpm|yarn|bun)(?: run)? (?:-r )?test)\b/;
/** True for a command line that runs tests. */
export const runsTests = (command: string): boolean => RUNNER.test(command) && !/\b(?:install|add|cache|remove)\b/.test(command);

/** The outcome of what stands before it no longer counts. */
const IGNORED = /\|\|\s*(?:true|exit 0|:|echo\b|node -e)|[;\n]\s*(?:exit 0|true|:)\s*$|&\s*exit 0|--no-fail|--passWithNoTests|--pass-with-no-tests/;
/** The shell goes on after a failure, and what comes last says how it went. */
const goesOn = (command: string): boolean => /\bset \+e\b/.test(command) && !/\bexit\s+"?\$|\bset -e\b/.test(command) && !RUNNER.test(command.trim().split("\n").at(-1) ?? "");
const isIgnored = (command: string): boolean => IGNORED.test(command) || goesOn(command);
const NOTHING = /^\s*(?:true|:|exit 0|echo\b.*)\s*$/;

/** Commands that run tests: in package scripts and pipelines. */
export function* testCommandEdits({ path, base = [], head = [] }: SettingsPair, kind: Governing): Generator<TestEdit> {
  const [before, after] = [commandsIn(base, kind), commandsIn(head, kind)];
  for (const [name, now] of after) {
    const was = before.get(name);
    const test = `${name}`;
    const runs = RUNNER.test(now.value) || (kind === "manifest" && /test/.test(name));
    const already = [...before.values()].some(({ value }) => isIgnored(value) && RUNNER.test(value));
    if (runs && isIgnored(now.value) && !already && (was === undefined ? RUNNER.test(now.value) && before.size > 0 && kind === "pipeline" : !isIgnored(was.value))) {
      yield settingEdit("failure-ignored", path, now, test, "goes on when tests fail, or when there are none", "ask", was?.value, now.value);
    } else if (was !== undefined && RUNNER.test(was.value) && NOTHING.test(now.value)) yield settingEdit("failure-ignored", path, now, test, "no longer runs any test", "ask", was.value, now.value);
    else if (was !== undefined) yield* flags(path, test, was, now);
  }
}

/** Scripts of a manifest, steps of a pipeline, by what they are called. */
function commandsIn(settings: readonly Setting[], kind: Governing): Map<string, Setting> {
  if (kind === "manifest") return new Map(settings.filter(({ path }) => path[0] === "scripts" && path.length === 2).map((setting) => [setting.path[1] ?? "", setting]));
  if (kind === "lines") return new Map(settings.filter(({ path }) => path.at(-1) === "addopts" || path.at(-1) === "commands").map((setting) => [setting.path.join("."), setting]));
  if (kind !== "pipeline") return new Map();
  const steps = settings.filter(({ path }) => path.at(-1) === "run" || path.at(-1) === "script");
  return new Map(steps.map((setting) => [setting.path.slice(0, -1).map((part) => part.replace(/\s*\|\|.*$/, "")).join("."), setting]));
}

/** A filter by name. */
const ONLY_SOME = /\s(?:--testNamePattern|--test-name-pattern|--grep|--fgrep|-t|-g|-k)[= ]("[^"]*"|'[^']*'|\S+)/;

const FLOOR = /--(?:lines|branches|functions|statements|cov-fail-under|(?:coverage\.)?thresholds?\.\w+)[= ](\d+)/g;

/** Floors and other options given on the command line. */
function* flags(path: string, test: string, was: Setting, now: Setting): Generator<TestEdit> {
  const floors = (text: string): Map<string, number> => new Map([...text.matchAll(FLOOR)].map((match) => [match[0].replace(/[= ]\d+$/, ""), Number(match[1])]));
  const after = floors(now.value);
  for (const [flag, value] of floors(was.value)) {
    const other = after.get(flag);
    if (other !== undefined && other < value) yield settingEdit("threshold-lowered", path, now, `${test} ${flag}`, `was lowered from ${value} to ${other}`, "block", was.value, now.value);
  }
  for (const flag of ["--forbid-only", "--check-coverage", "--strict-markers"]) {
    if (was.value.includes(flag) && !now.value.includes(flag) && RUNNER.test(now.value)) yield settingEdit(flag === "--check-coverage" ? "threshold-lowered" : "failure-ignored", path, now, test, `no longer says ${flag}`, "ask", was.value, now.value);
  }
  const [narrowed, wasNarrowed] = [now.value, was.value].map((text) => ONLY_SOME.exec(text)?.[1]);
  if (narrowed !== undefined && narrowed !== wasNarrowed && RUNNER.test(now.value)) yield settingEdit("tests-excluded", path, now, test, `runs only the tests that match ${narrowed.slice(0, 60)}`, "ask", was.value, now.value);
  const left = (text: string): readonly string[] => [...text.matchAll(/--(?:ignore|deselect|exclude|ignore-glob|testPathIgnorePatterns)[= ]("[^"]*"|'[^']*'|\S+)/g)].map(([, value = ""]) => value.replace(/^["']|["']$/g, ""));
  const fresh = left(now.value).filter((one) => !left(was.value).includes(one) && !/node_modules|dist|build/.test(one));
  if (fresh.length > 0 && RUNNER.test(`${test} ${now.value}`)) yield settingEdit("tests-excluded", path, now, test, `keeps ${fresh.join(", ")} from running`, "ask", was.value, now.value);
}
