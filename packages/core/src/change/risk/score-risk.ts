import { RISK_MODEL } from "./coefficients.ts";
import type { RiskFeatures } from "./features.ts";
import { RISK_TERMS, termValue } from "./risk-terms.ts";

/** Why a change scores above a typical one. */
export interface RiskReason {
  readonly feature: keyof RiskFeatures;
  /** By how much it lifts the log-odds above a typical change's. */
  readonly contribution: number;
  readonly words: string;
}

export interface RiskScore {
  /** 0..1. Ranks changes of one repository; as a probability it needs that repository's own base rate. */
  readonly score: number;
  /** What raises the risk, strongest first; empty for a change that is ordinary in every respect. */
  readonly reasons: readonly RiskReason[];
}

/** Below this a reason would be told about changes nobody would call unusual. */
const WORTH_SAYING = 0.1;

/** Scores a change by its figures. More source, more files or more parts of the tree never lower the score. */
export function scoreRisk(features: RiskFeatures): RiskScore {
  const parts = RISK_MODEL.terms.map(({ feature, weight, typical }) => {
    const value = termValue(features, feature);
    return { feature, lift: weight * value, contribution: weight * (value - typical) };
  });
  const odds = parts.reduce((sum, part) => sum + part.lift, RISK_MODEL.intercept);
  const reasons = parts
    .filter((part) => part.contribution >= WORTH_SAYING)
    .sort((one, other) => other.contribution - one.contribution)
    .map(({ feature, contribution }) => ({ feature, contribution, words: wordsFor(feature, features) }));
  return { score: 1 / (1 + Math.exp(-odds)), reasons };
}

const wordsFor = (feature: keyof RiskFeatures, features: RiskFeatures): string =>
  RISK_TERMS.find((term) => term.feature === feature)?.words(features) ?? feature;
