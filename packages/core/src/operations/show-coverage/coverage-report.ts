import type { HeadKind } from "#change";
import type { TestLayer, WeakPlace } from "#evidence";

/** Percent of lines and branches. */
export interface Shares {
  readonly lines?: number;
  readonly branches?: number;
}

/** How well one layer of tests meets a surface. */
export interface ProvingLayer {
  readonly layer: TestLayer;
  /** By reports that were handed in for this layer alone. */
  readonly covered?: Shares;
  /** Test files of the layer that ran functions of the surface when they were last measured, at the contents it has now. */
  readonly tests?: number;
}

/** A recorded value, oldest first in a trend. */
export interface TrendPoint {
  /** ISO timestamp. */
  readonly at: string;
  readonly commit: string;
  /** What was measured then; records of older versions hold the floor alone. */
  readonly covered: Shares;
}

export interface SurfaceCoverage {
  readonly name: string;
  /** Files of the tree it names. */
  readonly files: number;
  /** Of these, files that some report mentions. */
  readonly seen: number;
  /** False for what stands in for surfaces nobody declared: an area of high risk, or `all sources`. */
  readonly declared: boolean;
  /** Absent where no report mentions any of its files. */
  readonly covered?: Shares & { readonly of: { readonly lines: number; readonly branches: number } };
  /** What it may not fall below: the configured floor or the recorded value, whichever is higher. */
  readonly floor?: Shares & { readonly configured?: Shares; readonly recorded?: Shares };
  /** `unknown` where a floor is set and nothing was measured; absent without a floor. */
  readonly answer?: "holds" | "broken" | "unknown";
  readonly layers: readonly ProvingLayer[];
  readonly trend: readonly TrendPoint[];
}

/** What tests reach of the places that matter. */
export interface CoverageReport {
  readonly schema: "proofline/coverage/1";
  readonly head: string;
  readonly headKind: HeadKind;
  /** Where the figures come from, in words. */
  readonly sources: readonly { readonly origin: string; readonly source: "ran" | "reported"; readonly layer?: TestLayer; readonly files: number }[];
  readonly surfaces: readonly SurfaceCoverage[];
  /** The three places worth a test first. */
  readonly weakest: readonly WeakPlace[];
  /** Test files of which is known what they run through. */
  readonly measuredTests: number;
  /** Changes that `changes` of a place were counted in. */
  readonly ofChanges: number;
  /** True when values of this head were written into the ledger. */
  readonly recorded: boolean;
  readonly notes: readonly string[];
}
