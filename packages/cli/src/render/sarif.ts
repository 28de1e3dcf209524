import type { DocumentFinding, VerdictDocument } from "@proofline/core/operations";

const LEVEL = { block: "error", ask: "warning", note: "note", off: "none" } as const;
const DOCS = "https://github.com/proofline/proofline/blob/main/docs/reference/checks";

/** What the SARIF document needs to know of a check, from the catalogue. */
export interface RuleText {
  readonly id: string;
  readonly asks: string;
  readonly why: string;
}

/**
 * SARIF 2.1.0 that GitHub code scanning accepts: every result has a location (GitHub refuses those without),
 * a rule, a stable fingerprint; waived findings are suppressed rather than left out.
 */
export function renderSarif(verdict: VerdictDocument, rules: readonly RuleText[], version: string): string {
  const results = verdict.findings.filter((finding) => finding.answer !== "holds" && finding.places.length > 0);
  const used = rules.filter((rule) => results.some((finding) => finding.check === rule.id));
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "Proofline", informationUri: "https://github.com/proofline/proofline", semanticVersion: version, rules: used.map(describeRule) } },
        automationDetails: { id: `proofline/${verdict.gate}` },
        originalUriBaseIds: { ROOT: { description: { text: "The repository root." } } },
        results: results.map((finding) => describeResult(finding, used.findIndex((rule) => rule.id === finding.check))),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function describeRule(rule: RuleText) {
  return {
    id: rule.id,
    name: rule.id.replace(/(^|[/-])(\w)/g, (_, __, letter: string) => letter.toUpperCase()),
    shortDescription: { text: rule.asks },
    fullDescription: { text: rule.why },
    helpUri: `${DOCS}/${rule.id}.md`,
  };
}

function describeResult(finding: DocumentFinding, ruleIndex: number) {
  return {
    ruleId: finding.check,
    ...(ruleIndex >= 0 && { ruleIndex }),
    level: LEVEL[finding.effect],
    message: { text: finding.fix ? `${finding.because} ${finding.fix}` : finding.because },
    locations: finding.places.slice(0, 1).map(describePlace),
    ...(finding.places.length > 1 && { relatedLocations: finding.places.slice(1, 20).map((place, index) => ({ id: index + 1, ...describePlace(place) })) }),
    partialFingerprints: { "proofline/v1": finding.fingerprint },
    ...(finding.waived && { suppressions: [{ kind: "external", status: "accepted", justification: finding.waived.reason }] }),
  };
}

function describePlace(place: DocumentFinding["places"][number]) {
  const startLine = place.line ?? 1;
  return {
    physicalLocation: {
      artifactLocation: { uri: place.file.split("/").map(encodeURIComponent).join("/"), uriBaseId: "ROOT" },
      region: { startLine, endLine: Math.max(startLine, place.endLine ?? startLine) },
    },
  };
}
