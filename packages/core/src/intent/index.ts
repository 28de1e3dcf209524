export { baselineShrinks } from "./baseline-shrinks.ts";
export type { Area, Intent, OwnerRule, Surface } from "./area.ts";
export { areasSchema, declaredAreas, declaredSurfaces, surfacesSchema, workspaceSchema } from "./config.ts";
export { CONFIG_FILES, gateChange, gateFile, runsProofline, type GateCandidate, type GateChange, type GateFile } from "./config-files.ts";
export { AREA_SIGNS, type AreaSign } from "./area-signs.ts";
export { compileAreas, type AreasOfPath } from "./area-matcher.ts";
export { DEFAULT_AREAS, effectiveAreas } from "./default-areas.ts";
export { CODE_OWNERS_FILES, ownersOf, readCodeOwners, type CodeOwners, type CodeOwnersProblem } from "./code-owners.ts";
export { attributesOf, declaredAttributes, readAttributes, type AttributeRule, type FileAttribute } from "./path-attributes.ts";
export { matchesPattern, readPattern, type PathPattern, type PatternDialect } from "./path-pattern.ts";
export type { Yaml } from "./stories/front-matter.ts";
export type { CriterionState, Criterion, Story, StoryProblem } from "./stories/story.ts";
export type { DraftCriterion, StoryDraft } from "./stories/edit-story.ts";
export type { ImportedStory, LeftOut, SourceFile, SpecFormat } from "./stories/import/imported.ts";
export type { LintFinding, LintRule } from "./stories/lint/finding.ts";
export { storyLibrary, type StoryLibrary } from "./stories/story-library.ts";
export { nameOfRef, refsIn, type CriterionRef } from "./stories/criterion-ref.ts";
export { isStoryFile } from "./stories/story-id.ts";
export type { BehaviourNews, ProofNews } from "./stories/history/compare-versions.ts";
export type { HistoryEntry, SignedThen } from "./stories/history/history.ts";
export type { StoryVersion } from "./stories/history/story-version.ts";
export {
  technicalSpecFile,
  TECHNICAL_SPECS_FOLDER,
  type ProductPart,
  type ProofLayer,
  type SpecCall,
  type SpecExpectation,
  type SpecGuarantee,
  type SpecInterfaces,
  type SpecNote,
  type SpecPlace,
  type SpecProof,
  type SpecQuestion,
  type SpecRoute,
  type TechnicalSpec,
} from "./technical-specs/technical-spec.ts";
export { technicalSpecLibrary } from "./technical-specs/technical-spec-library.ts";
export { approvable, promiseDigest, revisionsOf, whyLapsed, type Approvable, type FileState, type Signable } from "./signoffs/approved.ts";
export { owedRoles, type OwedRole, type StoryImpact } from "./signoffs/owed-roles.ts";
export { isSignoffFile, readSignoff, renderSignoff, SIGNOFF_FOLDER, signoffPath, type SignoffDocument, type SignoffStatement } from "./signoffs/signoff.ts";
export { ROLE_TITLES, ROLES, STAGE_RULES, STAGES, stageOf, type Role, type Stage, type StageRule } from "./signoffs/stages.ts";
export { isJourneyFile } from "./journeys/journey-id.ts";
export { LAYERS, type Journey, type JourneyLayer, type JourneyReading, type JourneyTest } from "./journeys/journey.ts";
export { journeyLibrary, type JourneyLibrary } from "./journeys/journey-library.ts";
export { declaredQa, qaSchema, type QaRule } from "./qa/qa-rule.ts";
export { lockGrows } from "./signoffs/lock-grows.ts";
