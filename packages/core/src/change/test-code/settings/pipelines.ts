import type { TestEdit } from "../comparing/test-edit.ts";
import { governs } from "./governs.ts";
import { runsTests } from "./commands.ts";
import { settingEdit, type SettingsPair } from "./setting-edit.ts";
import type { Setting } from "./setting.ts";

/** A step of a pipeline that runs tests. */
interface TestStep {
  readonly command: string;
  /** The job it stands in, as far as the format has jobs. */
  readonly job?: string;
  readonly setting: Setting;
}

/**
 * Steps that ran tests and stand in no pipeline any more, switched off, commented out or in a job that no workflow names, while fewer
 * steps run tests than before. Pipelines are compared all at once: one that moves to another service is still there.
 */
export function* lostTestSteps(pairs: readonly SettingsPair[]): Generator<TestEdit> {
  const pipelines = pairs.filter(({ path }) => governs(path) === "pipeline");
  const now = pipelines.flatMap(({ head = [] }) => activeSteps(head));
  const before = pipelines.flatMap(({ base = [] }) => activeSteps(base));
  if (now.length >= before.length) return;
  const left = now.map(({ command }) => command);
  for (const { path, base = [], head } of pipelines) {
    for (const { command, job, setting } of activeSteps(base)) {
      const at = left.indexOf(command);
      if (at >= 0) left.splice(at, 1);
      // A whole pipeline that goes is a decision of its own.
      else if (head !== undefined) yield settingEdit("tests-excluded", path, head.find(({ path: found }) => found.includes(job ?? "")) ?? { line: 1 }, job ?? command, `no longer runs \`${command}\``, "ask", setting.value);
    }
  }
}

const LEAVES = new Set(["run", "script", "command"]);

function activeSteps(settings: readonly Setting[]): readonly TestStep[] {
  const named = workflowJobs(settings);
  return settings.flatMap((setting): TestStep[] => {
    if (!LEAVES.has(setting.path.at(-1) ?? "") || setting.path[0] === "defaults") return [];
    const job = setting.path[0] === "jobs" ? setting.path[1] : undefined;
    if (isOff(setting, settings) || (named !== undefined && job !== undefined && !named.has(job))) return [];
    const commands = (setting.items ?? setting.value.split("\n")).map((line) => line.trim()).filter((line) => runsTests(line));
    return commands.map((command) => ({ command: command.replace(/\s*(?:\|\||&&|;).*$/, "").slice(0, 120), setting, ...(job !== undefined && { job }) }));
  });
}

/** CircleCI: a job runs when a workflow names it. Undefined where there are no workflows. */
function workflowJobs(settings: readonly Setting[]): ReadonlySet<string> | undefined {
  const flows = settings.filter(({ path }) => path[0] === "workflows" && path.includes("jobs"));
  if (flows.length === 0) return undefined;
  return new Set(flows.flatMap(({ path, items = [] }) => [...path.slice(path.indexOf("jobs") + 1), ...items]));
}

/** `if: false` beside it, or round its job. */
const isOff = ({ path }: Setting, all: readonly Setting[]): boolean =>
  all.some((other) => other.path.at(-1) === "if" && /^(?:\$\{\{\s*)?false(?:\s*\}\})?$/.test(other.value.trim()) && path.slice(0, other.path.length - 1).join("\u0000") === other.path.slice(0, -1).join("\u0000"));
