import type { TestEdit } from "../comparing/test-edit.ts";
import { doesNothing, ignoresFailure, mayRunTests, namesRunner, runsTests, type Shell } from "./command-words.ts";
import { changedFlags } from "./flags.ts";
import { settingEdit, type SettingsPair } from "./setting-edit.ts";
import type { Governing } from "./governs.ts";
import type { Setting } from "./setting.ts";

/** Commands that run tests: in package scripts and pipelines. `everywhere`: what all changed files say now. */
export function* testCommandEdits({ path, base = [], head = [] }: SettingsPair, kind: Governing, everywhere: readonly Setting[]): Generator<TestEdit> {
  const [before, after] = [commandsIn(base, kind), commandsIn(head, kind)];
  const already = [...before.values()].some((one) => namesRunner(one.value) && ignoresFailure(one.value, shellOf(one, base, kind, path)));
  for (const [name, now] of after) {
    const was = before.get(name);
    if (!already && isIgnoredNow(name, was, now, { path, base, head }, kind)) yield settingEdit("failure-ignored", path, now, name, "goes on when tests fail, or when there are none", "ask", was?.value, now.value);
    else if (was !== undefined && was.value !== now.value && namesRunner(was.value) && doesNothing(now.value) && kind !== "pipeline") yield settingEdit("failure-ignored", path, now, name, "no longer runs any test", "ask", was.value, now.value);
    else if (was !== undefined) yield* changedFlags(path, name, was, now);
  }
  if (kind === "manifest") yield* lostRunners(path, before, after, everywhere);
}

function isIgnoredNow(name: string, was: Setting | undefined, now: Setting, { path, base = [], head = [] }: SettingsPair, kind: Governing): boolean {
  const runs = namesRunner(now.value) || (kind === "manifest" && /^(?:pre|post)?tests?\b/.test(name));
  if (!runs || !ignoresFailure(now.value, shellOf(now, head, kind, path))) return false;
  // A step by another name that did not stand there before.
  if (was === undefined) return namesRunner(now.value) && base.length > 0 && kind === "pipeline";
  return !ignoresFailure(was.value, shellOf(was, base, kind, path));
}

/** GitLab stops in a pipe as well, GitHub only where a step, its job or its file says `shell: bash`. */
function shellOf({ path }: Setting, all: readonly Setting[], kind: Governing, file: string): Shell {
  if (kind !== "pipeline") return { stopsAtFailure: false, pipefail: false };
  const bash = all.some((other) => other.path.at(-1) === "shell" && /bash/.test(other.value) && (other.path.includes("defaults") || other.path.slice(0, -1).every((part, at) => path[at] === part)));
  return { stopsAtFailure: true, pipefail: bash || !file.includes(".github/") };
}

/** Scripts of a manifest, steps of a pipeline, by what they are called. */
function commandsIn(settings: readonly Setting[], kind: Governing): Map<string, Setting> {
  if (kind === "manifest") return new Map(settings.filter(({ path }) => path[0] === "scripts" && path.length === 2).map((setting) => [setting.path[1] ?? "", setting]));
  if (kind === "lines") return new Map(settings.filter(({ path }) => path.at(-1) === "addopts" || path.at(-1) === "commands").map((setting) => [setting.path.join("."), setting.path.at(-1) === "addopts" ? { ...setting, value: `pytest ${setting.value}` } : setting]));
  if (kind !== "pipeline") return new Map();
  const steps = settings.filter(({ path }) => /^(?:run|script|command|bash|pwsh|after_script|before_script)$/.test(path.at(-1) ?? "")).map(inLines);
  return new Map(steps.map((setting) => [setting.path.slice(0, -1).map((part) => part.replace(/\s*\|\|.*$/, "")).join("."), setting]));
}

/** GitLab lists its commands. */
const inLines = (setting: Setting): Setting => (setting.items === undefined ? setting : { ...setting, value: setting.items.join("\n") });

/** A script that ran tests and no longer does, or is gone, while no script took the runner over. What calls something new may run them there. */
function* lostRunners(path: string, before: ReadonlyMap<string, Setting>, after: ReadonlyMap<string, Setting>, everywhere: readonly Setting[]): Generator<TestEdit> {
  // Another script of this manifest, or of another one, does it now.
  const heirs = [...[...after].filter(([name, { value }]) => before.get(name)?.value !== value).map(([, script]) => script), ...everywhere.filter((one) => one.path[0] === "scripts" && ![...after.values()].includes(one))];
  if (heirs.some(({ value }) => runsTests(value) || mayRunTests(value))) return;
  for (const [name, was] of before) {
    const now = after.get(name);
    if (!runsTests(was.value) || /watch|debug|update|dev/.test(name)) continue;
    if (now === undefined ? isMissed(path, name, after) : losesRunner(was.value, now.value)) yield settingEdit("failure-ignored", path, now ?? { line: 1 }, name, now === undefined ? "is gone, and no other script runs tests" : "no longer runs any test", "ask", was.value, now?.value);
  }
}

/** Only of the repository itself: a package's tests may be run from above. */
const isMissed = (path: string, name: string, after: ReadonlyMap<string, Setting>): boolean => path === "package.json" && /^tests?(?::|$)/.test(name) && ![...after.values()].some(({ value }) => runsTests(value));

/** Nothing was put in the place of what is gone. */
const losesRunner = (was: string, now: string): boolean => !namesRunner(now) && !doesNothing(now) && partsOf(now).every((part) => partsOf(was).includes(part));

const partsOf = (command: string): readonly string[] => command.split(/&&|;|\|\|/).map((part) => part.trim()).filter((part) => part !== "");
