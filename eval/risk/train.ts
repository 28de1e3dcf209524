/**
 * Fits the risk model and writes `packages/core/src/change/risk/coefficients.ts`.
 *
 *   npx tsx eval/risk/train.ts --data DIR [--dry-run]
 *
 * DIR holds `<project>_k_feature.csv` of the ISSTA'21 sets and `<owner>+<name>.jsonl` as `szz.ts` writes them for the
 * repositories of the training and validation splits. The test repositories are never read here.
 */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { fitModel, type FittedModel } from "./fit-model.ts";
import { readLabelled, type LabelledChange } from "./labelled-changes.ts";
import { auc, mean } from "./metrics.ts";
import { ISSTA_PROJECTS, readIssta } from "./published-changes.ts";
import { repositoriesOf, type Split } from "./repositories.ts";
import { termValue, type RiskFeatures } from "./risk-model.ts";

const COEFFICIENTS = fileURLToPath(new URL("../../packages/core/src/change/risk/coefficients.ts", import.meta.url));
const say = (line: string): void => void process.stderr.write(`${line}\n`);

const oddsOf = (model: FittedModel, features: RiskFeatures): number =>
  model.terms.reduce((sum, term) => sum + term.weight * termValue(features, term.feature), model.intercept);

/** The score below which a share of all changes stays, every repository weighing the same. */
const typicalScore = (model: FittedModel, repositories: readonly (readonly LabelledChange[])[], share: number): number =>
  mean(
    repositories.map((changes) => {
      const sorted = changes.map((change) => 1 / (1 + Math.exp(-oddsOf(model, change.features)))).sort((one, other) => one - other);
      return sorted[Math.floor(share * sorted.length)] ?? 0;
    }),
  );

/** A weight this small moves no ranking and would only make reasons longer. */
const NEGLIGIBLE = 0.01;

const four = (value: number): number => Math.round(value * 1e4) / 1e4;

const source = (
  model: FittedModel,
  repositories: readonly (readonly LabelledChange[])[],
  trained: string,
): string => `// Written by \`npx tsx eval/risk/train.ts --data DIR\`; edit the training, not this file. Fitted on ${trained}.
import type { RiskFeatures } from "./features.ts";

export interface RiskModel {
  readonly intercept: number;
  /** \`weight\` multiplies log(1 + figure); \`typical\` is the mean of that logarithm over source-touching changes. */
  readonly terms: readonly { readonly feature: keyof RiskFeatures; readonly weight: number; readonly typical: number }[];
  /** Scores above which the riskiest 30 % and 10 % of the changes in a training repository lie, on average. */
  readonly mediumFrom: number;
  readonly highFrom: number;
}

/** The fitted model: a few weights anyone can read. */
export const RISK_MODEL: RiskModel = {
  intercept: ${four(model.intercept)},
  terms: [
${model.terms
  .filter((term) => term.weight >= NEGLIGIBLE)
  .map((term) => `    { feature: "${term.feature}", weight: ${four(term.weight)}, typical: ${four(term.typical)} },`)
  .join("\n")}
  ],
  mediumFrom: ${four(typicalScore(model, repositories, 0.7))},
  highFrom: ${four(typicalScore(model, repositories, 0.9))},
};
`;

const reportValidation = (model: FittedModel, repositories: readonly (readonly LabelledChange[])[]): void => {
  for (const [name, keep] of [
    ["all changes", () => true],
    ["source-touching changes", (change: LabelledChange) => change.features.sourceFiles > 0],
  ] as const) {
    const gains = repositories.map((all) => {
      const changes = all.filter(keep);
      const labels = changes.map((change) => change.inducing);
      const ours = auc({ labels, scores: changes.map((change) => oddsOf(model, change.features)) });
      return { ours, lines: auc({ labels, scores: changes.map((change) => change.features.added) }) };
    });
    say(`validation, ${name}: AUC ${mean(gains.map((gain) => gain.ours)).toFixed(4)}, lines added ${mean(gains.map((gain) => gain.lines)).toFixed(4)}`);
  }
};

const main = (): number => {
  const { values } = parseArgs({ options: { data: { type: "string" }, "dry-run": { type: "boolean", default: false } } });
  const folder = values.data ?? ".";
  const missing: string[] = [];
  const load = (split: Split): readonly (readonly LabelledChange[])[] =>
    repositoriesOf(split).flatMap((repository) => {
      const changes = readLabelled(folder, repository);
      if (changes === undefined) missing.push(repository.name);
      return changes === undefined ? [] : [changes];
    });
  const published = ISSTA_PROJECTS.flatMap((project) => {
    const changes = readIssta(folder, project);
    if (changes === undefined) missing.push(project);
    return changes === undefined ? [] : [changes];
  });
  const [training, validation] = [load("training"), load("validation")];
  if (missing.length > 0) {
    say(`Missing in ${folder}: ${missing.join(", ")}. Label clones with eval/risk/szz.ts; the ISSTA'21 files come from ZZR0/ISSTA21-JIT-DP.`);
    return 2;
  }
  const model = fitModel([...training, ...published]);
  const changes = [...training, ...published].reduce((sum, one) => sum + one.length, 0);
  for (const term of model.terms) say(`  ${term.feature}: ${four(term.weight)}`);
  reportValidation(model, validation);
  if (!values["dry-run"]) writeFileSync(COEFFICIENTS, source(model, training, `${changes} changes of ${training.length + published.length} repositories`));
  return 0;
};

process.exitCode = main();
