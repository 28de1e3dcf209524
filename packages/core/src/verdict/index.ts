export { contributionOf, decide } from "./algebra.ts";
export { baselineFrom, diffBaseline, EMPTY_BASELINE, isDebt, parseBaseline, renderBaseline, shrinkBaseline, type Baseline, type Debt, type Looked } from "./baseline/baseline.ts";
export { BASELINE_FILE, type BaselineEntry } from "./baseline/baseline-entry.ts";
export { fingerprintOf } from "./fingerprint.ts";
export { gateOf } from "./gate.ts";
export { judge, type DemotedCheck, type JudgeInput, type Judgement } from "./judge.ts";
export type { MissingRun } from "./missing-runs.ts";
export { modeAt, upcomingMode, type ModeSetting } from "./mode.ts";
export { nearest } from "./nearest.ts";
export { effectiveEffect, NOISE_WINDOW, noiseOf, type Noise, type Outcome } from "./noise.ts";
export {
  DEFAULT_POLICY,
  planChecks,
  resolvePolicy,
  type CheckDefaults,
  type CheckPlan,
  type CheckPolicy,
  type CheckSetting,
  type PolicyConfig,
  type ResolvedPolicy,
  type SilencedCheck,
} from "./policy.ts";
export { checksSchema, declaredPolicy, gatesSchema, policySchema, type DeclaredPolicy } from "./policy-schema.ts";
export { compileRule, type RuleProblem } from "./rules/compile-rule.ts";
export { RULE_TYPES, RULE_VARIABLES, type ModelField, type RuleFacts } from "./rules/rule-model.ts";
export type { CompiledRule, RuleSetting } from "./rules/rule.ts";
export { SUBSUMPTIONS, type SubsumedFinding } from "./subsumption.ts";
export { loosenings, named, tighten, type Loosening } from "./tighten.ts";
export { KEY_FOLDER, parsePublicKey, renderPublicKey, type ListedKeys, type PublicKey } from "./waivers/public-key.ts";
export { isKeyFile, isWaiverFile, readKeys, readWaivers, type TextFile, type VettedWaivers } from "./waivers/read-waivers.ts";
export { signWaiver, type WaiverSigner } from "./waivers/sign-waiver.ts";
export { vetWaiver, type RefusedWaiver, type WaiverContext } from "./waivers/vet-waiver.ts";
export { parseWaiver, renderWaiver, WAIVER_FOLDER, waiverPath } from "./waivers/waiver-file.ts";
export {
  WAIVER_PAYLOAD_TYPE,
  waiverBytes,
  type VerifySignature,
  type Waiver,
  type WaiverDocument,
  type WaiverSignature,
  type WaiverStatement,
} from "./waivers/waiver.ts";
export * from "./statements/statements.ts";
export { signoffBytes, signSignoff, vetSignoff, type SignoffContext, type VettedSignoff } from "./signoffs/vet-signoff.ts";
export { isQaFile, parseQaRun, QA_FOLDER, qaPath, renderQaRun } from "./qa/qa-file.ts";
export { signQaRun, vetQaRun, type QaRunContext, type QaRunDocument } from "./qa/vet-qa-run.ts";
