import { EXIT_CODES, type CheckId, type Decision, type Effect, type Finding, type GateName, type Mode, type Observation, type Scope } from "#kernel";
import { contributionOf, decide } from "./algebra.ts";
import type { Baseline } from "./baseline/baseline.ts";
import type { BaselineEntry } from "./baseline/baseline-entry.ts";
import { findingsForMissing, missingLines, type MissingRun } from "./missing-runs.ts";
import { modeAt, upcomingMode } from "./mode.ts";
import { effectiveEffect, noiseOf, type Outcome } from "./noise.ts";
import type { ResolvedPolicy, SilencedCheck } from "./policy.ts";
import { askRules } from "./rules/rule-findings.ts";
import type { RuleFacts } from "./rules/rule-model.ts";
import { decisionRank, effectRank } from "./strictness.ts";
import { subsume, type SubsumedFinding } from "./subsumption.ts";
import type { VettedWaivers } from "./waivers/read-waivers.ts";
import type { RefusedWaiver } from "./waivers/vet-waiver.ts";
import type { Waiver } from "./waivers/waiver.ts";
import { byWeight, compareText, weigh } from "./weigh.ts";

/** Everything a verdict is made from. Same input, same judgement. */
export interface JudgeInput {
  readonly policy: ResolvedPolicy;
  readonly gate: GateName;
  /** From a flag: changes exit code and posting, never the decision. */
  readonly modeOverride?: Mode;
  /** ISO date or timestamp (UTC). */
  readonly now: string;
  readonly scope: Scope;
  /** What each asked check saw. */
  readonly observations: ReadonlyMap<CheckId, readonly Observation[]>;
  readonly missing: readonly MissingRun[];
  readonly waivers: VettedWaivers;
  readonly baseline: Baseline;
  /** Last alarms of each check, from the ledger; absent when nobody looked. */
  readonly outcomes?: ReadonlyMap<CheckId, readonly Outcome[]>;
  /** What the repository's own rules speak of; without it they are not asked. */
  readonly facts?: Omit<RuleFacts, "findings" | "gate" | "now">;
  ownersOf(path: string | undefined): readonly string[];
}

/** A check that lost its effect to its own noise; said aloud in every report. */
export interface DemotedCheck {
  readonly check: CheckId;
  readonly from: Effect;
  readonly overruled: number;
  readonly of: number;
}

/** A verdict and everything that led to it. */
export interface Judgement {
  readonly decision: Decision;
  readonly scope: Scope;
  readonly gate: GateName;
  /** The gate's mode in this run. */
  readonly mode: Mode;
  /** A stricter (or milder) mode that policy has set for a day ahead. */
  readonly upcoming?: { readonly mode: Mode; readonly from: string };
  /** What the enforced findings alone decide: this is what the exit code and a required check go by. */
  readonly enforced: Decision;
  readonly exit: number;
  /** Heaviest first, then in the registry's order. `not-applicable` is left out. */
  readonly findings: readonly Finding[];
  /** Fingerprints of the findings that made the decision; empty for ship. */
  readonly decidedBy: readonly string[];
  readonly subsumed: readonly SubsumedFinding[];
  readonly silenced: readonly SilencedCheck[];
  readonly demoted: readonly DemotedCheck[];
  readonly missing: readonly string[];
  readonly waiversUsed: readonly Waiver[];
  /** In force, but nothing here needed them. */
  readonly waiversUnused: readonly Waiver[];
  readonly waiversRefused: readonly RefusedWaiver[];
  readonly baselineUsed: readonly BaselineEntry[];
  readonly policyDigest: string;
}

