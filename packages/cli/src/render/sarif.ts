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
 * SARIF 2.1.0 that GitHub code scanning accepts: every result has a physical location (one without makes GitHub refuse the whole file),
 * a rule, a stable fingerprint; waived findings are suppressed rather than left out.
 */
export function renderSarif(verdict: VerdictDocument, rules: readonly RuleText[], version: string): string {
  const results = verdict.findings.filter((finding) => finding.answer !== "holds");
  const used = rules.filter((rule) => results.some((finding) => finding.check === rule.id));
  const placeless = { file: verdict.policy.origin === "defaults" ? "proofline.yaml" : verdict.policy.origin };
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "Proofline", informationUri: "https://github.com/proofline/proofline", semanticVersion: version, rules: used.map(describeRule) } },
        automationDetails: { id: `proofline/${verdict.gate}` },
        originalUriBaseIds: { ROOT: { description: { text: "The repository root." } } },
        results: results.map((finding) => describeResult(finding, used.findIndex((rule) => rule.id === finding.check), placeless)),
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

/** `placeless` is where a finding about the change as a whole is hung up: the rules it was judged by, there or yet to be written. The message says so. */
function describeResult(finding: DocumentFinding, ruleIndex: number, placeless: { readonly file: string }) {
  const says = finding.fix ? `${finding.because} ${finding.fix}` : finding.because;
  // Alerts stand in the head: a line of the base would point at something else there.
  const [first, ...others] = [...finding.places.filter((place) => place.side !== "base"), ...finding.places.filter((place) => place.side === "base")];
  return {
    ruleId: finding.check,
    ...(ruleIndex >= 0 && { ruleIndex }),
    level: LEVEL[finding.effect],
    message: { text: first ? says : `${says} (This is about the change as a whole; ${placeless.file} is only where it is shown.)` },
    locations: [describePlace(first ?? placeless)],
    ...(others.length > 0 && { relatedLocations: others.slice(0, 19).map((place, index) => ({ id: index + 1, ...describePlace(place) })) }),
    partialFingerprints: { "proofline/v1": finding.fingerprint },
    ...(finding.waived && { suppressions: [{ kind: "external", status: "accepted", justification: finding.waived.reason }] }),
  };
}

function describePlace(place: DocumentFinding["places"][number]) {
  const onHead = place.side !== "base";
  const startLine = (onHead ? place.line : undefined) ?? 1;
  return {
    physicalLocation: {
      artifactLocation: { uri: place.file.split("/").map(encodeURIComponent).join("/"), uriBaseId: "ROOT" },
      region: { startLine, endLine: Math.max(startLine, (onHead ? place.endLine : undefined) ?? startLine) },
    },
  };
}
