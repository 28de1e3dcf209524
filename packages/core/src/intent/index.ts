export type { Area, Intent, OwnerRule, Surface } from "./area.ts";
export { areasSchema, declaredAreas, declaredSurfaces, surfacesSchema } from "./config.ts";
export { CONFIG_FILES, gateChange, gateFile, runsProofline, type GateCandidate, type GateChange, type GateFile } from "./config-files.ts";
export { AREA_SIGNS, type AreaSign } from "./area-signs.ts";
export { compileAreas, type AreasOfPath } from "./area-matcher.ts";
export { DEFAULT_AREAS, effectiveAreas } from "./default-areas.ts";
export { CODE_OWNERS_FILES, ownersOf, readCodeOwners, type CodeOwners, type CodeOwnersProblem } from "./code-owners.ts";
export { attributesOf, readAttributes, type AttributeRule, type FileAttribute } from "./path-attributes.ts";
export { matchesPattern, readPattern, type PathPattern, type PatternDialect } from "./path-pattern.ts";
