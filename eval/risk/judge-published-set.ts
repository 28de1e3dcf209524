import type { Figure } from "../figure.ts";
import { atLeast, told } from "./figures.ts";
import type { ColumnModel } from "./fit-model.ts";
import { auc, mean, recallAtTop, type Ranking } from "./metrics.ts";
import type { PublishedChange } from "./published-changes.ts";
import { scoreRisk } from "./risk-model.ts";

/** Published anchor: git columns and the tracker link, fitted elsewhere. */
const TARGET = 0.83;
/** A project with fewer positives says nothing by itself. */
const FEWEST_INDUCING = 10;

/** The column model and the product's score on a published set that neither was fitted on. */
export const judgePublishedSet = (changes: readonly PublishedChange[], columns: ColumnModel): readonly Figure[] => {
  const lines = (change: PublishedChange): number => change.features.added;
  const product = (change: PublishedChange): number => scoreRisk(change.features).score;
  const beside = (figure: (one: readonly PublishedChange[], score: ColumnModel) => number): string =>
    `lines added ${figure(changes, lines).toFixed(3)}; ${changes.length} changes`;
  return [
    atLeast("risk published columns with tracker link: pooled", pooledAuc(changes, columns), TARGET, "AUC", beside(pooledAuc)),
    told("risk published columns with tracker link: within projects", withinAuc(changes, columns), "AUC", beside(withinAuc)),
    told("risk published columns with tracker link: recall at 20 %", topRecall(changes, columns), "share", beside(topRecall)),
    told("risk product score on published columns: pooled", pooledAuc(changes, product), "AUC", beside(pooledAuc)),
    told("risk product score on published columns: within projects", withinAuc(changes, product), "AUC", beside(withinAuc)),
    told("risk product score on published columns: recall at 20 %", topRecall(changes, product), "share", beside(topRecall)),
  ];
};

const ranking = (changes: readonly PublishedChange[], score: ColumnModel): Ranking => ({
  scores: changes.map(score),
  labels: changes.map((change) => change.inducing),
});
const pooledAuc = (changes: readonly PublishedChange[], score: ColumnModel): number => auc(ranking(changes, score));
const topRecall = (changes: readonly PublishedChange[], score: ColumnModel): number => recallAtTop(ranking(changes, score), 0.2);

const withinAuc = (changes: readonly PublishedChange[], score: ColumnModel): number => {
  const projects = [...new Set(changes.map((change) => change.project))].map((project) => changes.filter((change) => change.project === project));
  return mean(projects.filter((one) => one.filter((change) => change.inducing).length >= FEWEST_INDUCING).map((one) => pooledAuc(one, score)));
};
