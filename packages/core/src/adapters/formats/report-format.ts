import type { Audit, Coverage, RedKind, StaticAnalysis, TestCase, TestRun } from "#evidence";
import type { HeadTree } from "./paths/head-tree.ts";

/** A report with its compression and encoding undone. */
export interface ReportSource {
  /** Path as the user gave it. */
  readonly path: string;
  /** UTF-8 without a byte order mark. */
  readonly bytes: Uint8Array;
  /** The first 4,096 bytes as text. */
  readonly head: string;
  /** All of it as text. Decoded on every call: ask once. */
  text(): string;
  /** Local name of the first element, when it is XML. */
  readonly xmlRoot?: string;
  /** The document, when it is JSON. */
  readonly json?: unknown;
}

/** A line a failure or a stack names, with the path as printed. */
export interface Frame {
  readonly file: string;
  readonly line: number;
}

export interface DraftFailure {
  readonly kind: RedKind;
  readonly message: string;
  readonly missing?: string;
  /** Nearest to the cause first. */
  readonly frames: readonly Frame[];
}

/** A test case whose file is still as printed. */
export interface DraftCase extends Omit<TestCase, "id" | "failure"> {
  readonly file?: string;
  readonly suite: readonly string[];
  readonly name: string;
  readonly failure?: DraftFailure;
}

type Base = "source" | "subject" | "digest" | "origin" | "notes";

export interface DraftRun extends Omit<TestRun, Base | "cases" | "unloaded"> {
  readonly cases: readonly DraftCase[];
  readonly unloaded: readonly { readonly file: string; readonly failure: DraftFailure }[];
}

/** What a format read: evidence before paths are those of the repository and before anybody vouches for what it is about. */
export type Draft = DraftRun | Omit<Coverage, Base> | Omit<StaticAnalysis, Base> | Omit<Audit, Base>;

/** An instant a report gives for itself. */
export interface Stamp {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** False when it names no time zone, so it may be up to half a day off. */
  readonly zoned: boolean;
}

export interface ReadReport {
  readonly drafts: readonly Draft[];
  /** Commits the report says it is about. */
  readonly commits?: readonly string[];
  readonly writtenAt?: Stamp;
  /** It describes the world, not a commit: neither commit nor age is asked. */
  readonly timeless?: boolean;
  /** Folders its relative paths may start from. */
  readonly bases?: readonly string[];
  readonly notes?: readonly string[];
}

/** One kind of report. Adding one is a folder and a line in the registry. */
export interface ReportFormat {
  /** As people call it: `JUnit XML`. */
  readonly format: string;
  accepts(source: ReportSource): boolean;
  /** Throws the named errors of `errors.ts` and nothing else. */
  parse(source: ReportSource, tree: HeadTree): ReadReport;
}
