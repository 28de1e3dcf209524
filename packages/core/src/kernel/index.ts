export type {
  Answer,
  CheckId,
  Effect,
  Finding,
  GateName,
  Json,
  Mode,
  Observation,
  Place,
  Question,
  Side,
} from "./finding.ts";
export { EXIT_CODES, type Decision, type Scope } from "./decision.ts";
export { defineError, isProoflineError, ProoflineError, type ErrorDefinition, type ErrorExit } from "./error.ts";
export { canonicalJson, digestOf, sha256Hex } from "./canonical-json.ts";
export { compileGlobs, type PathMatcher } from "./globs.ts";
export { DEEPEST_YAML, yamlTooDeep } from "./yaml-depth.ts";
export { nearest } from "./nearest.ts";
export { tellingLines } from "./telling-lines.ts";
export { withoutCredentials } from "./without-credentials.ts";
