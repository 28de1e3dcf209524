import { defineError } from "#kernel";

/** Where in a report something is wrong. */
export interface ReportPlace {
  readonly path: string;
  readonly line?: number;
}

const at = ({ path, line }: ReportPlace): string => (line === undefined ? path : `${path}:${line}`);

export const emptyReport = defineError<ReportPlace>({
  code: "evidence/empty",
  title: "A report is empty.",
  message: (place) => `${at(place)} holds nothing.`,
  fix: () => "Look at the job that writes it: it was probably stopped before its first result. Remove the file if it is not meant to be read.",
  exit: 2,
});

export const truncatedReport = defineError<ReportPlace & { readonly says: string }>({
  code: "evidence/truncated",
  title: "A report ends too early.",
  message: (about) => `${at(about)}: ${about.says}.`,
  fix: () => "Let the job that writes the report finish (was it killed, or the disk full?), then hand in the whole file.",
  exit: 2,
});

export const unreadableReport = defineError<ReportPlace & { readonly says: string }>({
  code: "evidence/unreadable",
  title: "A report breaks the rules of its format.",
  message: (about) => `${at(about)}: ${about.says}.`,
  fix: () => "Write the report again with its own tool; if it is right, tell us with the file attached.",
  exit: 2,
});

export const tooLargeReport = defineError<ReportPlace & { readonly says: string }>({
  code: "evidence/too-large",
  title: "A report is too large.",
  message: (about) => `${at(about)} ${about.says}.`,
  fix: () => "Split the report (one file per package or shard) or leave generated and third-party files out of it.",
  exit: 2,
});

export const hostileReport = defineError<ReportPlace & { readonly says: string }>({
  code: "evidence/hostile",
  title: "A report is built to exhaust its reader.",
  message: (about) => `${at(about)} ${about.says}. No report writer needs that.`,
  fix: () => "Find out who wrote the file. Nothing of it was used.",
  exit: 2,
});

export const unknownFormat = defineError<ReportPlace & { readonly formats: readonly string[] }>({
  code: "evidence/unknown-format",
  title: "A report has a format nobody here reads.",
  message: (place) => `${at(place)} is none of the formats known.`,
  fix: ({ formats }) => `Hand in one of: ${formats.join(", ")}. Any of them may be compressed with gzip.`,
  exit: 2,
});

export const summaryOnly = defineError<ReportPlace & { readonly holds: string; readonly instead: string }>({
  code: "evidence/summary-only",
  title: "A report holds totals only.",
  message: (about) => `${at(about)} is ${about.holds}: it says how much, not which lines.`,
  fix: ({ instead }) => instead,
  exit: 2,
});

export const otherCommit = defineError<ReportPlace & { readonly named: readonly string[]; readonly head: string }>({
  code: "evidence/other-commit",
  title: "A report speaks of another commit.",
  message: ({ path, named, head }) => `${path} says it is about ${named.map((commit) => commit.slice(0, 12)).join(", ")}; the head is ${head.slice(0, 12)}.`,
  fix: () => "Hand in the report of this commit, or check the commit the report is about with --head.",
  exit: 2,
});

export const olderThanHead = defineError<ReportPlace & { readonly writtenAt: string; readonly headAt: string; readonly from: string }>({
  code: "evidence/older-than-head",
  title: "A report is older than the code it is handed in for.",
  message: ({ path, writtenAt, headAt, from }) => `${path} dates from ${writtenAt} (${from}), the head commit from ${headAt}.`,
  fix: () => "Run the tests again on this commit and hand in the new report. Restoring an artifact must keep or renew its time.",
  exit: 2,
});
