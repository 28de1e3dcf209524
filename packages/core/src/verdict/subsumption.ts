import type { CheckId, Finding } from "#kernel";
import { contributionOf } from "./algebra.ts";
import { decisionRank, modeRank } from "./strictness.ts";

/** One root cause, one finding: where `cause` speaks, `hides` would only say its consequence. */
interface Subsumption {
  readonly cause: CheckId;
  readonly hides: CheckId;
  /** `file`: only about a file both point at. `change`: anywhere. */
  readonly within: "file" | "change";
  readonly because: string;
}

/** The whole table. A cause is a broken or unknown answer; adding a rule is adding a line. */
export const SUBSUMPTIONS: readonly Subsumption[] = [
  { cause: "tests/failing", hides: "tests/none-ran", within: "file", because: "tests of a file that is red did run" },
  { cause: "tests/failing", hides: "coverage/changed-lines", within: "file", because: "a red test leaves lines uncovered" },
  { cause: "tests/failing", hides: "specs/unproven", within: "file", because: "the proof exists and is red" },
  { cause: "tests/pass-without-change", hides: "tests/fix-needs-regression", within: "change", because: "the fix has a test, and it is refuted" },
  { cause: "tests/pass-without-change", hides: "tests/vacuous", within: "file", because: "the test was shown to see nothing" },
  { cause: "tests/weakened", hides: "tests/vacuous", within: "file", because: "the loosening is why it sees nothing" },
  { cause: "tests/fix-needs-regression", hides: "risk/high-needs-test", within: "change", because: "both ask for the same missing test" },
  { cause: "history/incomplete", hides: "coverage/changed-lines", within: "change", because: "lines that could not be read cannot be covered" },
  { cause: "history/incomplete", hides: "coverage/surface-floor", within: "change", because: "lines that could not be read cannot be covered" },
  { cause: "gate/changed", hides: "risk/needs-approval", within: "file", because: "the same owner answers both" },
];

/** A finding left out because another one says its cause. */
export interface SubsumedFinding {
  readonly check: CheckId;
  readonly fingerprint: string;
  readonly by: string;
  readonly because: string;
}

/**
 * Takes out the findings whose cause is already told. A cause never hides what weighs more than itself or is applied more
 * strictly, so hiding cannot soften a verdict.
 */
export function subsume(findings: readonly Finding[]): { readonly kept: readonly Finding[]; readonly subsumed: readonly SubsumedFinding[] } {
  const kept: Finding[] = [];
  const subsumed: SubsumedFinding[] = [];
  for (const finding of findings) {
    const told = findCause(finding, findings);
    if (told === undefined) kept.push(finding);
    else subsumed.push({ check: finding.check, fingerprint: finding.fingerprint, by: told.cause.fingerprint, because: told.because });
  }
  return { kept, subsumed };
}

function findCause(finding: Finding, all: readonly Finding[]): { readonly cause: Finding; readonly because: string } | undefined {
  if (finding.answer !== "broken" && finding.answer !== "unknown") return undefined;
  for (const rule of SUBSUMPTIONS) {
    if (rule.hides !== finding.check) continue;
    const cause = all.find((other) => other.check === rule.cause && explains(other, finding, rule.within));
    if (cause !== undefined) return { cause, because: rule.because };
  }
  return undefined;
}

function explains(cause: Finding, finding: Finding, within: "file" | "change"): boolean {
  if (cause.answer !== "broken" && cause.answer !== "unknown") return false;
  if (cause.effect === "off") return false;
  const weighsLess = decisionRank(contributionOf(cause)) < decisionRank(contributionOf(finding)) || modeRank(cause.mode) < modeRank(finding.mode);
  if (weighsLess) return false;
  return within === "change" || cause.places.some((place) => finding.places.some((other) => other.file === place.file));
}
