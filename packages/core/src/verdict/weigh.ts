import { canonicalJson, sha256Hex, type CheckId, type Finding, type GateName, type Mode, type Observation, type Place, type Question } from "#kernel";
import { contributionOf } from "./algebra.ts";
import { unknownCheckJudged } from "./errors.ts";
import { fingerprintOf, pathOf } from "./fingerprint.ts";
import { modeAt } from "./mode.ts";
import { effectiveEffect, type Outcome } from "./noise.ts";
import type { CheckPolicy, ResolvedPolicy } from "./policy.ts";
import { decisionRank, effectRank, milder, modeRank } from "./strictness.ts";

/** What weighing needs besides the observations. */
export interface Scales {
  readonly policy: ResolvedPolicy;
  readonly gate: GateName;
  readonly modeOverride?: Mode;
  readonly now: string;
  readonly outcomes?: ReadonlyMap<CheckId, readonly Outcome[]>;
  /** What changes; names the change in findings that speak of it as a whole. */
  readonly facts?: { readonly change: { readonly files: readonly { readonly path: string }[] } };
  /** Who owns a file (or, without a path, the repository): addressees of a question nobody addressed. */
  ownersOf(path: string | undefined): readonly string[];
}

/** Turns what checks saw into findings: effect, mode, fingerprint and, where an answer is owed, a question. */
export function weigh(observations: ReadonlyMap<CheckId, readonly Observation[]>, scales: Scales): readonly Finding[] {
  const findings = [...observations].flatMap(([id, seen]) => {
    const check = scales.policy.checks.get(id);
    if (check === undefined) throw unknownCheckJudged({ check: id });
    return seen.filter((observation) => observation.answer !== "not-applicable").map((observation) => weighOne(check, observation, scales));
  });
  return mergeSame(findings.filter((finding) => finding.effect !== "off"));
}

function weighOne(check: CheckPolicy, observation: Observation, scales: Scales): Finding {
  // A check says "note" of what is context by its nature (a test that was red before): policy that names a stricter effect means its alarms.
  const asked = check.pinned && observation.effect !== "note" ? check.effect : (observation.effect ?? check.effect);
  const effect = effectiveEffect({ ...check, effect: asked }, scales.outcomes?.get(check.id) ?? []);
  return asFinding(check.id, { ...observation, effect }, modeOf(check.mode, scales), scales);
}

/** The mode of one check's findings: its own where policy names one, else the gate's; a flag can only make it milder or set the gate's. */
export function modeOf(own: CheckPolicy["mode"], { policy, gate, modeOverride, now }: Scales): Mode {
  const configured = own === undefined ? undefined : modeAt(own, now);
  if (modeOverride === undefined) return configured ?? modeAt(policy.gateMode(gate), now);
  return configured === undefined ? modeOverride : milder(configured, modeOverride);
}

/** Completes an observation whose effect is settled. */
export function asFinding(check: CheckId, observation: Observation & Pick<Finding, "effect">, mode: Mode, scales: Pick<Scales, "ownersOf">): Finding {
  const path = pathOf(observation);
  const finding: Finding = {
    ...observation,
    check,
    mode,
    fingerprint: fingerprintOf(check, path, observation.subject),
    places: observation.answer === "holds" ? [] : (observation.places ?? []),
  };
  const owesAnswer = contributionOf(finding) === "ask" && finding.ask === undefined;
  return owesAnswer ? { ...finding, ask: questionFor(finding, scales.ownersOf(path)) } : finding;
}

/** An `ask` needs an addressee, one question and the way to answer it, also when the check gave none. */
function questionFor(finding: Finding, owners: readonly string[]): Question {
  return {
    to: owners.length > 0 ? owners : ["author"],
    question: finding.answer === "unknown" ? "Can this ship without that evidence?" : "Is this meant?",
    how: finding.fix ?? `Answer with \`proofline waive ${finding.fingerprint.slice(0, 12)} --reason …\`.`,
  };
}

/**
 * Names this change by the paths it touches. It survives a rebase, and keeps a waiver of a finding about the whole change from
 * covering every later change.
 */
export function changeSubject({ facts }: Pick<Scales, "facts">): string {
  return facts === undefined ? "" : sha256Hex(canonicalJson(facts.change.files.map((file) => file.path).toSorted(compareText)));
}

/** One finding per fingerprint: the heaviest speaks, and points at all places. */
function mergeSame(findings: readonly Finding[]): readonly Finding[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) groups.set(finding.fingerprint, [...(groups.get(finding.fingerprint) ?? []), finding]);
  return [...groups.values()].map((group) => {
    const [heaviest, ...rest] = group.toSorted(byWeight);
    return rest.length === 0 ? (heaviest as Finding) : { ...(heaviest as Finding), places: mergePlaces(group) };
  });
}

/** Heaviest first; ties are broken by content, so the order things were found in never shows. */
export function byWeight(a: Finding, b: Finding): number {
  return (
    decisionRank(contributionOf(b)) - decisionRank(contributionOf(a)) ||
    answerRank(b) - answerRank(a) ||
    modeRank(b.mode) - modeRank(a.mode) ||
    effectRank(b.effect) - effectRank(a.effect) ||
    compareText(canonicalJson(a), canonicalJson(b))
  );
}

const answerRank = ({ answer }: Finding): number => (answer === "broken" ? 2 : answer === "unknown" ? 1 : 0);

function mergePlaces(group: readonly Finding[]): readonly Place[] {
  const places = new Map(
    group
      .filter((finding) => finding.answer !== "holds")
      .flatMap((finding) => finding.places)
      .map((place) => [canonicalJson(place), place]),
  );
  return [...places.values()].toSorted(
    (a, b) => compareText(a.file, b.file) || (a.line ?? 0) - (b.line ?? 0) || compareText(canonicalJson(a), canonicalJson(b)),
  );
}

export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
