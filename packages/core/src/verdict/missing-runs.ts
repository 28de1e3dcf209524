import type { CheckId, Finding } from "#kernel";
import type { EvidenceNeed } from "#checks";
import { owesRuns } from "./gate.ts";
import { modeAt } from "./mode.ts";
import type { CheckPolicy } from "./policy.ts";
import { effectRank } from "./strictness.ts";
import { asFinding, changeSubject, compareText, modeOf, type Scales } from "./weigh.ts";

/** A check that could not be answered because what it needs was not had. */
export interface MissingRun {
  readonly check: CheckId;
  readonly need: EvidenceNeed;
  /** `--no-run was given`, `the budget of 60 s ended`, `no runner was found` … */
  readonly because: string;
}

const NAMES: Readonly<Record<EvidenceNeed, string>> = { "test-run": "tests", coverage: "coverage", approvals: "approvals", proof: "tests" };

/** One line per reason, for the verdict's `missing`. */
export function missingLines(missing: readonly MissingRun[]): readonly string[] {
  return groups(missing).map((group) => `${NAMES[group.need]}: ${group.because} (${group.checks.join(", ")})`);
}

/**
 * What missing runs cost: nothing, except where policy enforces a gate that owes them. There each missing thing is one `unknown`,
 * told by the strictest check that wanted it.
 */
export function findingsForMissing(missing: readonly MissingRun[], scales: Scales): readonly Finding[] {
  if (!owesRuns(scales.gate, modeAt(scales.policy.gateMode(scales.gate), scales.now))) return [];
  return groups(missing).flatMap((group) => {
    const owed = group.checks.flatMap((id) => owedCheck(scales, id)).toSorted((a, b) => effectRank(b.effect) - effectRank(a.effect) || a.order - b.order);
    const [strictest] = owed;
    if (strictest === undefined) return [];
    return [asFinding(strictest.id, unknownFor(group, strictest, owed, changeSubject(scales)), modeOf(strictest.mode, scales), scales)];
  });
}

function owedCheck({ policy, gate }: Scales, id: CheckId): readonly CheckPolicy[] {
  const check = policy.checks.get(id);
  return check !== undefined && check.effect !== "off" && check.gates.includes(gate) ? [check] : [];
}

interface Group {
  readonly need: EvidenceNeed;
  readonly because: string;
  readonly checks: readonly CheckId[];
}

function unknownFor(group: Group, strictest: CheckPolicy, owed: readonly CheckPolicy[], change: string): Parameters<typeof asFinding>[1] {
  return {
    answer: "unknown",
    effect: strictest.effect,
    because: `This gate owes ${NAMES[group.need]}, and there are none: ${group.because}.`,
    fix:
      group.need === "approvals"
        ? "Have an owner approve this head."
        : `Let Proofline run the tests, or hand in the ${group.need === "coverage" ? "coverage" : "test"} report of this head with \`--evidence\`.`,
    subject: `missing ${group.need} ${change}`,
    details: { need: group.need, checks: owed.map((check) => check.id) },
  };
}

function groups(missing: readonly MissingRun[]): readonly Group[] {
  const byReason = new Map<string, Group>();
  for (const { check, need, because } of missing) {
    // Tests and the proof made with them are missing together: one line.
    const key = `${NAMES[need]}\n${because}`;
    byReason.set(key, { need, because, checks: [...new Set([...(byReason.get(key)?.checks ?? []), check])].toSorted(compareText) });
  }
  return [...byReason.entries()].toSorted(([a], [b]) => compareText(a, b)).map(([, group]) => group);
}
