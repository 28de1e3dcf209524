import type { EditKind, TestEdit } from "../comparing/test-edit.ts";
import { testCommandEdits } from "./commands.ts";
import { governs, type Governing } from "./governs.ts";
import { lostTestSteps } from "./pipelines.ts";
import { settingEdit, type SettingsPair } from "./setting-edit.ts";
import type { Setting } from "./setting.ts";

/** What a change did to the settings that tests run and are counted by. */
export function compareSettings(pairs: readonly SettingsPair[]): readonly TestEdit[] {
  const everywhere = pairs.flatMap(({ head }) => head ?? []);
  const single = pairs.flatMap((pair) => {
    const kind = governs(pair.path);
    if (kind === undefined || pair.base === undefined) return [];
    return [...thresholds(pair, kind, everywhere), ...(pair.head === undefined ? [] : [...switches(pair, kind), ...lists(pair, kind), ...testCommandEdits(pair, kind), ...limits(pair, kind)])];
  });
  return [...single, ...lostTestSteps(pairs)];
}

const nameOf = ({ path }: Setting): string => path.join(".");
const leafOf = ({ path }: Setting): string => path.at(-1) ?? "";

const METRIC = /^(?:lines|branches|functions|statements|perFile|break|fail_under|cov-fail-under|target|threshold)$/;

/** Floors of coverage or of mutation score. */
function isThreshold(setting: Setting, kind: Governing, file: string): boolean {
  const name = nameOf(setting).toLowerCase();
  const leaf = leafOf(setting);
  // Codecov's own `threshold` says how far coverage may fall: more of it is less, and that is no floor.
  if (setting.number === undefined || (/codecov/.test(file) && leaf === "threshold")) return false;
  if (/threshold/.test(name) && (METRIC.test(leaf) || /^(?:high|low|each|global)$/.test(leaf))) return !/karma.*(?:high|low)/.test(name);
  if (!METRIC.test(leaf)) return false;
  return leaf === "fail_under" || /(?:nycrc|c8rc|nyc\.config)/.test(file) || (kind === "manifest" && /^(?:nyc|c8|tap|jest)\./.test(name)) || /codecov/.test(file) || /coverage\.(?:lines|branches|functions|statements)$/.test(name);
}

function* thresholds({ path, base = [], head }: SettingsPair, kind: Governing, everywhere: readonly Setting[]): Generator<TestEdit> {
  const floors = (settings: readonly Setting[]): readonly Setting[] => settings.filter((setting) => isThreshold(setting, kind, path));
  const now = floors(head ?? []);
  const wholly = everywhere.some((setting) => leafOf(setting) === "100" && setting.value === "true");
  for (const before of floors(base)) {
    const was = before.number ?? 0;
    const after = now.find((setting) => nameOf(setting) === nameOf(before)) ?? now.find((setting) => leafOf(setting) === leafOf(before));
    if (after !== undefined) {
      if ((after.number ?? was) < was) yield settingEdit("threshold-lowered", path, after, nameOf(before), `was lowered from ${was} to ${after.value}`, "block", `${leafOf(before)}: ${was}`, `${leafOf(after)}: ${after.value}`);
      continue;
    }
    // Computed now, or moved to another file that asks for as much.
    const computed = head?.some((setting) => nameOf(setting) === nameOf(before)) === true;
    const moved = everywhere.some((setting) => leafOf(setting) === leafOf(before) && (setting.number ?? -Infinity) >= was);
    if (!computed && !moved && !wholly && was !== 0) yield settingEdit("threshold-lowered", path, { line: 1 }, nameOf(before), `(${was}) is gone`, head === undefined ? "ask" : "block", `${leafOf(before)}: ${was}`);
  }
}

interface Switch {
  readonly leaf: RegExp;
  /** The value that makes tests catch less. */
  readonly weak: string;
  readonly says: string;
  readonly kind: EditKind;
}

const SWITCHES: readonly Switch[] = [
  { leaf: /^passWithNoTests$/, weak: "true", says: "lets a run without tests pass", kind: "failure-ignored" },
  { leaf: /^(?:forbidOnly|forbid-only)$/, weak: "false", says: "no longer forbids `only`", kind: "failure-ignored" },
  { leaf: /^allowOnly$/, weak: "true", says: "allows `only`", kind: "failure-ignored" },
  { leaf: /^dangerouslyIgnoreUnhandledErrors$/, weak: "true", says: "ignores errors outside of tests", kind: "failure-ignored" },
  { leaf: /^(?:check-coverage|checkCoverage)$/, weak: "false", says: "no longer checks coverage", kind: "threshold-lowered" },
  { leaf: /^xfail_strict$/, weak: "false", says: "accepts tests that pass although they are expected to fail", kind: "failure-ignored" },
  { leaf: /^failWithoutAssertions$/, weak: "false", says: "accepts tests without assertions", kind: "failure-ignored" },
  { leaf: /^allow_failure$/, weak: "true", says: "lets the job fail", kind: "failure-ignored" },
  { leaf: /^continue-on-error$/, weak: "true", says: "goes on when a step fails", kind: "failure-ignored" },
];

/** `${{ true }}` is `true`. */
const saidOf = ({ value }: Setting): string => value.toLowerCase().replace(/^\$\{\{\s*(true|false)\s*\}\}$/, "$1");

