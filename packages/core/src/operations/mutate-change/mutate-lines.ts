import { digestOf } from "#kernel";
import type { Change, Repository } from "#change";
import type { JudgedMutant, Mutation, MutationRunner, RunRequest, TestExecutor, TestSetup } from "#evidence";
import { selectTests } from "../select-tests/select-tests.ts";
import type { Clock } from "../ports/clock.ts";
import type { ProgressSink } from "../ports/progress.ts";
import { changedCode } from "./changed-code.ts";
import type { MutationMemory } from "./mutation-memory.ts";

export interface MutateOrder {
  readonly change: Change;
  readonly packageNames: ReadonlyMap<string, string>;
  readonly declaredSetups: readonly Partial<TestSetup>[];
  readonly budgetMs: number;
  readonly isolation?: NonNullable<RunRequest["isolation"]>;
}

export interface MutateLinesPorts {
  readonly repository: Pick<Repository, "listFiles" | "readBlobs" | "readFiles">;
  readonly executor: Pick<TestExecutor, "detect">;
  readonly mutation: MutationRunner;
  readonly memory: MutationMemory;
  readonly clock: Clock;
  readonly progress: ProgressSink;
  readonly signal: AbortSignal;
}

/** Changes with what is asked and how it is answered: kept answers to older questions are left alone. */
const QUESTION = "mutants/1";

/**
 * Breaks the lines a change brings, one fault at a time, and says which faults no test notices. Undefined when it brings no code that can be broken, or
 * nobody here runs its tests. What was answered before for the same trees is not run again; what an earlier run left open is.
 */
export async function mutateLines(order: MutateOrder, ports: MutateLinesPorts): Promise<Mutation | undefined> {
  const { change, declaredSetups, budgetMs, isolation } = order;
  const lines = changedCode(change.files);
  if (lines.size === 0) return undefined;
  const started = ports.clock.ticks();
  const subject = change.headKind === "commit" ? change.head : change.headTree;
  const question = digestOf({ question: QUESTION, tree: change.headTree, lines: [...lines].map(([path, spans]) => [path, spans.map(({ from, to }) => [from, to])]), setups: declaredSetups as never });
  const before = await ports.memory.recall(question);
  if (before?.complete === true) return { ...before, subject, remembered: true, durationMs: Math.round(ports.clock.ticks() - started) };
  const setups = await ports.executor.detect(change.headTree, declaredSetups);
  if (setups.every((setup) => setup.declare !== undefined)) return undefined;
  const { tests } = await selectTests(change, { repository: ports.repository });
  const outcome = await ports.mutation.mutate(setups, {
    tree: change.headTree,
    lines,
    // Tests of what is built import nothing that could be followed; coverage tells what they reach.
    selection: tests.length === 0 ? "all" : tests.map(({ file }) => file),
    budgetMs,
    ...(isolation && { isolation }),
    ...(before && { known: before.mutants.filter(isSettled) }),
    signal: ports.signal,
    onProgress: (says) => ports.progress.says(says),
  });
  const mutation: Mutation = {
    kind: "mutation",
    source: "ran",
    subject,
    digest: digestOf({ subject, mutants: outcome.mutants.map(({ mutant: { file, start, end, after }, fate }) => [file, start, end, after, fate]) }),
    origin: "faults put into the changed lines",
    ...outcome,
    durationMs: Math.round(ports.clock.ticks() - started),
  };
  if (!ports.signal.aborted) await ports.memory.keep(question, mutation);
  return mutation;
}

/** What a later run need not try again. */
const isSettled = ({ fate }: JudgedMutant): boolean => fate === "killed" || fate === "survived";
