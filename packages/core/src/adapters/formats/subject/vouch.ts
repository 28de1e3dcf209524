import type { ReportContext, ReportFile } from "#evidence";
import { olderThanHead, otherCommit } from "../errors.ts";
import type { ReadReport, Stamp } from "../report-format.ts";

/** Clocks of a laptop and of a CI machine differ a little, and some file systems keep even seconds only. */
export const SLACK_SECONDS = 5;

/** A time without a zone may have been read off a clock twelve hours behind. */
const MOST_BEHIND = 12 * 60 * 60 * 1000;

/** Refuses a report that names another commit than the head, or that was there before the head was. */
export function vouch(report: ReadReport, file: ReportFile, context: ReportContext): void {
  if (report.timeless) return;
  refuseOtherCommit(report.commits ?? [], file, context);
  if (context.headTime === undefined) return;
  const head = context.headTime * 1000;
  for (const { stamp, from } of stampsOf(report, file)) {
    if (stamp.at + SLACK_SECONDS * 1000 < head) {
      throw olderThanHead({ path: file.path, writtenAt: readable(stamp.at), headAt: readable(head), from });
    }
  }
}

function refuseOtherCommit(named: readonly string[], file: ReportFile, { headCommit, subject }: ReportContext): void {
  if (headCommit === undefined) return;
  const commits = [...new Set(named.map((name) => name.trim().toLowerCase()))].filter((name) => /^[0-9a-f]{7,64}$/.test(name));
  if (commits.length === 0) return;
  const same = commits.some((commit) => headCommit.startsWith(commit) || subject.startsWith(commit));
  if (!same) throw otherCommit({ path: file.path, named: commits.slice(0, 3), head: headCommit });
}

/** The report's own time wins; one without a zone is read as late as it can be, and the file's time is asked as well. */
function stampsOf({ writtenAt }: ReadReport, file: ReportFile): readonly { readonly stamp: Stamp; readonly from: string }[] {
  const ofFile = { stamp: { at: file.modifiedAt, zoned: true }, from: "the time of the file" };
  if (writtenAt === undefined) return [ofFile];
  if (writtenAt.zoned) return [{ stamp: writtenAt, from: "its own time" }];
  return [{ stamp: { at: writtenAt.at + MOST_BEHIND, zoned: true }, from: "its own time, read as late as a time without zone can be" }, ofFile];
}

const readable = (at: number): string => (Number.isFinite(at) && Math.abs(at) < 8.64e15 ? new Date(at).toISOString() : "an unknown time");
