import type { OwedRole } from "#intent";
import type { EvidenceBase } from "../observed.ts";
import type { LockedChange } from "../proof-lock/locked-changes.ts";

/** A signature a change owes, and what became of it. */
export interface OwedSign extends OwedRole {
  /** Where the story stands. */
  readonly file: string;
  /** `refused`: there is one that does not count. */
  readonly state: "signed" | "missing" | "lapsed" | "refused";
  /** Who signed, or tried to. */
  readonly by?: string;
  /** Why it does not count, or not any more. */
  readonly why?: string;
  /** Who may sign; nobody named: a key that lists the role. */
  readonly entitled: readonly string[];
}

/** A criterion that was planned where the change begins and is promised on its head. */
export interface KeptPlan {
  readonly story: string;
  readonly criterion: string;
  readonly owner?: string;
  readonly file: string;
  readonly line: number;
  readonly revision: string;
  /** Test files that name it on the head, with the titles of single tests where it is they that do. */
  readonly tests: readonly { readonly file: string; readonly titles: readonly string[] }[];
}

/** What a change does to what people signed, to locked proofs, and to plans; read from files of both sides. Nothing was run for it. */
export interface StorySigns extends EvidenceBase {
  readonly kind: "story-signs";
  readonly owed: readonly OwedSign[];
  readonly locked: readonly LockedChange[];
  readonly kept: readonly KeptPlan[];
}
