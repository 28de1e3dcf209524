import { evidenceOf, neverStarted, type Evidence, type RunProgress, type RunRequest, type TestExecutor, type TestRun, type TestSetup } from "#evidence";
import type { Change } from "#change";

export interface RunOrder {
  readonly change: Change;
  readonly setups: readonly TestSetup[];
  readonly selection: readonly string[] | "all";
  readonly budgetMs: number;
  readonly signal: AbortSignal;
  readonly coverage: boolean;
  readonly isolation?: RunRequest["isolation"];
  onProgress(progress: RunProgress): void;
  ticks(): number;
}

/** Of what is left, so much is kept for looking into what turned red: a red that nobody could confirm decides nothing. */
const KEPT_FOR_REDS = 0.25;
/** With less than this nothing is kept: a quarter of it would not start a runner. */
const WORTH_KEEPING_MS = 8000;

/**
 * Runs the selection on the head. What turned red runs once more on the head (does it pass on the same code?), on the merge base (was it red
 * before?), and where it was not, a last time on the head: a busy machine may fail the same test twice in a row, seldom again after
 * it has passed in between. Repeats where it decides, nowhere else. Where nothing could start, the merge base says whether that is this
 * change's doing, and nothing is repeated.
 */
export async function runTests(order: RunOrder, executor: TestExecutor): Promise<readonly Evidence[]> {
  const started = order.ticks();
  const left = (): number => order.budgetMs - (order.ticks() - started);
  const run = (tree: string, selection: readonly string[] | "all", coverage: boolean, share = 1): Promise<readonly Evidence[]> =>
    executor.run(order.setups, { tree, selection, coverage, ...(coverage && { trace: "with-coverage" as const }), budgetMs: Math.max(1, left() * share), signal: order.signal, onProgress: order.onProgress, ...(order.isolation && { isolation: order.isolation }) });

  const { change } = order;
  const first = await run(change.headTree, order.selection, order.coverage, left() > WORTH_KEEPING_MS ? 1 - KEPT_FOR_REDS : 1);
  const red = redFiles(first);
  if (red.length === 0 || left() < 1000 || order.signal.aborted) return first;
  if (nothingStarted(first)) {
    const before = await run(change.mergeBaseTree, red, false);
    return [...first, ...before, ...(nothingStarted(before) ? [] : await run(change.headTree, red, false))];
  }
  const again = await run(change.headTree, red, false);
  const stillRed = redFiles(again).filter((file) => red.includes(file));
  if (stillRed.length === 0 || left() < 1000 || order.signal.aborted) return [...first, ...again];
  const before = await run(change.mergeBaseTree, stillRed, false);
  const made = [...first, ...again, ...before];
  const fresh = stillRed.filter((file) => !redFiles(before).includes(file));
  return fresh.length === 0 || left() < 1000 || order.signal.aborted ? made : [...made, ...(await run(change.headTree, fresh, false))];
}

const nothingStarted = (evidence: readonly Evidence[]): boolean => evidenceOf(evidence, "test-run").every(neverStarted);

/** Files with a failed test or that did not load, sorted. */
function redFiles(evidence: readonly Evidence[]): string[] {
  const files = evidenceOf(evidence, "test-run").flatMap((run: TestRun) => [
    ...run.cases.filter((test) => test.outcome === "failed").flatMap((test) => test.id.file ?? []),
    ...run.unloaded.map((unit) => unit.file),
  ]);
  return [...new Set(files)].sort();
}
