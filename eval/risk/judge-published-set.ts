import type { Figure } from "./figures.ts";
import type { ColumnModel } from "./fit-model.ts";
import { auc, mean, recallAtTop } from "./metrics.ts";
import type { PublishedChange } from "./published-changes.ts";
import { scoreRisk } from "./risk-model.ts";

/** Published anchor: six git columns and the tracker link, fitted elsewhere. */
const TARGET = 0.83;
/** A project with fewer positives says nothing by itself. */
const FEWEST_INDUCING = 10;

const three = (value: number): string => value.toFixed(3);

/** The product's score and the column model on a published set that neither was fitted on. */
export const judgePublishedSet = (changes: readonly PublishedChange[], columns: ColumnModel): readonly Figure[] => {
  const lines = (change: PublishedChange): number => change.features.added;
  const product = (change: PublishedChange): number => scoreRisk(change.features).score;
  const pooled = pooledAuc(changes, columns);
  return [
    {
      name: "risk: published columns with tracker link, pooled",
      value: pooled,
      unit: "AUC",
      target: `>= ${TARGET}`,
      ok: pooled >= TARGET,
      against: `lines added ${three(pooledAuc(changes, lines))}, ${changes.length} changes`,
    },
    {
      name: "risk: published columns, mean within projects",
      value: withinAuc(changes, columns),
      unit: "AUC",
      against: `lines added ${three(withinAuc(changes, lines))}`,
    },
    {
      name: "risk: published columns, recall of the riskiest 20 %",
      value: topRecall(changes, columns),
      unit: "share",
      against: `lines added ${three(topRecall(changes, lines))}`,
    },
    {
      name: "risk: product score on published columns, pooled",
      value: pooledAuc(changes, product),
      unit: "AUC",
      against: `lines added ${three(pooledAuc(changes, lines))}; no message, no tracker, no kinds of files`,
    },
    {
      name: "risk: product score, mean within projects",
      value: withinAuc(changes, product),
      unit: "AUC",
      against: `lines added ${three(withinAuc(changes, lines))}`,
    },
  ];
};

const ranking = (changes: readonly PublishedChange[], score: ColumnModel) => ({ scores: changes.map(score), labels: changes.map((change) => change.inducing) });
const pooledAuc = (changes: readonly PublishedChange[], score: ColumnModel): number => auc(ranking(changes, score));
const topRecall = (changes: readonly PublishedChange[], score: ColumnModel): number => recallAtTop(ranking(changes, score), 0.2);

const withinAuc = (changes: readonly PublishedChange[], score: ColumnModel): number => {
  const projects = [...new Set(changes.map((change) => change.project))].map((project) => changes.filter((change) => change.project === project));
  return mean(projects.filter((one) => one.filter((change) => change.inducing).length >= FEWEST_INDUCING).map((one) => pooledAuc(one, score)));
};
