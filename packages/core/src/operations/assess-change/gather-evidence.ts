import { evidenceOf, type Evidence } from "#evidence";
import type { EvidenceNeed } from "#checks";
import { isProofFile, readHanded, type HandedProof } from "../prove-change/handed-proofs.ts";
import { readUntrustedVerdict } from "../second-half/read-untrusted-verdict.ts";
import type { ReportedVerdict } from "../second-half/reported-verdict.ts";
import { noReportFound } from "./errors.ts";
import type { EvidencePorts, Gathering } from "./gathering.ts";
import { keepOutcomes, readPromises, readWalked } from "./gather-promises.ts";
import { whyCut } from "./evidence-words.ts";
import { lookForSecrets } from "./look-for-secrets.ts";
import { ownRuns } from "./own-runs.ts";

export type { EvidencePorts, Gathering } from "./gathering.ts";

export interface Gathered {
  readonly evidence: readonly Evidence[];
  readonly unavailable: ReadonlyMap<EvidenceNeed, string>;
  readonly blindSpots: readonly string[];
  /** True when tests were wanted and a budget, a signal or a crash cut them short. */
  readonly cutShort: boolean;
  /** Why a run did not come to its end. */
  readonly cutBecause?: string;
  /** What the asked checks wanted. */
  readonly wanted: ReadonlySet<EvidenceNeed>;
  readonly notRun: readonly string[];
  readonly testMs: number;
  /** What a fork's own run left behind, when it was handed in. */
  readonly fromFork?: ReportedVerdict;
  /** Why the runs were isolated as they were, where that needs saying. */
  readonly isolationBecause?: string;
}

/** Collects what the asked checks need: reports first, since what CI has already shown is not run again. */
export async function gatherEvidence(about: Gathering, ports: EvidencePorts): Promise<Gathered> {
  const [reported, scanned, approvals, promises] = await Promise.all([readReports(about, ports), lookForSecrets(about.change, ports), readApprovals(about, ports), readPromises(about, ports)]);
  const runs = await ownRuns(about, reported, ports);
  const walked = await readWalked(about, [...reported.evidence, ...runs.evidence], ports);
  const evidence = [...reported.evidence, ...scanned.evidence, ...approvals, ...promises, ...walked, ...runs.evidence];
  await keepOutcomes(about, evidenceOf(runs.evidence, "test-run"), ports);
  const cut = evidenceOf(evidence, "test-run").find((run) => !run.complete);
  return {
    evidence,
    unavailable: unavailableIn(about, evidence, runs),
    wanted: about.needs,
    ...(cut && { cutBecause: whyCut(cut) }),
    blindSpots: [...scanned.blindSpots, ...runs.blindSpots],
    cutShort: cut !== undefined || runs.ranOut,
    notRun: runs.notRun,
    testMs: runs.testMs,
    ...(reported.fromFork && { fromFork: reported.fromFork }),
    ...(runs.isolationBecause !== undefined && { isolationBecause: runs.isolationBecause }),
  };
}

/** What could not be had, and why. */
function unavailableIn({ needs }: Gathering, evidence: readonly Evidence[], { whyNoProof, whyNoTests }: Awaited<ReturnType<typeof ownRuns>>): ReadonlyMap<EvidenceNeed, string> {
  const unavailable = new Map<EvidenceNeed, string>();
  if (whyNoProof !== undefined) unavailable.set("proof", whyNoProof);
  if (needs.has("approvals") && evidenceOf(evidence, "approvals").length === 0) unavailable.set("approvals", "no forge was there to ask");
  if (evidenceOf(evidence, "test-run").length === 0 && whyNoTests !== undefined) unavailable.set("test-run", whyNoTests);
  if (evidenceOf(evidence, "coverage").length === 0) unavailable.set("coverage", whyNoTests ?? "no coverage was collected or handed in");
  return unavailable;
}

interface Reports {
  readonly evidence: readonly Evidence[];
  /** Proofs among them, not weighed yet. */
  readonly proofs: readonly HandedProof[];
  readonly fromFork?: ReportedVerdict;
}

async function readReports({ change, input, keys }: Gathering, ports: EvidencePorts): Promise<Reports> {
  if (input.evidence.length === 0) return { evidence: [], proofs: [] };
  const { files, unmatched } = await ports.reportFiles.find(input.evidence, ports.repository.root);
  if (unmatched.length > 0) throw noReportFound({ globs: unmatched });
  const context = {
    subject: change.headKind === "commit" ? change.head : change.headTree,
    root: ports.repository.root,
    ...(change.headKind === "commit" && { headCommit: change.head }),
    ...(change.headTime !== undefined && { headTime: change.headTime }),
    paths: new Set((await ports.repository.listFiles(change.headTree)).map((entry) => entry.path)),
  };
  const evidence: Evidence[] = [];
  const proofs: HandedProof[] = [];
  let fromFork: ReportedVerdict | undefined;
  for (const file of files) {
    ports.progress.says(`reading ${file.path}`);
    if (isProofFile(file.bytes)) proofs.push(...(await readHanded(new TextDecoder().decode(file.bytes), file.path, context.subject, { keys, verify: await ports.verifier(), now: new Date(ports.clock.now()).toISOString() })));
    else if (isVerdict(file.bytes)) fromFork = await readUntrustedVerdict(file.bytes, change.head);
    else evidence.push(...(await ports.reports.read(file, context)));
  }
  return { evidence, proofs, ...(fromFork && { fromFork }) };
}

/** A verdict document among the reports: what an untrusted run left behind. */
const isVerdict = (bytes: Uint8Array): boolean => /^\s*\{\s*"schema":\s*"proofline\/verdict\/1"/.test(new TextDecoder().decode(bytes.subarray(0, 200)));

const readApprovals = async ({ change, intent, needs, agents }: Gathering, { approvals }: EvidencePorts): Promise<readonly Evidence[]> =>
  needs.has("approvals") ? await approvals.read(change, intent, agents) : [];
