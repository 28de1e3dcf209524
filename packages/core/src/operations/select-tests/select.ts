import type { ChangeRequest, Change, Repository, ResolvedChange } from "#change";
import type { TestExecutor, TestSetup } from "#evidence";
import { readChange } from "../assess-change/read-change.ts";
import { readRules, type Rules } from "../assess-change/read-rules.ts";
import { resolveHead } from "../assess-change/resolve-head.ts";
import type { PolicySource } from "../config/policy-source.ts";
import type { CodeMemory } from "../ports/code-memory.ts";
import { commandLines, type CommandLine } from "./command-lines.ts";
import { fitBudget, withTimes, type TimedTest } from "./fit-budget.ts";
import { selectTests, type Selection } from "./select-tests.ts";

export interface SelectInput {
  readonly base?: string;
  readonly head?: ChangeRequest["head"];
  /** Time for all tests together; without it none is cut. */
  readonly budgetMs?: number;
  /** Leave out what was seen to run past the change when it was last measured: faster, and no longer safe. */
  readonly skipPast?: boolean;
}

export interface SelectPorts {
  readonly repository: Repository & { readonly bare: boolean };
  readonly executor: Pick<TestExecutor, "detect">;
  readonly code: CodeMemory;
  readonly policySource?: PolicySource;
  readonly ci: boolean;
}

/** The tests of a change, in the order they are worth running, and how to run them. */
export interface SelectReport {
  readonly schema: "proofline/selection/1";
  readonly change: Pick<Change, "base" | "baseName" | "head" | "headName" | "headKind" | "mergeBase"> & { readonly files: number };
  readonly tests: readonly TimedTest[];
  /** Selected, and left out: beyond the budget, or seen to run past the change where that was asked for. */
  readonly cut: readonly TimedTest[];
  readonly widened: Selection["widened"];
  readonly ofFiles: number;
  readonly blindSpots: readonly string[];
  readonly commands: readonly CommandLine[];
  /** Selected files that no runner known here takes. */
  readonly unplaced: readonly string[];
}

/** Selects the tests of a change without running anything. */
export const select =
  (ports: SelectPorts) =>
  async (input: SelectInput): Promise<SelectReport> => {
    const resolved = await resolveHead(input, ports.repository, ports.ci);
    const { change, rules } = await describeResolved(resolved, ports);
    const [selection, setups, times] = await Promise.all([selectTests(change, ports), setupsOf(change.headTree, rules.config.tests, ports), ports.code.times()]);
    const timed = withTimes(selection.tests, times);
    const past = timed.filter(({ ran }) => input.skipPast === true && ran === "past");
    const { taken, cut } = fitBudget(past.length === 0 ? timed : timed.filter((test) => !past.includes(test)), input.budgetMs);
    const { base, baseName, head, headName, headKind, mergeBase } = change;
    return {
      schema: "proofline/selection/1",
      change: { base, baseName, head, headName, headKind, mergeBase, files: change.files.length },
      tests: taken,
      cut: [...cut, ...past],
      widened: selection.widened,
      ofFiles: selection.ofFiles,
      blindSpots: selection.blindSpots,
      ...commandLines(taken, setups),
    };
  };

/** How a tree's tests are started: the same tree and declarations always give the same. */
async function setupsOf(tree: string, declared: readonly Partial<TestSetup>[], { executor, code }: Pick<SelectPorts, "executor" | "code">): Promise<readonly TestSetup[]> {
  const question = `setups/1 ${tree} ${JSON.stringify(declared)}`;
  const before = await code.answer<readonly TestSetup[]>(question);
  if (before) return before;
  const setups = await executor.detect(tree, declared);
  await code.keepAnswer(question, setups);
  return setups;
}

/** One change in people's terms, by the rules of its target. */
export async function describeResolved(resolved: ResolvedChange, { repository, policySource }: Pick<SelectPorts, "repository" | "policySource">): Promise<{ readonly change: Change; readonly rules: Rules }> {
  const [diff, commits, rules] = await Promise.all([repository.diff(resolved), repository.commits(resolved), readRules(resolved, repository, policySource)]);
  const { change } = await readChange({ resolved, diff, history: { commits, past: [] }, rules }, repository);
  return { change, rules };
}
