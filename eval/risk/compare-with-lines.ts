import type { LabelledChange } from "./labelled-changes.ts";
import { auc, bootstrapDifferences, interval95, mean, recallAtTop } from "./metrics.ts";

/** The model against "lines added" on the same changes of one repository. */
export interface Comparison {
  readonly name: string;
  readonly changes: number;
  readonly inducing: number;
  readonly auc: number;
  readonly aucLines: number;
  /** AUC of lines added in source files alone: the harder yardstick. */
  readonly aucSourceLines: number;
  readonly gains: readonly number[];
  readonly recall: number;
  readonly recallLines: number;
}

/** The share of changes a reviewer is told to look at first. */
const RISKIEST = 0.2;
const DRAWS = 1_000;
const SEED = 20_261_121;

/** Compares both rankings on the same changes; `gains` are the differences in AUC over paired resamples. */
export const compareWithLines = (name: string, changes: readonly LabelledChange[], score: (change: LabelledChange) => number): Comparison => {
  const labels = changes.map((change) => change.inducing);
  const ours = changes.map(score);
  const lines = changes.map((change) => change.features.added);
  const sourceLines = changes.map((change) => change.features.sourceAdded);
  return {
    name,
    changes: changes.length,
    inducing: labels.filter(Boolean).length,
    auc: auc({ labels, scores: ours }),
    aucLines: auc({ labels, scores: lines }),
    aucSourceLines: auc({ labels, scores: sourceLines }),
    gains: bootstrapDifferences(labels, ours, lines, DRAWS, SEED),
    recall: recallAtTop({ labels, scores: ours }, RISKIEST),
    recallLines: recallAtTop({ labels, scores: lines }, RISKIEST),
  };
};

/** The mean over repositories, each weighing the same, with the interval of the mean gain. */
export const meanGain = (comparisons: readonly Comparison[]): { readonly gain: number; readonly interval: readonly [number, number] } => ({
  gain: mean(comparisons.map((one) => one.auc - one.aucLines)),
  interval: interval95(Array.from({ length: DRAWS }, (_, draw) => mean(comparisons.map((one) => one.gains[draw] ?? Number.NaN)))),
});
