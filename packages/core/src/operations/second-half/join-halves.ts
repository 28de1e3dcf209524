import type { Decision } from "#kernel";
import type { ReportedVerdict } from "./reported-verdict.ts";

/** The decision that may be posted for a stranger's change, and why it is that one. */
export interface JoinedDecision {
  readonly decision: Decision;
  readonly because: string;
}

const SEVERITY: Readonly<Record<Decision, number>> = { ship: 0, ask: 1, hold: 2 };

/**
 * Joins what the trusted half judged itself (static checks, policy of the target branch) with what the untrusted half reported.
 * A report can make the decision worse, never better: whoever could write it could write "ship". Without a judgement of our own the
 * best that can be said is `ask`.
 */
export function joinHalves(own: Decision | undefined, reported: ReportedVerdict | undefined): JoinedDecision {
  if (own === undefined) {
    const decision = reported?.decision === "hold" ? "hold" : "ask";
    return { decision, because: "Nothing of this was checked by a trusted run; a person has to look." };
  }
  if (reported === undefined) {
    return { decision: worse(own, "ask"), because: "Checked statically by a trusted run; the fork's own run left no verdict." };
  }
  const decision = worse(own, reported.decision);
  const because =
    decision === own
      ? "Checked statically by a trusted run; test results were reported by the fork's own run."
      : "The fork's own run reports more than the trusted static checks can see.";
  return { decision, because };
}

const worse = (a: Decision, b: Decision): Decision => (SEVERITY[a] >= SEVERITY[b] ? a : b);
