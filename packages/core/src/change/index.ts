export type { Diff, DiffFile, DiffLine, FileStatus, HistoryGap, Hunk } from "./diff.ts";
export type {
  ChangeRequest,
  CommitFacts,
  FileContent,
  HeadKind,
  PastChange,
  Repository,
  ResolvedChange,
  TreeEntry,
} from "./ports.ts";
export { isTestSide, type Change, type ChangedFile, type ChangeType, type FileKind, type Risk, type TouchedSymbol } from "./change.ts";
export { isIllustrative, secretHint, secretHintOffsets } from "./secret-hint.ts";
export { agentSigns, writtenByAgent, type AgentSign } from "./agents.ts";
export { isDeclarationFile } from "./code/behaviour.ts";
export type { TextOf } from "./code/changed-code.ts";
export { describeChange, describeFiles, type ChangeInput } from "./describe-change.ts";
export { fileKind, type MarkedKind } from "./kinds/file-kind.ts";
export { newLines } from "./moved-lines.ts";
export { packageOf } from "./packages/package-of.ts";
export { manifestsAbove, workspacePackages } from "./packages/workspace-packages.ts";
export { changeTypeOf, type TypeFound, type TypeInput } from "./type/change-type.ts";
export { areasOfFiles, type AreasOfFile } from "./areas.ts";
export { compareVersions } from "./lock-files/compare-versions.ts";
export { diffLocks, hashesConflict, type LockDiff, type Moved } from "./lock-files/diff-locks.ts";
export type { Ecosystem, LockedPackage, LockFile, LockReading, PackageSource } from "./lock-files/lock-file.ts";
export { isOpenRange, wantedAnew, wantedBy, type Wanted } from "./lock-files/manifest.ts";
export { isLockFile, LARGEST_LOCK_FILE, readLockFile } from "./lock-files/read-lock-file.ts";
export { riskFeatures, type RiskFeatures } from "./risk/features.ts";
export { riskLevel, riskPercentile } from "./risk/percentile.ts";
export { scoreRisk, type RiskReason, type RiskScore } from "./risk/score-risk.ts";
