import { evidenceOf, type Evidence, type RunProgress, type TestExecutor, type TestRun, type TestSetup } from "#evidence";
import type { Change } from "#change";

export interface RunOrder {
  readonly change: Change;
  readonly setups: readonly TestSetup[];
  readonly selection: readonly string[] | "all";
  readonly budgetMs: number;
  readonly signal: AbortSignal;
  readonly coverage: boolean;
  onProgress(progress: RunProgress): void;
  ticks(): number;
}

/**
 * Runs the selection on the head. What turned red runs once more on the head (does it pass on the same code?) and on the merge base
 * (was it red before?): repeats where it decides, nowhere else.
 */
export async function runTests(order: RunOrder, executor: TestExecutor): Promise<readonly Evidence[]> {
  const started = order.ticks();
  const left = (): number => order.budgetMs - (order.ticks() - started);
  const run = (tree: string, selection: readonly string[] | "all", coverage: boolean): Promise<readonly Evidence[]> =>
    executor.run(order.setups, { tree, selection, coverage, budgetMs: Math.max(1, left()), signal: order.signal, onProgress: order.onProgress });

  const { change } = order;
  const first = await run(change.headTree, order.selection, order.coverage);
  const red = redFiles(first);
  if (red.length === 0 || left() < 1000 || order.signal.aborted) return first;
  const again = await run(change.headTree, red, false);
  const stillRed = redFiles(again).filter((file) => red.includes(file));
  if (stillRed.length === 0 || left() < 1000 || order.signal.aborted) return [...first, ...again];
  return [...first, ...again, ...(await run(change.mergeBaseTree, stillRed, false))];
}

/** Files with a failed test or that did not load, sorted. */
function redFiles(evidence: readonly Evidence[]): string[] {
  const files = evidenceOf(evidence, "test-run").flatMap((run: TestRun) => [
    ...run.cases.filter((test) => test.outcome === "failed").flatMap((test) => test.id.file ?? []),
    ...run.unloaded.map((unit) => unit.file),
  ]);
  return [...new Set(files)].sort();
}
