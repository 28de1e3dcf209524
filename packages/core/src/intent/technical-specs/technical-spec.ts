import type { CriterionState } from "../stories/story.ts";

/** How much of the product a proof drives. */
export type ProofLayer = "unit" | "integration" | "e2e";

/** Which part of a product a repository holds, as far as its files tell. */
export type ProductPart = "front end" | "back end" | "library" | "infrastructure" | "observability" | "deployment";

/** A file the story speaks of. */
export interface SpecFile {
  readonly path: string;
  readonly kind: string;
  readonly package: string;
}

/** Where the story stands in one repository. */
export interface SpecPlace {
  /** What made it an affected one, in words. */
  readonly because: string;
  /** Sorted; at most 200. */
  readonly files: readonly SpecFile[];
  readonly ofFiles: number;
  /** Globs of the story that name nothing here. */
  readonly unmatched: readonly string[];
  readonly parts: readonly ProductPart[];
  readonly packages: readonly { readonly name: string; readonly folder: string; readonly private: boolean; readonly stack: readonly string[]; readonly runners: readonly string[] }[];
  readonly areas: readonly { readonly name: string; readonly risk: "low" | "medium" | "high"; readonly owners: readonly string[] }[];
  /** Of CODEOWNERS, with how many of the files each answers for. */
  readonly owners: readonly { readonly who: string; readonly files: number }[];
  /** Files nobody owns. */
  readonly ownerless: number;
  readonly surfaces: readonly { readonly name: string; readonly floor?: { readonly lines?: number; readonly branches?: number } }[];
}

/** A way in that others use. */
export interface SpecRoute {
  readonly method: string;
  readonly path: string;
  readonly file: string;
  /** The description that promises it, and its operation there. */
  readonly contract?: { readonly file: string; readonly operation?: string };
}

/** What others may call, read or be told. */
export interface SpecInterfaces {
  readonly routes: readonly SpecRoute[];
  readonly contracts: readonly { readonly kind: string; readonly name: string; readonly because: string }[];
  /** Names that files of the story export; `public` where a way into the package leads to them. */
  readonly symbols: readonly { readonly name: string; readonly kind: string; readonly file: string; readonly line: number; readonly public: boolean }[];
  readonly ofSymbols: number;
  /** Tables and collections. `step` is a file that changes them, `code` one that uses them. */
  readonly tables: readonly { readonly name: string; readonly files: readonly { readonly file: string; readonly as: "step" | "code" }[] }[];
  /** Routes of other repositories that code here names, and the other way round. */
  readonly calls: readonly SpecCall[];
  readonly calledBy: readonly SpecCall[];
  /** Files and packages that depend on those of the story. */
  readonly dependents: { readonly files: number; readonly packages: readonly string[] };
}

/** One repository's code names a route that another one handles. */
export interface SpecCall {
  readonly repository: string;
  readonly route: string;
  readonly files: readonly string[];
}

/** A test that shows a guarantee. */
export interface SpecProof {
  readonly repository?: string;
  readonly file: string;
  readonly titles: readonly string[];
  readonly layer: ProofLayer;
  readonly state: string;
}

/** Something this repository has to keep. */
export interface SpecGuarantee {
  readonly kind: "behaviour" | "access" | "unchanged";
  /** `ST-cart#AC-1`, or `ST-cart · guest may not cancel order`. */
  readonly name: string;
  readonly state: CriterionState | "stated";
  readonly says: string;
  /** The lowest layer a proof has to drive, and why that one. */
  readonly layer: ProofLayer;
  readonly why: string;
  readonly proofs: readonly SpecProof[];
  /** True where no test at that layer or above shows it, in any repository. */
  readonly owed: boolean;
}

/** A number the story states, and where it would be seen to hold. */
export interface SpecExpectation {
  readonly id?: string;
  readonly says: string;
  readonly kind: "latency" | "share" | "size" | "rate" | "period" | "count" | "unknown";
  readonly bound?: string;
  readonly measure?: string;
}

/** What to do, and when, so that old and new can stand side by side. */
export interface SpecNote {
  readonly about: string;
  readonly says: string;
}

/** Something only a person can say. */
export interface SpecQuestion {
  readonly from: "story" | "code";
  readonly says: string;
}

/** What one repository owes a story, read from the story and from what stands in the repository. No code, and nothing that was not found. */
export interface TechnicalSpec {
  readonly story: string;
  readonly title: string;
  /** SHA-256 over everything the story says that this follows from. */
  readonly storyRevision: string;
  readonly repository: string;
  readonly place: SpecPlace;
  readonly interfaces: SpecInterfaces;
  readonly guarantees: readonly SpecGuarantee[];
  readonly expectations: readonly SpecExpectation[];
  /** Telemetry libraries and dashboards found here. */
  readonly instruments: readonly string[];
  readonly migration: readonly SpecNote[];
  readonly rollback: readonly SpecNote[];
  readonly testsOwed: readonly { readonly names: string; readonly layer: ProofLayer; readonly says: string }[];
  readonly questions: readonly SpecQuestion[];
}

/** The folder technical specs stand in. */
export const TECHNICAL_SPECS_FOLDER = "proofline/technical-specs";

/** Where the technical spec of a story for a repository stands. Names are made of letters, digits, dots and dashes. */
export const technicalSpecFile = (story: string, repository: string): string => `${TECHNICAL_SPECS_FOLDER}/${story}/${repository.replace(/^@/, "").replace(/[^\w.-]+/g, "-").replace(/^[.-]+/, "").slice(0, 80) || "here"}.md`;
