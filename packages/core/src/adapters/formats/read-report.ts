import { createHash } from "node:crypto";
import type { Evidence, ReportContext, ReportFile, ReportReader } from "#evidence";
import { unknownFormat } from "./errors.ts";
import { openReport } from "./opening/open-report.ts";
import { headTree, type HeadTree } from "./paths/head-tree.ts";
import { placeDrafts } from "./place-drafts.ts";
import { reportFormats } from "./registry.ts";
import { vouch } from "./subject/vouch.ts";

/**
 * Reads the reports of other tools. What it returns is `reported`: somebody else ran it. A file that is empty, cut off, hostile,
 * of no known format, about another commit or older than the head is refused by a named error, whole.
 */
export function createReportReader(): ReportReader {
  let indexed: { readonly paths: ReadonlySet<string> | undefined; readonly tree: HeadTree } | undefined;
  return {
    async read(file, context) {
      if (indexed === undefined || indexed.paths !== context.paths) indexed = { paths: context.paths, tree: headTree(context.paths) };
      return Promise.resolve(readReport(file, context, indexed.tree));
    },
  };
}

function readReport(file: ReportFile, context: ReportContext, tree: HeadTree): readonly Evidence[] {
  const source = openReport(file);
  const format = reportFormats.find((candidate) => candidate.accepts(source));
  if (format === undefined) throw unknownFormat({ path: file.path, formats: reportFormats.map((known) => known.format) });
  const report = format.parse(source, tree);
  vouch(report, file, context);
  const base = {
    source: "reported" as const,
    subject: context.subject,
    digest: `sha256:${createHash("sha256").update(file.bytes).digest("hex")}`,
    origin: file.path,
  };
  return placeDrafts(report, { root: context.root, reportPath: file.path, tree }, base);
}
