import type { Advisory } from "#evidence";
import { unreadableReport } from "../errors.ts";
import { at, isObject, listAt, numberAt, objectAt, textAt, type JsonObject } from "../json/shapes.ts";
import type { ReadReport, ReportFormat, ReportSource } from "../report-format.ts";
import { distinctAdvisories, githubId, npmAdvisory } from "./npm-advisory.ts";
import { severityFromWord } from "./severity.ts";

/** `npm audit --json`, both formats, and `pnpm audit --json`, which prints the older one. */
export const npmAudit: ReportFormat = {
  format: "npm and pnpm audit JSON",
  accepts: ({ json }) => isObject(json) && (isSecond(json) || isFirst(json) || isFailure(json)),
  parse: readAudit,
};

const isSecond = (json: JsonObject): boolean => numberAt(json, "auditReportVersion") !== undefined && objectAt(json, "vulnerabilities") !== undefined;
const isFirst = (json: JsonObject): boolean => objectAt(json, "advisories") !== undefined && objectAt(json, "metadata") !== undefined;
const isFailure = (json: JsonObject): boolean =>
  textAt(json, "error", "summary") !== undefined && (textAt(json, "error", "code") ?? textAt(json, "message")) !== undefined;

function readAudit({ json, path }: ReportSource): ReadReport {
  if (!isObject(json) || isFailure(json))
    throw unreadableReport({
      path,
      says: `the audit itself failed: ${(textAt(json, "error", "summary") || textAt(json, "message") || "no reason given").slice(0, 300)}`,
    });
  const advisories = isSecond(json)
    ? fromSecond(json)
    : Object.values(objectAt(json, "advisories") ?? {})
        .filter(isObject)
        .flatMap((one) => npmAdvisory(one) ?? []);
  return {
    drafts: [
      {
        kind: "audit",
        tool: isSecond(json) || objectAt(json, "actions") !== undefined ? "npm audit" : "pnpm audit",
        advisories: distinctAdvisories(advisories),
      },
    ],
  };
}

/** Only entries that carry an advisory: the others are packages that depend on one of them. */
function fromSecond(json: JsonObject): readonly Advisory[] {
  return Object.values(objectAt(json, "vulnerabilities") ?? {}).flatMap((entry) =>
    listAt(entry, "via")
      .filter(isObject)
      .flatMap((via) => {
        const name = textAt(via, "dependency") ?? textAt(via, "name") ?? textAt(entry, "name");
        if (name === undefined) return [];
        const url = textAt(via, "url");
        const number = numberAt(via, "source");
        const id = githubId(url) ?? (number === undefined ? "unnamed" : `npm:${number}`);
        const range = textAt(via, "range");
        const fix = at(entry, "fixAvailable");
        const fixed = isObject(fix) && textAt(fix, "name") === name ? textAt(fix, "version") : undefined;
        return [
          {
            id,
            aliases: [],
            ecosystem: "npm",
            package: name,
            affected: range === undefined ? {} : { range },
            ...(fixed === undefined ? {} : { fixedIn: fixed }),
            severity: severityFromWord(textAt(via, "severity")),
            title: textAt(via, "title") ?? id,
            ...(url === undefined ? {} : { url }),
          },
        ];
      }),
  );
}
