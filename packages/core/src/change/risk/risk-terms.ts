import type { RiskFeatures } from "./features.ts";

/** A figure the model may weigh. More of it never lowers the score: the fit forbids negative weights. */
export interface RiskTerm {
  readonly feature: keyof RiskFeatures;
  /** What it says of this change, for a reviewer. */
  readonly words: (features: RiskFeatures) => string;
}

const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;
const files = (count: number): string => counted(count, "file", "files");

/** Every figure the training may use, in the order its coefficients are written. */
export const RISK_TERMS: readonly RiskTerm[] = [
  {
    feature: "sourceAdded",
    words: ({ sourceAdded, sourceFiles }) => `adds ${counted(sourceAdded, "line", "lines")} of source across ${files(sourceFiles)}`,
  },
  { feature: "sourceDeleted", words: ({ sourceDeleted }) => `deletes ${counted(sourceDeleted, "line", "lines")} of source` },
  { feature: "sourceFiles", words: ({ sourceFiles }) => `changes ${counted(sourceFiles, "source file", "source files")}` },
  { feature: "sourceDirectories", words: ({ sourceDirectories }) => `touches ${counted(sourceDirectories, "source folder", "source folders")}` },
  { feature: "subsystems", words: ({ subsystems }) => `reaches into ${counted(subsystems, "part", "parts")} of the source tree` },
  { feature: "rewrittenFiles", words: ({ rewrittenFiles }) => `rewrites existing code in ${files(rewrittenFiles)}` },
];

/** How a figure enters the model: the tenth line weighs less than the first. */
export const termValue = (features: RiskFeatures, feature: keyof RiskFeatures): number => Math.log1p(features[feature]);
