import type { ReportedIssue } from "#evidence";
import { unreadableReport } from "../errors.ts";
import { at, isObject, listAt, objectAt, textAt, type JsonObject } from "../json/shapes.ts";
import type { Draft, ReadReport, ReportFormat, ReportSource } from "../report-format.ts";
import { earliest, readStamp } from "../subject/stamp.ts";
import { locate } from "./locate.ts";
import { messageOf } from "./message.ts";
import { ruleOf, type SarifRule } from "./rules.ts";

/** SARIF 2.1.0, one piece of evidence per run. */
export const sarif: ReportFormat = {
  format: "SARIF 2.1",
  accepts: ({ json }) =>
    isObject(json) && Array.isArray(at(json, "runs")) && (/^2\.1\./.test(textAt(json, "version") ?? "") || /sarif/i.test(textAt(json, "$schema") ?? "")),
  parse: readSarif,
};

function readSarif({ json, path }: ReportSource): ReadReport {
  const version = textAt(json, "version");
  if (version !== undefined && !version.startsWith("2.1.")) throw unreadableReport({ path, says: `it is SARIF ${version.slice(0, 20)}, only 2.1 is read` });
  const runs = listAt(json, "runs").filter(isObject);
  if (runs.some((run) => textAt(run, "tool", "driver", "name") === undefined)) throw unreadableReport({ path, says: "a run names no tool" });
  const stamp = earliest(runs.flatMap((run) => listAt(run, "invocations").map((one) => readStamp(textAt(one, "endTimeUtc") ?? textAt(one, "startTimeUtc")))));
  const failed = runs
    .filter((run) => listAt(run, "invocations").some((one) => at(one, "executionSuccessful") === false))
    .map((run) => textAt(run, "tool", "driver", "name") ?? "");
  return {
    drafts: runs.map(readRun),
    commits: runs.flatMap((run) => listAt(run, "versionControlProvenance").flatMap((origin) => textAt(origin, "revisionId") ?? [])),
    ...(stamp ? { writtenAt: stamp } : {}),
    ...(failed.length > 0 ? { notes: [`${failed.join(", ")} says that its run did not succeed`] } : {}),
  };
}

function readRun(run: JsonObject): Draft {
  const issues = listAt(run, "results")
    .filter(isObject)
    .flatMap((result) => readResult(result, run) ?? []);
  return { kind: "static-analysis", tool: textAt(run, "tool", "driver", "name") ?? "unknown", issues };
}

/** A result that is a problem there is now; undefined for a pass, for what does not apply and for what is gone since the tool's baseline. */
function readResult(result: JsonObject, run: JsonObject): ReportedIssue | undefined {
  const kind = textAt(result, "kind") ?? "fail";
  if (kind === "pass" || kind === "notApplicable" || textAt(result, "baselineState") === "absent") return undefined;
  const rule = ruleOf(result, run);
  const place = locate(result, run);
  const fingerprint = fingerprintOf(result);
  const severity = severityOf(result, rule);
  return {
    rule: rule.id,
    level: levelOf(result, rule, kind),
    message: messageOf(result, rule).slice(0, 2000),
    ...(place ? { place } : {}),
    ...(fingerprint === undefined ? {} : { fingerprint }),
    suppressed: isSuppressed(result),
    ...(severity === undefined ? {} : { severity }),
  };
}

/** The result's own level, else its rule's, else a warning; what is no failure is a note. */
function levelOf(result: JsonObject, rule: SarifRule, kind: string): ReportedIssue["level"] {
  const level = textAt(result, "level") ?? (kind === "fail" ? (rule.level ?? "warning") : "note");
  return level === "error" || level === "warning" ? level : "note";
}

/** A suppression that was asked for and not granted suppresses nothing. */
function isSuppressed(result: JsonObject): boolean {
  const suppressions = listAt(result, "suppressions");
  return suppressions.length > 0 && suppressions.every((one) => (textAt(one, "status") ?? "accepted") === "accepted");
}

function fingerprintOf(result: JsonObject): string | undefined {
  for (const key of ["partialFingerprints", "fingerprints"]) {
    const named = Object.entries(objectAt(result, key) ?? {}).filter((entry): entry is [string, string] => typeof entry[1] === "string");
    const [first] = named.sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1));
    if (first) return `${first[0]}:${first[1]}`.slice(0, 500);
  }
  return undefined;
}

const rank = (name: string): number => (name.startsWith("primaryLocationLineHash") ? 0 : 1);

function severityOf(result: JsonObject, rule: SarifRule): number | undefined {
  const told = at(result, "properties", "security-severity") ?? rule.severity;
  const value = typeof told === "string" ? Number.parseFloat(told) : told;
  return typeof value === "number" && Number.isFinite(value) && value >= 0 && value <= 10 ? value : undefined;
}
