import type { Annotation, Forge, ForgeContext, Posting, Published } from "./ports/forge.ts";
import type { DocumentFinding, VerdictDocument } from "./verdict-document.ts";

/** The words a surface has rendered for people. */
export interface RenderedVerdict {
  readonly title: string;
  readonly summary: string;
  /** Absent for a trivial change: nobody gets a comment. */
  readonly comment?: string;
  /** What an earlier comment becomes once nothing is left to say. */
  readonly resolved: string;
  readonly sarif?: string;
}

const LEVEL = { block: "failure", ask: "warning", note: "notice", off: "notice" } as const;

/** Sets one check and, where it has something to say, one comment: the verdict where people review. Doing it twice changes nothing. */
export const publishVerdict =
  (forge: Forge, context: ForgeContext) =>
  (verdict: VerdictDocument, words: RenderedVerdict): Promise<Published> =>
    forge.publish(postingFor(verdict, words, context));

/** What is posted, from the document and the words. */
export function postingFor(verdict: VerdictDocument, words: RenderedVerdict, context: ForgeContext): Posting {
  return {
    repo: context.repo,
    headSha: verdict.change.head,
    ...(context.pullRequest !== undefined && { pullRequest: context.pullRequest }),
    checkName: "proofline",
    title: words.title,
    summaryMarkdown: words.summary,
    // A finding of a check that only warns does not turn the check red.
    conclusion: verdict.mode === "enforce" ? verdict.enforced : verdict.decision,
    mode: verdict.mode,
    annotations: verdict.findings.filter((finding) => finding.answer !== "holds" && !finding.waived).flatMap(annotationsOf).slice(0, 200),
    ...(words.comment !== undefined && { comment: words.comment }),
    resolvedComment: words.resolved,
    ...(words.sarif !== undefined && { sarif: words.sarif }),
    ...(context.runUrl !== undefined && { detailsUrl: context.runUrl }),
  };
}

function annotationsOf(finding: DocumentFinding): Annotation[] {
  return finding.places
    .filter((place) => place.side !== "base")
    .slice(0, 10)
    .map((place) => ({
      path: place.file,
      line: place.line ?? 1,
      endLine: Math.max(place.line ?? 1, place.endLine ?? place.line ?? 1),
      level: LEVEL[finding.effect],
      title: finding.check,
      message: finding.fix ? `${finding.because}\n${finding.fix}` : finding.because,
      fingerprint: finding.fingerprint,
      check: finding.check,
    }));
}
