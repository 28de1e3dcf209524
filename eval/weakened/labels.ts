import { readFileSync } from "node:fs";
import type { Split } from "./repositories.ts";

/** What can be done to a test; `expectation` is an expected value that moved. A label names every kind that was seen. */
export const KINDS = ["assertion-removed", "matcher-loosened", "tolerance", "skipped", "only", "conditional", "early-return", "swallowed", "mock-of-unit", "snapshot", "timeout-raised", "retries-raised", "threshold-lowered", "excluded", "test-deleted", "unreachable", "forced-pass", "expectation"] as const;
export type Kind = (typeof KINDS)[number];

/** One commit of one repository, judged against its first parent. */
export interface SampledCommit {
  readonly repository: string;
  readonly commit: string;
}

/** A commit somebody read. README.md says what each label means. */
export interface Label extends SampledCommit {
  /** The sample it was drawn for: by a neutral signal, by a strong one, or uniformly. */
  readonly sample: "suspicious" | "marked" | "ordinary";
  readonly label: "weakened" | "question" | "innocent";
  /** Absent for innocent commits, like all below. */
  readonly kinds?: readonly Kind[];
  /** Where it shows first: a path, a line (from one) and the side that has it. */
  readonly file?: string;
  readonly line?: number;
  readonly side?: "base" | "head";
  /** Skipped, removed or lowered outright, and nobody wrote down why. */
  readonly mayBlock?: boolean;
  readonly why: string;
}

const read = (name: string): unknown => JSON.parse(readFileSync(new URL(`./${name}.json`, import.meta.url), "utf8"));

/** Every commit of a split that was read. */
export const labelsOf = (split: Split): readonly Label[] => read(`labels-${split}`) as Label[];

const ORDINARY: Readonly<Record<Split, string>> = { dev: "ordinary", "held-out": "ordinary", fresh: "ordinary-fresh", second: "ordinary-second" };

/** The uniform sample of test-touching commits, of the first two splits in one list; most of it has no label. */
export const ordinaryCommits = (split: Split): readonly SampledCommit[] => read(ORDINARY[split]) as SampledCommit[];
