import type { ReadReport, ReportFormat, ReportSource } from "../report-format.ts";
import { unreadableReport } from "../errors.ts";
import { distinctAdvisories } from "./npm-advisory.ts";
import { isOsv, osvAdvisories } from "./osv-advisory.ts";

/** An OSV export: one vulnerability, or a list of them. It describes the world and may be older than the head. */
export const osv: ReportFormat = {
  format: "OSV export JSON",
  accepts: ({ json }) => isOsv(json) || (Array.isArray(json) && json.length > 0 && isOsv(json[0])),
  parse: readOsv,
};

function readOsv({ json, path }: ReportSource): ReadReport {
  const records: readonly unknown[] = Array.isArray(json) ? json : [json];
  const wrong = records.findIndex((record) => !isOsv(record));
  if (wrong !== -1) throw unreadableReport({ path, says: `entry ${wrong + 1} of ${records.length} is no OSV record` });
  return {
    drafts: [{ kind: "audit", tool: "OSV export", advisories: distinctAdvisories(records.filter(isOsv).flatMap((record) => osvAdvisories(record))) }],
    timeless: true,
  };
}
