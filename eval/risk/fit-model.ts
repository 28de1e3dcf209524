import type { LabelledChange } from "./labelled-changes.ts";
import { fitLogistic, type Example } from "./logistic.ts";
import type { PublishedChange } from "./published-changes.ts";
import { RISK_TERMS, termValue, type RiskFeatures } from "./risk-model.ts";

export interface FittedTerm {
  readonly feature: keyof RiskFeatures;
  readonly weight: number;
  /** Mean value of the term among the changes it was fitted on. */
  readonly typical: number;
}

export interface FittedModel {
  readonly intercept: number;
  readonly terms: readonly FittedTerm[];
}

type Trainable = Pick<LabelledChange, "features" | "inducing">;

/** Every repository weighs the same, however long its history. */
const WEIGHT_OF_A_REPOSITORY = 1_000;
const PENALTY = 1e-3;

const inputsOf = (features: RiskFeatures): readonly number[] => RISK_TERMS.map((term) => termValue(features, term.feature));

/**
 * Fits the product's model on the source-touching changes of several repositories. Each repository has its own intercept,
 * so the weights rank changes within a repository; no weight may be negative, so more change never scores lower.
 */
export const fitModel = (repositories: readonly (readonly Trainable[])[]): FittedModel => {
  const groups = repositories.map((changes) => changes.filter(({ features }) => features.sourceFiles > 0));
  const examples = groups.flatMap((changes, group) =>
    changes.map(({ features, inducing }): Example => ({
      inputs: inputsOf(features),
      positive: inducing,
      group,
      weight: WEIGHT_OF_A_REPOSITORY / changes.length,
    })),
  );
  const fit = fitLogistic(examples, { penalty: PENALTY, signs: RISK_TERMS.map(() => 1) });
  const weights = examples.reduce((sum, example) => sum + example.weight, 0);
  const terms = RISK_TERMS.map(({ feature }, column) => ({
    feature,
    weight: fit.coefficients[column] ?? 0,
    typical: examples.reduce((sum, example) => sum + example.weight * (example.inputs[column] ?? 0), 0) / weights,
  }));
  return { intercept: fit.intercepts.reduce((sum, value) => sum + value, 0) / fit.intercepts.length, terms };
};

/** Weights over the published columns, tracker link included; ranks changes of one or several projects. */
export type ColumnModel = (change: PublishedChange) => number;

/** A reference over published columns only: same terms and fitter, plus the tracker link, one intercept for all projects. */
export const fitColumns = (projects: readonly (readonly PublishedChange[])[]): ColumnModel => {
  const inputs = (change: PublishedChange): readonly number[] => [...inputsOf(change.features), change.linkedToDefect];
  const examples = projects.flatMap((changes) =>
    changes.map((change): Example => ({ inputs: inputs(change), positive: change.inducing, group: 0, weight: WEIGHT_OF_A_REPOSITORY / changes.length })),
  );
  const { coefficients } = fitLogistic(examples, { penalty: PENALTY, signs: [...RISK_TERMS.map(() => 1 as const), 1] });
  return (change) => inputs(change).reduce((sum, value, column) => sum + value * (coefficients[column] ?? 0), 0);
};