/** Applies policy, waivers and baseline to what the checks saw: ship, hold or ask. Pure and independent of order. */
export function judge(input: JudgeInput): Judgement {
  const { policy, gate, now } = input;
  const seen = weigh(input.observations, input);
  const { kept, subsumed } = subsume([...seen, ...findingsForMissing(input.missing, input)].toSorted(inReportOrder(policy)));
  const checked = kept.map((finding) => excuse(finding, input));
  const ruled = input.facts === undefined ? [] : askRules({ ...input.facts, findings: checked }, input).map((finding) => excuse(finding, input));
  const findings = [...checked, ...ruled].toSorted(inReportOrder(policy));
  const decision = decide(findings);
  const enforced = decide(findings.filter((finding) => finding.mode === "enforce"));
  const upcoming = input.modeOverride === undefined ? upcomingMode(policy.gateMode(gate), now) : undefined;
  const used = new Set(findings.filter((finding) => finding.waived !== undefined).map((finding) => finding.fingerprint));
  return {
    decision,
    scope: input.scope,
    gate,
    mode: input.modeOverride ?? modeAt(policy.gateMode(gate), now),
    ...(upcoming === undefined ? {} : { upcoming }),
    enforced,
    exit: EXIT_CODES[enforced],
    findings,
    decidedBy: decision === "ship" ? [] : findings.filter((finding) => contributionOf(finding) === decision).map((finding) => finding.fingerprint),
    subsumed: subsumed.toSorted((a, b) => compareText(a.fingerprint, b.fingerprint)),
    silenced: silencedBy(input),
    demoted: demotedBy(input),
    missing: missingLines(input.missing),
    waiversUsed: input.waivers.inForce.filter((waiver) => findings.some((finding) => isExcusedBy(finding, waiver))),
    waiversUnused: input.waivers.inForce.filter((waiver) => !findings.some((finding) => isExcusedBy(finding, waiver))),
    waiversRefused: input.waivers.refused,
    baselineUsed: [...input.baseline.entries.values()].filter((entry) => used.has(entry.fingerprint)),
    policyDigest: policy.digest,
  };
}

/** A waiver outranks the baseline: somebody said why. Only what weighs is excused. */
function excuse(finding: Finding, { waivers, baseline }: JudgeInput): Finding {
  if (contributionOf(finding) === "ship") return finding;
  const waiver = waivers.inForce
    .filter((candidate) => isAbout(candidate, finding))
    .toSorted((a, b) => compareText(b.until, a.until) || compareText(a.file, b.file))[0];
  if (waiver !== undefined) return { ...finding, waived: { by: waiver.by, reason: waiver.reason, until: waiver.until, kind: waiver.kind } };
  if (!baseline.entries.has(finding.fingerprint)) return finding;
  return { ...finding, waived: { by: "baseline", reason: "It was there before this change.", until: "it is fixed", kind: "baseline" } };
}

/** The fingerprint alone is not enough: who owns `docs/` must not sign away a finding in `pay/` by naming a path of their own. */
const isAbout = (waiver: Waiver, finding: Finding): boolean =>
  waiver.fingerprint === finding.fingerprint && waiver.check === finding.check && waiver.path === finding.places[0]?.file;

const isExcusedBy = (finding: Finding, waiver: Waiver): boolean =>
  isAbout(waiver, finding) && finding.waived?.kind !== "baseline" && finding.waived !== undefined;

/** Heaviest first; within one weight as the registry lists the checks, then by place. */
function inReportOrder(policy: ResolvedPolicy): (a: Finding, b: Finding) => number {
  const order = (finding: Finding): number => policy.checks.get(finding.check)?.order ?? Number.MAX_SAFE_INTEGER;
  return (a, b) =>
    decisionRank(contributionOf(b)) - decisionRank(contributionOf(a)) ||
    order(a) - order(b) ||
    compareText(a.check, b.check) ||
    compareText(a.places[0]?.file ?? "", b.places[0]?.file ?? "") ||
    (a.places[0]?.line ?? 0) - (b.places[0]?.line ?? 0) ||
    byWeight(a, b);
}

/** Checks nobody asks: listed, never hidden. */
function silencedBy({ policy }: JudgeInput): readonly SilencedCheck[] {
  return [...policy.checks.values()].filter((check) => check.effect === "off").map((check) => ({ check: check.id, by: check.pinned ? "policy" : "default" }));
}

function demotedBy({ policy, outcomes, observations }: JudgeInput): readonly DemotedCheck[] {
  return [...policy.checks.values()].flatMap((check) => {
    const last = outcomes?.get(check.id) ?? [];
    const wanted = (observations.get(check.id) ?? []).flatMap(({ effect }) => (effect === undefined ? [] : [effect]));
    const from = [check.effect, ...wanted].reduce((a, b) => (effectRank(a) >= effectRank(b) ? a : b));
    const { overruled, of } = noiseOf(last);
    return effectiveEffect({ ...check, effect: from }, last) === from ? [] : [{ check: check.id, from, overruled, of }];
  });
}
