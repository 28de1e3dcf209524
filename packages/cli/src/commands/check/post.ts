import { checkCatalogue, type Operations, type VerdictDocument } from "@proofline/core/operations";
import { isTrivial, renderMarkdown, renderResolved, renderTitle } from "../../render/markdown.ts";
import { renderSarif } from "../../render/sarif.ts";
import { version } from "../../version.ts";

/** Posts the verdict and says on standard error what became of each part. */
export async function post(operations: Operations, verdict: VerdictDocument, kind: "github" | "gitlab"): Promise<void> {
  const markdown = renderMarkdown(verdict);
  const published = await operations.publishVerdict(kind, verdict, {
    title: renderTitle(verdict),
    summary: markdown,
    ...(!isTrivial(verdict) && { comment: markdown }),
    resolved: renderResolved(verdict),
    sarif: renderSarif(verdict, checkCatalogue, version),
  });
  const parts = [`check ${published.check}`, `comment ${published.comment}`, `SARIF ${published.sarif}`];
  process.stderr.write(`posted to ${kind}: ${parts.join(", ")}\n${published.notes.map((note) => `  ${note}\n`).join("")}`);
}
