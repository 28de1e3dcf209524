import type { TestEdit } from "../comparing/test-edit.ts";
import { governs } from "./governs.ts";
import { mayRunTests, runsTests } from "./command-words.ts";
import { settingEdit, type SettingsPair } from "./setting-edit.ts";
import type { Setting } from "./setting.ts";

/** A step of a pipeline that runs tests, or may. */
interface Step {
  readonly command: string;
  readonly tests: boolean;
  /** The job it stands in, as far as the format has jobs. */
  readonly job?: string;
  readonly file: string;
  readonly setting: Setting;
}

/**
 * Steps that ran tests and stand in no pipeline any more: switched off, commented out, replaced by something else, in a job that no workflow names or a
 * pipeline that nothing starts. Pipelines are compared all at once: a step that moves, or several that become one, are still there. What another
 * workflow or action is asked to do, nobody here can see.
 */
export function* lostTestSteps(pairs: readonly SettingsPair[]): Generator<TestEdit> {
  const pipelines = pairs.filter(({ path }) => governs(path) === "pipeline");
  const now = pipelines.flatMap(({ path, head = [] }) => activeSteps(head, path));
  const before = pipelines.flatMap(({ path, base = [] }) => activeSteps(base, path));
  const had = new Set(before.map(({ command }) => command));
  const fresh = new Set(now.map(({ command }) => command).filter((command) => !had.has(command)));
  const lost = [...new Map(before.filter((step) => step.tests && isLost(step, before, now, pipelines.find(({ path }) => path === step.file)?.head)).map((step) => [step.command, step])).values()];
  if (lost.length <= fresh.size || handsOver(pipelines)) return;
  for (const { command, job, setting, file } of lost) {
    const head = pipelines.find(({ path }) => path === file)?.head;
    if (head !== undefined) yield settingEdit("tests-excluded", file, head.find(({ path }) => path.includes(job ?? "")) ?? { line: 1 }, job ?? command, `no longer runs \`${command}\``, "ask", setting.value);
    // What still runs tests may well run these.
    else if (!now.some(({ tests }) => tests)) yield { ...settingEdit("tests-excluded", file, { line: 1 }, job ?? command, `no longer runs \`${command}\`: its pipeline is gone`, "ask", setting.value), places: [{ file, line: setting.line, side: "base" }] };
  }
}

/** In no pipeline any more; or in fewer places than before, and no longer in its own job, which still stands: two jobs that become one lose nothing. */
function isLost({ command, file, job }: Step, before: readonly Step[], now: readonly Step[], head: readonly Setting[] | undefined): boolean {
  const [had, has] = [before, now].map((steps) => steps.filter((step) => step.command === command));
  if (has === undefined || had === undefined || has.length === 0) return true;
  return has.length < had.length && !has.some((step) => step.file === file && step.job === job) && head?.some(({ path }) => path.includes(job ?? "")) === true;
}

const LEAVES = new Set(["run", "script", "command", "bash", "pwsh"]);

function activeSteps(settings: readonly Setting[], file: string): readonly Step[] {
  if (!isStarted(settings, file)) return [];
  const named = workflowJobs(settings);
  return settings.flatMap((setting): Step[] => {
    if (!LEAVES.has(setting.path.at(-1) ?? "") || setting.path[0] === "defaults" || setting.path.includes("with")) return [];
    const job = setting.path[0] === "jobs" ? setting.path[1] : undefined;
    if (isOff(setting, settings, file) || (named !== undefined && job !== undefined && !named.has(job))) return [];
    const commands = (setting.items ?? setting.value.split("\n")).map((line) => line.trim()).filter((line) => runsTests(line) || mayRunTests(line));
    return commands.map((command) => ({ command: command.replace(/\s*(?:2>&1\s*)?(?:\||&&|;).*$/, "").slice(0, 120), tests: runsTests(command), file, setting, ...(job !== undefined && { job }) }));
  });
}

/** GitHub: something other than a person at a button starts it. */
function isStarted(settings: readonly Setting[], file: string): boolean {
  if (!file.includes(".github/")) return true;
  const events = settings.filter(({ path }) => path[0] === "on");
  if (events.length === 0) return true;
  const names = events.flatMap(({ path, items, value }) => (path.length > 1 ? [path[1] ?? ""] : (items ?? [value])));
  const nothing = events.some(({ path, items = [] }) => /^(?:paths|branches)-ignore$/.test(path.at(-1) ?? "") && items.some((item) => /^\*\*(?:\/\*)?$/.test(item)));
  return !nothing && names.some((name) => name !== "workflow_dispatch" && name !== "repository_dispatch");
}

/** CircleCI: a job runs when a workflow names it. Undefined where there are no workflows. */
function workflowJobs(settings: readonly Setting[]): ReadonlySet<string> | undefined {
  const flows = settings.filter(({ path }) => path[0] === "workflows" && path.includes("jobs"));
  if (flows.length === 0) return undefined;
  return new Set(flows.flatMap(({ path, items = [] }) => [...path.slice(path.indexOf("jobs") + 1), ...items]));
}

const NEVER = /^(?:\$\{\{\s*)?(?:false|'false'|"false"|0|always\(\)\s*&&\s*false)(?:\s*\}\})?$/i;

/** `if: false` or `when: never` beside it, or round its job; a job of GitLab that is called a template. */
const isOff = ({ path }: Setting, all: readonly Setting[], file: string): boolean =>
  all.some((other) => ((other.path.at(-1) === "if" && NEVER.test(other.value.trim())) || (other.path.at(-1) === "when" && /^(?:never|manual)$/.test(other.value))) && path.slice(0, other.path.length - 1).join("\u0000") === other.path.slice(0, -1).join("\u0000")) ||
  (file.includes("gitlab") && path[0]?.startsWith(".") === true && !all.some((other) => other.path.at(-1) === "extends" && (other.value === path[0] || other.items?.includes(path[0] ?? "") === true)));

/** Another workflow, an action that tests, or a shared template does it now. */
const handsOver = (pipelines: readonly SettingsPair[]): boolean =>
  pipelines.some(({ base = [], head = [] }) =>
    head.some((now) => {
      const leaf = now.path.at(-1) ?? "";
      const calls = (leaf === "uses" && (now.path.length === 3 || /^\.\/|test|\bci\b|check|build/i.test(now.value))) || /^(?:include|template|extends|orb|orbs)$/.test(leaf) || now.path.includes("orbs");
      return calls && !base.some((was) => was.path.at(-1) === leaf && was.value === now.value);
    }),
  );
