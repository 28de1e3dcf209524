import type { ChangeRequest, HeadKind, Repository } from "#change";
import type { Mutation, MutationRunner, TestExecutor } from "#evidence";
import type { PolicySource } from "../config/policy-source.ts";
import { decideIsolation } from "../assess-change/decide-isolation.ts";
import { readChange } from "../assess-change/read-change.ts";
import { readRules } from "../assess-change/read-rules.ts";
import { resolveHead } from "../assess-change/resolve-head.ts";
import type { Clock } from "../ports/clock.ts";
import type { ProgressSink } from "../ports/progress.ts";
import { changedCode } from "./changed-code.ts";
import { mutateLines } from "./mutate-lines.ts";
import { mutationReport, type MutationReport } from "./mutation-report.ts";
import type { MutationMemory } from "./mutation-memory.ts";

export interface MutateInput {
  readonly base?: string;
  /** As for `check` when absent. */
  readonly head?: ChangeRequest["head"];
  readonly budgetMs: number;
  /** Run the code of a head that is not the user's own. */
  readonly trust: boolean;
}

export interface MutatePorts {
  readonly repository: Repository & { readonly bare: boolean };
  readonly executor: TestExecutor;
  readonly mutation: MutationRunner;
  readonly memory: MutationMemory;
  readonly clock: Clock;
  readonly progress: ProgressSink;
  readonly signal: AbortSignal;
  readonly policySource?: PolicySource;
  readonly ci: boolean;
  whoAmI(): Promise<string>;
  /** Why the head's code may not be executed; absent for code of the user's own. */
  readonly untrusted?: string;
}

/** Which faults on the changed lines no test notices. Decides nothing: a report for the person who writes the next test. */
export const mutateChange =
  (ports: MutatePorts) =>
  async (input: MutateInput): Promise<MutationReport> => {
    const started = ports.clock.ticks();
    const { repository, untrusted } = ports;
    const resolved = await resolveHead(input, repository, ports.ci);
    const [diff, commits, rules] = await Promise.all([repository.diff(resolved), repository.commits(resolved), readRules(resolved, repository, ports.policySource)]);
    const { change, packageNames } = await readChange({ resolved, diff, history: { commits, past: [] }, rules }, repository);
    const sides = { base: resolved.mergeBase, head: resolved.head, headKind: resolved.headKind satisfies HeadKind };
    const report = async (found: Mutation | { readonly nothing: string }): Promise<MutationReport> => {
      const mutants = "nothing" in found ? [] : found.mutants;
      const texts = await repository.readFiles(change.headTree, [...new Set(mutants.map(({ mutant }) => mutant.file))]);
      return mutationReport({ ...sides, found, tookMs: Math.round(ports.clock.ticks() - started), textOf: (file) => texts.get(file)?.text });
    };
    if (changedCode(change.files).size === 0) return report({ nothing: "the change brings no code that can be broken" });
    const { people, agents } = rules.config;
    const allowed = await decideIsolation({ change, people, agents, ci: ports.ci, vouched: input.trust, whoAmI: ports.whoAmI, ...(untrusted !== undefined && !input.trust && { fork: untrusted }) }, ports);
    if (allowed.notRun !== undefined) return report({ nothing: `nothing was run: ${allowed.notRun}` });
    const order = { change, packageNames, declaredSetups: rules.config.tests, budgetMs: input.budgetMs, isolation: allowed.isolation };
    return report((await mutateLines(order, ports)) ?? { nothing: "no test runner was recognised here" });
  };
