import { canonicalJson, sha256Hex, type CheckId, type Decision, type Effect, type GateName, type Mode, type Scope } from "#kernel";

/** One finding of a recorded verdict, as far as noise and waivers need it. */
export interface RecordedFinding {
  readonly check: CheckId;
  readonly fingerprint: string;
  readonly answer: "broken" | "unknown";
  readonly effect: Effect;
  /** True when it weighed in the decision, or would have without its waiver. */
  readonly alarm: boolean;
}

/** A verdict was given. */
export interface VerdictRecord {
  readonly kind: "verdict";
  readonly decision: Decision;
  readonly scope: Scope;
  readonly gate: GateName;
  readonly mode: Mode;
  readonly base: string;
  readonly head: string;
  readonly policyDigest: string;
  readonly findings: readonly RecordedFinding[];
  /** Judged by a job of the target branch after it had landed: alarms that were heeded before are no longer in it. */
  readonly landed?: true;
}

/** A waiver took a finding out of a decision. */
export interface WaiverUsedRecord {
  readonly kind: "waiver-used";
  readonly check: CheckId;
  readonly fingerprint: string;
  readonly by: string;
  readonly reason: string;
  readonly until: string;
  readonly how: "waiver" | "self";
  readonly head: string;
  readonly landed?: true;
}

/** Somebody called a finding wrong without a waiver: a label for the noise meter. */
export interface OverruledRecord {
  readonly kind: "overruled";
  readonly check: CheckId;
  readonly fingerprint: string;
  readonly by: string;
  readonly reason: string;
}

/** Coverage a surface had at a commit: the floor for what comes after it. */
export interface FloorRecord {
  readonly kind: "floor";
  readonly surface: string;
  readonly commit: string;
  readonly lines?: number;
  readonly branches?: number;
  /** What was measured at the commit, which may be below the floor it inherits; absent in records of older versions. */
  readonly measured?: { readonly lines?: number; readonly branches?: number };
}

/** A test passed and failed on the same tree; or ran again after it was seen to do so. */
export interface FlakeRecord {
  readonly kind: "flake";
  readonly test: string;
  readonly title: string;
  readonly file?: string;
  readonly subject: string;
  readonly passed: number;
  readonly failed: number;
}

/** What can be recorded. Additive: a reader passes over kinds it does not know, and keeps them. */
export type LedgerEntry = VerdictRecord | WaiverUsedRecord | OverruledRecord | FloorRecord | FlakeRecord;

/** Where a chain ends: what the next record is chained to. */
export interface LedgerTail {
  readonly sequence: number;
  readonly hash: string;
}

/** The tail of an empty ledger. */
export const EMPTY_TAIL: LedgerTail = { sequence: 0, hash: "0".repeat(64) };

/** An entry with its place in the chain. */
export interface LedgerRecord<Entry = LedgerEntry> {
  readonly schema: "proofline/ledger/1";
  readonly sequence: number;
  /** ISO timestamp of the moment it was written. */
  readonly at: string;
  /** Hash of the record before it. */
  readonly previous: string;
  readonly entry: Entry;
  /** SHA-256 over the RFC 8785 form of all of the above. */
  readonly hash: string;
}

/** Chains one entry to a tail: the line to append, newline included, and the new tail. */
export function chainEntry(tail: LedgerTail, entry: LedgerEntry, at: string): { readonly line: string; readonly tail: LedgerTail } {
  const body = { schema: "proofline/ledger/1", sequence: tail.sequence + 1, at, previous: tail.hash, entry } as const;
  const hash = hashOf(body);
  return { line: `${JSON.stringify({ ...body, hash })}\n`, tail: { sequence: body.sequence, hash } };
}

/** Chains several entries, to be appended in one write. */
export function chainEntries(tail: LedgerTail, entries: readonly LedgerEntry[], at: string): { readonly lines: string; readonly tail: LedgerTail } {
  return entries.reduce<{ lines: string; tail: LedgerTail }>(
    (soFar, entry) => {
      const next = chainEntry(soFar.tail, entry, at);
      return { lines: soFar.lines + next.line, tail: next.tail };
    },
    { lines: "", tail },
  );
}

/** The hash a record has to carry. */
export const hashOf = (body: Omit<LedgerRecord<unknown>, "hash">): string => sha256Hex(canonicalJson(body));
