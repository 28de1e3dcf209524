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
