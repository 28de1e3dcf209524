import type { QaRule } from "./qa/qa-rule.ts";

/** A part of the repository with its own risk and owners. */
export interface Area {
  readonly name: string;
  /** Globs; `!glob` excludes. */
  readonly paths: readonly string[];
  readonly risk: "low" | "medium" | "high";
  /** People or teams, as CODEOWNERS writes them: `@user`, `@org/team`, an e-mail address. */
  readonly owners: readonly string[];
  /** False for Proofline's built-in areas, true once `proofline.yaml` names it. */
  readonly declared: boolean;
}

/** A critical part of the product whose coverage only goes up. */
export interface Surface {
  readonly name: string;
  readonly paths: readonly string[];
  /** Percent floors, 0..100, as the target branch sets them. */
  readonly floor?: { readonly lines?: number; readonly branches?: number };
}

/** One CODEOWNERS line. Later rules win; a rule without owners takes ownership away. */
export interface OwnerRule {
  readonly pattern: string;
  readonly owners: readonly string[];
  readonly line: number;
  /** GitLab: the section it stands in. The last match of each section counts, and their owners add up. */
  readonly section?: string;
  /** GitLab: an approval by these owners is welcome, not owed. */
  readonly optional?: boolean;
}

/** What the target branch says must be true. Read from the base, never from the change itself. */
export interface Intent {
  readonly areas: readonly Area[];
  readonly surfaces: readonly Surface[];
  readonly codeOwners: readonly OwnerRule[];
  /** Where CODEOWNERS was found; absent when there is none. */
  readonly codeOwnersFile?: string;
  /** When somebody has to try a change by hand; absent where nobody has to. */
  readonly qa?: readonly QaRule[];
  /** True when the target branch holds anything of the gate: a configuration, keys or a baseline. */
  readonly gated?: boolean;
}
