import type { GateName, Place } from "#kernel";
import type { EvidenceBase } from "../observed.ts";

/** What somebody found when they tried one thing. `skipped` says why in its note. */
export type QaOutcome = "passed" | "failed" | "skipped";

/** One thing to try by hand. */
export interface QaItem {
  /** The same for the same thing as long as it is there: `criterion:ST-cart#AC-1`. */
  readonly id: string;
  readonly from: "journey" | "criterion" | "access" | "area" | "route" | "page" | "data" | "uncovered";
  /** What to do, and what has to come of it. */
  readonly what: string;
  /** Why this change makes it worth trying. */
  readonly why: string;
  readonly place?: Place;
  /** False where a test shows it already, or where it is a hint: nobody owes it. */
  readonly owed: boolean;
}

/** What a person tried, on which build, with which outcome. What is signed. */
export interface QaRun {
  readonly schema: "proofline/qa-run/1";
  /** Who did it: the principal of the signing key, else as Git knows them. */
  readonly by: string;
  /** ISO timestamp. */
  readonly at: string;
  /** `sha256:` over the product's files as they were tried: whatever ships, and no prose, test or record. Another product was not tried. */
  readonly product: string;
  readonly build: { readonly commit?: string; readonly artifact?: string; readonly environment?: string };
  readonly items: readonly { readonly id: string; readonly what: string; readonly outcome: QaOutcome; readonly note?: string }[];
  readonly note?: string;
}

/** A record of the head, and whether it counts for what is judged. */
export interface QaRunSeen {
  readonly file: string;
  readonly run: QaRun;
  /** `lapsed`: the code has changed since. `unsigned`, `foreign`, `agent`: nobody here vouches for it. `unreadable` files are not among them. */
  readonly state: "signed" | "self" | "reported" | "lapsed" | "refused";
  /** Why it does not count, or how far it does. */
  readonly because?: string;
}

/** What policy owes for this change. */
export interface QaOwed {
  readonly gates: readonly GateName[];
  readonly by: readonly string[];
  /** Why the rule applies, in words. */
  readonly because: string;
}

/** Everything about trying a change by hand: what policy owes, what there is to try, and who tried it. */
export interface Qa extends EvidenceBase {
  readonly kind: "qa";
  readonly product: string;
  readonly owed: readonly QaOwed[];
  readonly items: readonly QaItem[];
  readonly runs: readonly QaRunSeen[];
}
