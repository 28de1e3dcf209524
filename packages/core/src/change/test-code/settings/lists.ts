import type { TestEdit } from "../comparing/test-edit.ts";
import { namesRunner } from "./command-words.ts";
import type { Governing } from "./governs.ts";
import { settingEdit, type SettingsPair } from "./setting-edit.ts";
import { leafOf, nameOf, type Setting } from "./setting.ts";

/** Whether a file has tests in it; undefined for what was not read. */
export type HoldsTests = (path: string) => boolean | undefined;
/** What a file was called before the change. */
export type EarlierName = (path: string) => string;

const EXCLUDES = /^(?:exclude|testPathIgnorePatterns|excludeSpecPattern|testIgnore|collect_ignore|modulePathIgnorePatterns|excludedFiles)$/;
const INCLUDES = /^(?:testMatch|testRegex|include|specPattern|testpaths|python_files|spec_files|specs|spec|files|mutate)$/;
/** Only the tests whose name it matches run. */
const FILTERS = /^(?:testNamePattern|grep|fgrep|match|grepInvert)$/;
/** Folders that hold no tests of one's own. */
const USUAL = /node_modules|(?:^|[/*])(?:dist|build|lib|out|coverage|vendor|third_party|fixtures?|__fixtures__|templates?|examples?|playground|e2e|types|typings|docs|cache|\.[\w-]+|__mocks__|helpers?|utils?|support|browser|bench(?:mark)?s?)(?:[/*$]|$)|\.d\.ts|\.types?\.|\.bench\.|test-d/;

/** Files left out of a run or a count, and filters by name. */
export function* changedLists({ path, base = [], head = [] }: SettingsPair, kind: Governing, holdsTests: HoldsTests, earlier: EarlierName): Generator<TestEdit> {
  if (kind === "pipeline" || base.length === 0) return;
  for (const after of head) {
    if (!concernsTests(after, kind)) continue;
    const before = base.find((setting) => nameOf(setting) === nameOf(after));
    if (FILTERS.test(leafOf(after))) yield* filtered(path, after, before);
    if (after.items === undefined) continue;
    if (isExclusion(path, after) && !(kind === "manifest" && isFirstRunner(base))) yield* longer(path, after, after.items, before?.items ?? [], holdsTests, earlier);
    else if (INCLUDES.test(leafOf(after)) && !/coverage/i.test(nameOf(after)) && before?.items !== undefined) {
      yield* shorter(path, after, after.items, before.items);
      yield* longer(path, after, negated(after.items), negated(before.items), holdsTests, earlier);
    }
  }
}

/** Nothing ran tests here before: the first runner leaves nothing out that ran. */
const isFirstRunner = (base: readonly Setting[]): boolean => base.some(({ path: [top] }) => top === "scripts") && !base.some(({ path: [top], value }) => top === "scripts" && namesRunner(value)) && !base.some(({ path: [top = ""] }) => /^(?:jest|ava|mocha|vitest|jasmine|tap)$/.test(top));

/** What depends on where it runs is left to whoever reads it. */
function* filtered(path: string, after: Setting, before: Setting | undefined): Generator<TestEdit> {
  if (after.value === "" || after.value === "[]" || after.value === before?.value || /[?]|process\.env/.test(after.value)) return;
  yield settingEdit("tests-excluded", path, after, nameOf(after), `runs only the tests that match ${after.value.slice(0, 60)}`, "ask", before?.value, `${leafOf(after)}: ${after.value}`);
}

const isExclusion = (path: string, setting: Setting): boolean => EXCLUDES.test(leafOf(setting)) || (leafOf(setting) === "ignore" && /mocha/.test(path + nameOf(setting)));

const negated = (items: readonly string[]): readonly string[] => items.filter((item) => item.startsWith("!")).map((item) => item.slice(1));

/** Files that settings leave out by their whole path: whether they hold tests can be looked up. */
export const filesLeftOut = ({ path, base = [], head = [] }: SettingsPair): readonly string[] =>
  head.filter((setting) => setting.items !== undefined && (isExclusion(path, setting) || INCLUDES.test(leafOf(setting)))).flatMap(({ items = [], path: name }) => {
    const had = base.find((setting) => setting.path.join() === name.join())?.items ?? [];
    return items.filter((item) => !had.includes(item)).map(plain).filter((item) => /^[\w@][\w./@-]*\.(?:[cm]?[jt]sx?|py)$/.test(item));
  });

const plain = (item: string): string => item.replace(/^!/, "").replace(/^(?:<rootDir>|\.)?\//, "");

function* longer(path: string, setting: Setting, items: readonly string[], had: readonly string[], holdsTests: HoldsTests, earlier: EarlierName): Generator<TestEdit> {
  const counted = /coverage|mutate/i.test(nameOf(setting));
  // What runs is a file with tests; what is counted is any other.
  const fresh = items.filter((item) => !had.includes(item) && !item.startsWith("!") && !had.includes(earlier(item)) && ((counted ? undefined : holdsTests(plain(item))) ?? !USUAL.test(item)));
  if (fresh.length > 0) yield settingEdit("tests-excluded", path, setting, nameOf(setting), `keeps ${fresh.slice(0, 3).join(", ")} ${counted ? "out of the count" : "from running"}`, "ask", undefined, fresh.join(", "));
}

/** Another pattern may say the same: only a list that merely lost some is shorter. */
function* shorter(path: string, setting: Setting, items: readonly string[], had: readonly string[]): Generator<TestEdit> {
  const gone = had.filter((item) => !items.includes(item) && !item.startsWith("!"));
  if (gone.length > 0 && items.every((item) => had.includes(item))) yield settingEdit("tests-excluded", path, setting, nameOf(setting), `no longer names ${gone.slice(0, 3).join(", ")}`, "ask", gone.join(", "));
}

const concernsTests = (setting: Setting, kind: Governing): boolean => kind === "runner" ? !/^(?:build|optimizeDeps|server|plugins|resolve|esbuild)\b/.test(nameOf(setting)) : kind === "manifest" ? /^(?:jest|ava|mocha|vitest|jasmine|tap)\b/.test(nameOf(setting)) : /pytest|tool\.pytest|unittest/.test(nameOf(setting));
