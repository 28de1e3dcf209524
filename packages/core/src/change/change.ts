import type { DiffFile, HistoryGap } from "./diff.ts";
import type { CommitFacts, HeadKind } from "./ports.ts";

/** What a file is for. `test`, `snapshot` and `fixture` together are the test side. */
export type FileKind =
  | "source"
  | "test"
  | "snapshot"
  | "fixture"
  | "config"
  | "docs"
  | "generated"
  | "vendored"
  | "lock"
  | "migration"
  | "ci"
  | "asset";

/** A function, method or class that a change touches. */
export interface TouchedSymbol {
  readonly name: string;
  /** The line on head (on base for deletions) where the touched region starts. */
  readonly line: number;
}

/** A changed file in people's terms. */
export interface ChangedFile extends DiffFile {
  readonly kind: FileKind;
  /** Names of the areas it belongs to, by path or by content. */
  readonly areas: readonly string[];
  /** Folder of the workspace package it belongs to; `.` in a single-package repository. */
  readonly packageDir: string;
  readonly symbols: readonly TouchedSymbol[];
  /** True when what runs may differ: not only comments, white space, type-only lines or prose. */
  readonly behaviour: boolean;
  /** True when it adds tests beside the code they test, as Rust's `#[test]` does. */
  readonly testsInside?: true;
  /** Added lines that are not copies of lines this change deletes elsewhere: moved code is not new code. Head line numbers. */
  readonly newLines: readonly number[];
}

export type ChangeType = "fix" | "feature" | "refactor" | "docs" | "chore";

/** Risk as a percentile of this repository, with reasons about the change and never about a person. */
export interface Risk {
  /** 0..1, from the model. */
  readonly score: number;
  /** 0..100 against this repository's recent changes; absent when there are too few of them. */
  readonly percentile?: number;
  readonly level: "low" | "medium" | "high";
  readonly reasons: readonly string[];
}

/** One change, read once, in people's terms. */
export interface Change {
  readonly base: string;
  readonly baseName: string;
  readonly head: string;
  readonly headName: string;
  readonly headKind: HeadKind;
  readonly headTree: string;
  readonly mergeBase: string;
  readonly mergeBaseTree: string;
  /** Committer time of the newest commit of the head, seconds since the epoch; absent when unknown. */
  readonly headTime?: number;
  readonly files: readonly ChangedFile[];
  readonly added: number;
  readonly deleted: number;
  readonly areas: readonly string[];
  readonly type: ChangeType;
  /** How the type was found: said by a trailer or flag, by a conventional prefix, or inferred from what changed. */
  readonly typeFrom: "declared" | "prefix" | "inferred";
  readonly commits: readonly CommitFacts[];
  /** True when an agent wrote at least one commit (by account or trailer). */
  readonly byAgent: boolean;
  readonly risk: Risk;
  readonly gaps: readonly HistoryGap[];
}

/** The test side of a repository: tests, their snapshots and fixtures. */
export const isTestSide = (file: { readonly kind: FileKind }): boolean =>
  file.kind === "test" || file.kind === "snapshot" || file.kind === "fixture";

/** True when a file adds to the tests, in a file of tests or beside its own code. */
export const bringsTest = (file: Pick<ChangedFile, "kind" | "status" | "added" | "testsInside">): boolean =>
  file.testsInside === true || (isTestSide(file) && file.status !== "deleted" && file.added > 0);
