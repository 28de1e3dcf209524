import type { TestEdit } from "../comparing/test-edit.ts";
import { testCommandEdits } from "./commands.ts";
import { governs, type Governing } from "./governs.ts";
import { changedLists, type EarlierName, type HoldsTests } from "./lists.ts";
import { lostTestSteps } from "./pipelines.ts";
import { settingEdit, type SettingsPair } from "./setting-edit.ts";
import { leafOf, nameOf, type Setting } from "./setting.ts";
import { switches } from "./switches.ts";

/** What a change did to the settings that tests run and are counted by. `holdsTests` knows of files that are left out now whether there are tests in them. */
export function compareSettings(pairs: readonly SettingsPair[], holdsTests: HoldsTests = () => undefined, earlier: EarlierName = (path) => path): readonly TestEdit[] {
  const everywhere = pairs.flatMap(({ head }) => head ?? []);
  const single = pairs.flatMap((pair) => {
    const kind = governs(pair.path);
    if (kind === undefined || pair.base === undefined) return [];
    return [...thresholds(pair, kind, everywhere), ...(pair.head === undefined ? [] : [...switches(pair, kind), ...changedLists(pair, kind, holdsTests, earlier), ...testCommandEdits(pair, kind, everywhere), ...limits(pair, kind)])];
  });
  return [...single, ...lostTestSteps(pairs)];
}

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
  // Numbers that nobody compared with are no floors.
  if (base.some((setting) => /^check-?coverage$/i.test(leafOf(setting)) && setting.value === "false")) return;
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
