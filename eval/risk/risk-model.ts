/** The one place where the evaluation enters the product's code. */
export { RISK_MODEL } from "../../packages/core/src/change/risk/coefficients.ts";
export { riskFeatures, type RiskFeatures } from "../../packages/core/src/change/risk/features.ts";
export { RISK_TERMS, termValue } from "../../packages/core/src/change/risk/risk-terms.ts";
export { scoreRisk } from "../../packages/core/src/change/risk/score-risk.ts";
export { fileKind } from "../../packages/core/src/change/index.ts";
