// Written by `npx tsx eval/risk/train.ts --data DIR`; edit the training, not this file. Fitted on 246284 changes of 27 repositories.
import type { RiskFeatures } from "./features.ts";

export interface RiskModel {
  readonly intercept: number;
  /** `weight` multiplies log(1 + figure); `typical` is the mean of that logarithm over source-touching changes. */
  readonly terms: readonly { readonly feature: keyof RiskFeatures; readonly weight: number; readonly typical: number }[];
  /** Scores above which the riskiest 30 % and 10 % of the changes in a training repository lie, on average. */
  readonly mediumFrom: number;
  readonly highFrom: number;
}

/** The fitted model: a few weights anyone can read. */
export const RISK_MODEL: RiskModel = {
  intercept: -2.9231,
  terms: [
    { feature: "sourceAdded", weight: 0.5516, typical: 2.4356 },
    { feature: "subsystems", weight: 0.1814, typical: 0.8143 },
    { feature: "rewrittenFiles", weight: 0.3005, typical: 0.8654 },
  ],
  mediumFrom: 0.1666,
  highFrom: 0.392,
};
