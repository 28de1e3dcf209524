import type { CheckId, Finding } from "#kernel";
import type { Change } from "#change";
import { evidenceOf, type Evidence } from "#evidence";
import type { Judgement } from "#verdict";
import type { DocumentFinding, VerdictDocument } from "../verdict-document.ts";
import { evidenceWords } from "./evidence-words.ts";
import type { Gathered } from "./gather-evidence.ts";

export interface Written {
  readonly change: Change;
  readonly judgement: Judgement;
  readonly gathered: Gathered;
  /** What alone was asked; absent when the gate's checks were. */
  readonly only?: ReadonlySet<CheckId>;
  readonly later: readonly string[];
  readonly warnings: readonly string[];
  readonly policy: VerdictDocument["policy"];
  readonly tookMs: number;
}

/** The one document every surface renders. Same commits and same evidence give the same document, apart from times. */
export function writeDocument({ change, judgement, gathered, only, later, warnings, policy, tookMs }: Written): VerdictDocument {
  const runs = evidenceOf(gathered.evidence, "test-run").filter((run) => run.source === "ran");
  return {
    schema: "proofline/verdict/1",
    decision: judgement.decision,
    scope: judgement.scope,
    ...(only && { only: [...only] }),
    mode: judgement.mode,
    enforced: judgement.enforced,
    gate: judgement.gate,
    change: describe(change),
    risk: { ...change.risk, percentile: change.risk.percentile ?? null },
    findings: judgement.findings.map(writeFinding),
    evidence: gathered.evidence.map((item, index) => ({ kind: item.kind, source: item.source, subject: item.subject, digest: item.digest, origin: item.origin, says: evidenceWords(item) + sideOf(item, change, index, gathered.evidence) })),
    missing: [...judgement.missing, ...gathered.notRun],
    blindSpots: [...gathered.blindSpots, ...change.gaps.filter((gap) => gap.part === "history").map((gap) => gap.because)],
    warnings: [...(only ? [`only ${[...only].join(", ")} ${only.size === 1 ? "was" : "were"} asked: this says nothing of the other checks`] : []), ...warnings, ...warningsOf(judgement)],
    later,
    off: judgement.silenced.filter((check) => check.by === "policy").map((check) => check.check),
    isolation: [runs.find((run) => run.isolation)?.isolation ?? "nothing was executed", ...(gathered.isolationBecause === undefined ? [] : [gathered.isolationBecause])].join("; "),
    testMs: gathered.testMs,
    tookMs: Math.round(tookMs),
    policy,
  };
}

/** A run repeated on the head, or made on the merge base, says so. */
function sideOf(item: Evidence, change: Change, index: number, all: readonly Evidence[]): string {
  if (item.kind !== "test-run" || item.source !== "ran") return "";
  if (item.subject === change.mergeBase || item.subject === change.mergeBaseTree) return ", on the merge base";
  return all.slice(0, index).some((earlier) => earlier.kind === "test-run" && earlier.subject === item.subject && earlier.origin === item.origin) ? ", repeated" : "";
}

function describe(change: Change): VerdictDocument["change"] {
  return {
    base: change.base,
    baseName: change.baseName,
    head: change.head,
    headName: change.headName,
    headKind: change.headKind,
    mergeBase: change.mergeBase,
    type: change.type,
    typeFrom: change.typeFrom,
    files: change.files.length,
    added: change.added,
    deleted: change.deleted,
    areas: change.areas,
    packages: [...new Set(change.files.map((file) => file.packageDir))].sort(),
    byAgent: change.byAgent,
  };
}

function writeFinding(finding: Finding): DocumentFinding {
  return {
    check: finding.check,
    answer: finding.answer as DocumentFinding["answer"],
    effect: finding.effect,
    mode: finding.mode,
    because: finding.because,
    ...(finding.fix !== undefined && { fix: finding.fix }),
    fingerprint: finding.fingerprint,
    places: finding.places,
    ...(finding.ask && { ask: finding.ask }),
    ...(finding.excerpt && { excerpt: finding.excerpt }),
    ...(finding.waived && { waived: finding.waived }),
    details: finding.details ?? {},
  };
}

/** What must not happen in silence: refused waivers, checks that lost their effect to their own noise, modes to come. */
function warningsOf(judgement: Judgement): string[] {
  return [
    ...judgement.waiversRefused.map((waiver) => `${waiver.file} does not count: ${waiver.because}`),
    ...judgement.demoted.map((check) => `${check.check} was overruled ${check.overruled} of its last ${check.of} times and is only a note now`),
    ...(judgement.upcoming ? [`this gate turns to ${judgement.upcoming.mode} on ${judgement.upcoming.from}`] : []),
  ];
}
