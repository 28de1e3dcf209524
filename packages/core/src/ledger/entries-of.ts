import { contributionOf, type Judgement } from "#verdict";
import type { LedgerEntry } from "./record.ts";

/** The change a judgement was about. */
export interface JudgedChange {
  readonly base: string;
  readonly head: string;
}

/** What a judgement leaves in the ledger: the verdict, and every waiver it used. */
export function entriesOf(judgement: Judgement, { base, head }: JudgedChange): readonly LedgerEntry[] {
  const findings = judgement.findings.flatMap((finding) => {
    const { check, fingerprint, answer, effect, waived: _waived, ...rest } = finding;
    if (answer !== "broken" && answer !== "unknown") return [];
    return [{ check, fingerprint, answer, effect, alarm: finding.waived?.kind !== "baseline" && contributionOf({ ...rest, answer, effect }) !== "ship" }];
  });
  const waived = judgement.findings.flatMap(({ check, fingerprint, waived }) =>
    waived === undefined || waived.kind === "baseline"
      ? []
      : [{ kind: "waiver-used", check, fingerprint, by: waived.by, reason: waived.reason, until: waived.until, how: waived.kind, head } as const],
  );
  const { decision, scope, gate, mode, policyDigest } = judgement;
  return [{ kind: "verdict", decision, scope, gate, mode, base, head, policyDigest, findings }, ...waived];
}
