import { RISK_MODEL } from "./coefficients.ts";

/** With fewer other changes than this a percentile would say more about chance than about the change. */
const ENOUGH_OTHERS = 20;
const HIGH_FROM = 90;
const MEDIUM_FROM = 70;

export type RiskLevel = "low" | "medium" | "high";

/** How many of the other changes score lower, in whole percent (0..100; equals count half). Undefined with fewer than 20 others. */
export function riskPercentile(score: number, others: readonly number[]): number | undefined {
  if (others.length < ENOUGH_OTHERS) return undefined;
  const below = others.filter((other) => other < score).length;
  const equal = others.filter((other) => other === score).length;
  return Math.floor((100 * (below + equal / 2)) / others.length);
}

/**
 * `high` is the riskiest tenth, `medium` the fifth below it. Where this repository has too few changes for a percentile,
 * the score is held against the same tenths of the changes the model was fitted on.
 */
export function riskLevel(percentile: number | undefined, score = 0): RiskLevel {
  if (percentile === undefined) return levelFrom(score, RISK_MODEL.mediumFrom, RISK_MODEL.highFrom);
  return levelFrom(percentile, MEDIUM_FROM, HIGH_FROM);
}

const levelFrom = (value: number, medium: number, high: number): RiskLevel => {
  if (value >= high) return "high";
  return value >= medium ? "medium" : "low";
};