function* switches({ path, base = [], head = [] }: SettingsPair, kind: Governing): Generator<TestEdit> {
  for (const after of head) {
    const found = SWITCHES.find(({ leaf, weak }) => leaf.test(leafOf(after)) && saidOf(after) === weak);
    if (found === undefined || (kind === "pipeline" && !aboutTests(after, head))) continue;
    const before = base.filter((setting) => leafOf(setting) === leafOf(after) && saidOf(setting) === found.weak).length;
    const now = head.filter((setting) => leafOf(setting) === leafOf(after) && saidOf(setting) === found.weak).length;
    const strictBefore = base.some((setting) => leafOf(setting) === leafOf(after) && saidOf(setting) !== found.weak);
    if (now <= before || base.length === 0 || (found.weak === "false" && !strictBefore)) continue;
    yield settingEdit(found.kind, path, after, nameOf(after), found.says, "ask", undefined, `${leafOf(after)}: ${after.value}`);
    return;
  }
  for (const gone of ["forbid-only", "forbidOnly", "check-coverage", "checkCoverage"]) {
    const before = base.find((setting) => leafOf(setting) === gone && setting.value === "true");
    if (before !== undefined && head.length > 0 && !head.some((setting) => leafOf(setting) === gone)) yield settingEdit(gone.startsWith("forbid") ? "failure-ignored" : "threshold-lowered", path, { line: 1 }, nameOf(before), "is gone", "ask", `${gone}: true`);
  }
}

/** A step that may fail matters here when it, or its job, runs tests. */
function aboutTests(setting: Setting, all: readonly Setting[]): boolean {
  const above = setting.path.slice(0, -1).join(".");
  return all.some((other) => other.path.slice(0, -1).join(".").startsWith(above) && /^(?:run|script)$/.test(leafOf(other)) && /\btest|vitest|jest|mocha|pytest|tox\b/.test(other.value));
}

const EXCLUDES = /^(?:exclude|testPathIgnorePatterns|excludeSpecPattern|testIgnore|collect_ignore|modulePathIgnorePatterns|excludedFiles)$/;
const INCLUDES = /^(?:testMatch|testRegex|include|specPattern|testpaths|spec_files|specs|spec)$/;
/** Folders that hold no tests of one's own. */
const USUAL = /node_modules|(?:^|[/*])(?:dist|build|lib|out|coverage|vendor|third_party|fixtures?|__fixtures__|templates?|examples?|playground|e2e|types|typings|docs|cache|\.[\w-]+|__mocks__|helpers?|utils?|support|browser|bench(?:mark)?s?)(?:[/*$]|$)|\.d\.ts/;

function* lists({ path, base = [], head = [] }: SettingsPair, kind: Governing): Generator<TestEdit> {
  if (kind === "pipeline" || base.length === 0) return;
  for (const after of head) {
    if (after.items === undefined || !concernsTests(after, kind)) continue;
    const before = base.find((setting) => nameOf(setting) === nameOf(after));
    if (EXCLUDES.test(leafOf(after)) || (leafOf(after) === "ignore" && /mocha/.test(path + nameOf(after)))) yield* longer(path, after, after.items, before?.items ?? []);
    else if (INCLUDES.test(leafOf(after)) && !/coverage/i.test(nameOf(after)) && before?.items !== undefined) yield* shorter(path, after, after.items, before.items);
  }
}

function* longer(path: string, setting: Setting, items: readonly string[], had: readonly string[]): Generator<TestEdit> {
  const fresh = items.filter((item) => !had.includes(item) && !USUAL.test(item));
  if (fresh.length > 0) yield settingEdit("tests-excluded", path, setting, nameOf(setting), `keeps ${fresh.slice(0, 3).join(", ")} ${/coverage/i.test(nameOf(setting)) ? "out of the count" : "from running"}`, "ask", undefined, fresh.join(", "));
}

/** Another pattern may say the same: only a list that merely lost some is shorter. */
function* shorter(path: string, setting: Setting, items: readonly string[], had: readonly string[]): Generator<TestEdit> {
  const gone = had.filter((item) => !items.includes(item));
  if (gone.length > 0 && items.every((item) => had.includes(item))) yield settingEdit("tests-excluded", path, setting, nameOf(setting), `no longer names ${gone.slice(0, 3).join(", ")}`, "ask", gone.join(", "));
}

const concernsTests = (setting: Setting, kind: Governing): boolean => kind === "runner" ? !/^(?:build|optimizeDeps|server|plugins|resolve|esbuild)\b/.test(nameOf(setting)) : kind === "manifest" ? /^(?:jest|ava|mocha|vitest|jasmine|tap)\b/.test(nameOf(setting)) : /pytest|tool\.pytest|unittest/.test(nameOf(setting));

function* limits({ path, base = [], head = [] }: SettingsPair, kind: Governing): Generator<TestEdit> {
  if (kind === "pipeline") return;
  for (const after of head) {
    const retries = /^(?:retries|retry|reruns|repeats)$/.test(leafOf(after));
    const timeout = /^(?:testTimeout|hookTimeout|timeout|captureTimeout|browserNoActivityTimeout|defaultTimeoutInterval)$/.test(leafOf(after));
    if (after.number === undefined || (!retries && !timeout) || (kind === "manifest" && !/^(?:jest|ava|mocha|vitest|tap)\b/.test(nameOf(after)))) continue;
    const before = base.find((setting) => nameOf(setting) === nameOf(after))?.number;
    if (base.length === 0 || after.number <= (before ?? (retries ? 0 : Infinity))) continue;
    yield settingEdit(retries ? "retries-raised" : "timeout-raised", path, after, nameOf(after), `was raised from ${before ?? 0} to ${after.number}`, retries ? "ask" : "note", before === undefined ? undefined : `${leafOf(after)}: ${before}`, `${leafOf(after)}: ${after.number}`);
  }
}
