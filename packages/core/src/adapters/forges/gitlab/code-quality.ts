import { createHash } from "node:crypto";
import type { Annotation } from "#operations";

const SEVERITY = { failure: "major", warning: "minor", notice: "info" } as const;

/** Remarks as GitLab's code quality report, the artifact it shows at lines of a merge request. */
export function codeQualityReport(annotations: readonly Annotation[]): string {
  const entries = annotations.map((annotation) => ({
    description: `${annotation.title}: ${annotation.message}`,
    check_name: annotation.check ?? annotation.title,
    fingerprint: annotation.fingerprint ?? fallback(annotation),
    severity: SEVERITY[annotation.level],
    location: { path: annotation.path, lines: { begin: annotation.line, end: Math.max(annotation.line, annotation.endLine) } },
  }));
  return `${JSON.stringify(distinct(entries), null, 2)}\n`;
}

const fallback = ({ path, title, message }: Annotation): string =>
  createHash("sha256")
    .update(JSON.stringify([path, title, message]))
    .digest("hex");

/** GitLab demands fingerprints to be unique; one finding at several places would repeat its own. */
function distinct<T extends { readonly fingerprint: string }>(entries: readonly T[]): readonly T[] {
  const seen = new Map<string, number>();
  return entries.map((entry) => {
    const times = (seen.get(entry.fingerprint) ?? 0) + 1;
    seen.set(entry.fingerprint, times);
    return times === 1 ? entry : { ...entry, fingerprint: `${entry.fingerprint}-${times}` };
  });
}
