import type { Decision } from "#kernel";
import type { DocumentFinding, VerdictDocument } from "../verdict-document.ts";
import { joinHalves } from "./join-halves.ts";
import type { ReportedVerdict } from "./reported-verdict.ts";

/**
 * Adds what a fork's own run reported to the verdict of the trusted half: findings we could not see ourselves, each said to be
 * reported, and the decision the two halves come to together.
 */
export function applyReport(own: VerdictDocument, reported: ReportedVerdict | undefined): VerdictDocument {
  const { decision, because } = joinHalves(own.decision, reported);
  const known = new Set(own.findings.map((finding) => finding.fingerprint));
  const added = (reported?.findings ?? []).filter((finding) => !known.has(finding.fingerprint.replace("sha256:", "")) && finding.answer !== "holds").map((finding) => asReported(finding, own));
  const enforced: Decision = own.mode === "enforce" ? decision : own.enforced;
  return {
    ...own,
    decision,
    enforced,
    findings: [...own.findings, ...added],
    evidence: [...own.evidence, ...(reported?.evidence ?? []).flatMap((item) => asEvidence(item, own))],
    missing: [...own.missing, ...(reported?.missing ?? [])],
    blindSpots: [...own.blindSpots, ...(reported?.blindSpots ?? [])],
    warnings: [...own.warnings, because],
  };
}

function asReported(finding: ReportedVerdict["findings"][number], own: VerdictDocument): DocumentFinding {
  const { check, answer, effect, because, fix, places } = finding;
  return { check, answer, effect, mode: own.mode, because: `${because} (reported by the fork's own run)`, ...(fix !== undefined && { fix }), fingerprint: finding.fingerprint.replace("sha256:", ""), places, details: { reported: true } };
}

const KINDS: ReadonlySet<string> = new Set(["test-run", "coverage", "static-analysis", "audit"]);

function asEvidence(item: ReportedVerdict["evidence"][number], own: VerdictDocument): VerdictDocument["evidence"] {
  if (!KINDS.has(item.kind)) return [];
  const kind = item.kind as VerdictDocument["evidence"][number]["kind"];
  return [{ kind, source: "reported", subject: own.change.head, digest: item.digest, origin: "the fork's own run", says: item.says }];
}
