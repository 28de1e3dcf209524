import type { Decision, Finding } from "#kernel";
import { worse } from "./strictness.ts";

/** What weighs in the decision: answer, effect and whether somebody took it out. */
export type Weighable = Pick<Finding, "answer" | "effect" | "waived">;

/**
 * What one finding asks for. `block`+broken holds; `block`+unknown and `ask`+broken or unknown ask; everything else ships.
 * A waived finding asks for nothing.
 */
export function contributionOf(finding: Weighable): Decision {
  if (finding.waived !== undefined) return "ship";
  if (finding.answer !== "broken" && finding.answer !== "unknown") return "ship";
  if (finding.effect === "block") return finding.answer === "broken" ? "hold" : "ask";
  return finding.effect === "ask" ? "ask" : "ship";
}

/** The decision over all findings: the worst of what they ask for, whatever their order. Nothing found ships. */
export function decide(findings: Iterable<Weighable>): Decision {
  let decision: Decision = "ship";
  for (const finding of findings) decision = worse(decision, contributionOf(finding));
  return decision;
}
