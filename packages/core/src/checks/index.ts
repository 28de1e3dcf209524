export { ALL_GATES, defineCheck, SHARED_GATES, type Check, type EvidenceNeed, type Facts, type FileRequest, type OptionSpec, type StaticFacts, type TextSide, type TreeOf } from "./check.ts";
export { allChecks } from "./registry.ts";
