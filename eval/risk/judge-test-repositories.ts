import type { Figure } from "../figure.ts";
import { calibrationError, calibrationTenths, recalibrated } from "./calibration.ts";
import { compareWithLines, meanGain, type Comparison } from "./compare-with-lines.ts";
import { atLeast, told } from "./figures.ts";
import type { LabelledChange } from "./labelled-changes.ts";
import { mean } from "./metrics.ts";
import { scoreRisk } from "./risk-model.ts";

export interface JudgedRepository {
  readonly name: string;
  readonly changes: readonly LabelledChange[];
}

/** The bar of the plan: mean AUC within repositories above that of lines added, by this much. */
const GAIN = 0.02;

const productScore = (change: LabelledChange): number => scoreRisk(change.features).score;
const three = (value: number): string => value.toFixed(3);

/** Figures over the test repositories: once over every change, once over those that touch source, where the task is harder. */
export const judgeTestRepositories = (repositories: readonly JudgedRepository[]): readonly Figure[] => [
  ...judgePopulation("all changes", repositories),
  ...judgePopulation(
    "source changes",
    repositories.map(({ name, changes }) => ({ name, changes: changes.filter(({ features }) => features.sourceFiles > 0) })),
  ),
  ...judgeCalibration(repositories),
];

const judgePopulation = (population: string, repositories: readonly JudgedRepository[]): readonly Figure[] => {
  const comparisons = repositories.map(({ name, changes }) => compareWithLines(name, changes, productScore));
  const average = (figure: (one: Comparison) => number): number => mean(comparisons.map(figure));
  const { gain, interval } = meanGain(comparisons);
  const ours = average((one) => one.auc);
  const lines = `lines added ${three(average((one) => one.aucLines))}, source lines added ${three(average((one) => one.aucSourceLines))}; ${comparisons.length} repositories`;
  const recallLines = average((one) => one.recallLines);
  const paired = `AUC of lines added; paired 95 % interval ${three(interval[0])} to ${three(interval[1])}`;
  return [
    ...comparisons.map((one) => figureOf(population, one)),
    told(`risk ${population}: mean AUC`, ours, "AUC", lines),
    atLeast(`risk ${population}: mean gain`, gain, GAIN, "AUC", paired, interval[0] > 0),
    atLeast(`risk ${population}: recall of the riskiest 20 %`, average((one) => one.recall), recallLines, "share", `lines added ${three(recallLines)}`), // prettier-ignore
  ];
};

const figureOf = (population: string, one: Comparison): Figure => {
  const [low, high] = meanGain([one]).interval;
  const gain = `gain ${three(one.auc - one.aucLines)} [${three(low)}, ${three(high)}]`;
  const recall = `recall ${three(one.recall)} and ${three(one.recallLines)}`;
  const against = `lines added ${three(one.aucLines)}, ${gain}; source lines added ${three(one.aucSourceLines)}; ${recall}; ${one.inducing} of ${one.changes} inducing`;
  return told(`risk ${population}: ${one.name}`, one.auc, "AUC", against);
};

const judgeCalibration = (repositories: readonly JudgedRepository[]): readonly Figure[] => {
  const scored = repositories.map(({ changes }) => changes.map((change) => ({ score: productScore(change), inducing: change.inducing })));
  const tenths = calibrationTenths(scored.flat());
  const own = calibrationTenths(scored.flatMap(recalibrated));
  return [
    ...tenths.map((tenth, index) =>
      told(`risk calibration: tenth ${index + 1}, observed`, tenth.observed, "share", `score ${three(tenth.expected)}, ${tenth.changes} changes`),
    ),
    told("risk calibration: error as shipped", calibrationError(tenths), "share", "mean distance between score and observed share over the tenths"),
    told("risk calibration: error with each repository's base rate", calibrationError(own), "share", "the same after one shift a repository"),
  ];
};
