import { calibrationError, calibrationTenths, recalibrated } from "./calibration.ts";
import { compareWithLines, meanGain, type Comparison } from "./compare-with-lines.ts";
import type { Figure } from "./figures.ts";
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
    "source-touching changes",
    repositories.map(({ name, changes }) => ({ name, changes: changes.filter(({ features }) => features.sourceFiles > 0) })),
  ),
  ...judgeCalibration(repositories),
];

const judgePopulation = (population: string, repositories: readonly JudgedRepository[]): readonly Figure[] => {
  const comparisons = repositories.map(({ name, changes }) => compareWithLines(name, changes, productScore));
  const { gain, interval } = meanGain(comparisons);
  const recall = mean(comparisons.map((one) => one.recall));
  const recallLines = mean(comparisons.map((one) => one.recallLines));
  const sourceLines = mean(comparisons.map((one) => one.aucSourceLines));
  return [
    ...comparisons.flatMap((one) => figuresOf(population, one)),
    {
      name: `risk: mean AUC, ${population}`,
      value: mean(comparisons.map((one) => one.auc)),
      unit: "AUC",
      against: `lines added ${three(mean(comparisons.map((one) => one.aucLines)))}, source lines added ${three(sourceLines)}, ${comparisons.length} repositories`,
    },
    {
      name: `risk: mean gain over lines added, ${population}`,
      value: gain,
      unit: "AUC",
      target: `>= ${GAIN}`,
      ok: gain >= GAIN && interval[0] > 0,
      against: `95 % interval ${three(interval[0])} to ${three(interval[1])}, paired`,
    },
    {
      name: `risk: mean recall of the riskiest 20 %, ${population}`,
      value: recall,
      unit: "share",
      target: `>= ${three(recallLines)}`,
      ok: recall >= recallLines,
      against: `lines added ${three(recallLines)}`,
    },
  ];
};

const figuresOf = (population: string, one: Comparison): readonly Figure[] => {
  const [low, high] = meanGain([one]).interval;
  return [
    {
      name: `risk: ${one.name}, ${population}`,
      value: one.auc,
      unit: "AUC",
      against: `lines added ${three(one.aucLines)}, gain ${three(one.auc - one.aucLines)} [${three(low)}, ${three(high)}], source lines ${three(one.aucSourceLines)}, recall ${three(one.recall)} against ${three(one.recallLines)}, ${one.inducing} of ${one.changes}`,
    },
  ];
};

const judgeCalibration = (repositories: readonly JudgedRepository[]): readonly Figure[] => {
  const scored = repositories.map(({ changes }) => changes.map((change) => ({ score: productScore(change), inducing: change.inducing })));
  const tenths = calibrationTenths(scored.flat());
  const own = calibrationTenths(scored.flatMap(recalibrated));
  return [
    ...tenths.map((tenth, index): Figure => ({
      name: `risk: tenth ${index + 1} of 10, observed`,
      value: tenth.observed,
      unit: "share",
      against: `score ${three(tenth.expected)}, ${tenth.changes} changes`,
    })),
    { name: "risk: calibration error over tenths, as shipped", value: calibrationError(tenths), unit: "share" },
    { name: "risk: calibration error over tenths, own base rate", value: calibrationError(own), unit: "share" },
  ];
};
