import type { Advisory } from "#evidence";
import { isObject, listAt, at, textAt, textsAt, type JsonObject } from "../json/shapes.ts";
import type { ReadReport, ReportFormat, ReportSource } from "../report-format.ts";
import { distinctAdvisories } from "./npm-advisory.ts";
import { isOsv, osvAdvisories } from "./osv-advisory.ts";
import { severityFromScore } from "./severity.ts";

/** `osv-scanner --format json`. */
export const osvScanner: ReportFormat = {
  format: "OSV-Scanner JSON",
  accepts: ({ json }) =>
    isObject(json) &&
    Array.isArray(at(json, "results")) &&
    (listAt(json, "results").length === 0 ? Object.hasOwn(json, "experimental_config") : Array.isArray(at(listAt(json, "results")[0], "packages"))),
  parse: ({ json }: ReportSource): ReadReport => ({
    drafts: [
      {
        kind: "audit",
        tool: "osv-scanner",
        advisories: distinctAdvisories(listAt(json, "results").flatMap((result) => listAt(result, "packages").filter(isObject).flatMap(advisoriesOf))),
      },
    ],
  }),
};

/** What was found for one package and version. Aliases of one problem are one group, whose worst score counts for all of them. */
function advisoriesOf(entry: JsonObject): readonly Advisory[] {
  const [name, version, ecosystem] = [textAt(entry, "package", "name"), textAt(entry, "package", "version"), textAt(entry, "package", "ecosystem")];
  if (name === undefined || ecosystem === undefined) return [];
  const groups = listAt(entry, "groups");
  return listAt(entry, "vulnerabilities")
    .filter(isOsv)
    .flatMap((record) => {
      const id = textAt(record, "id") ?? "";
      const score = Number(
        groups
          .map((group) => (textsAt(group, "ids").includes(id) ? textAt(group, "max_severity") : undefined))
          .find((found) => found !== undefined && found !== "") ?? Number.NaN,
      );
      return osvAdvisories(record, { name, ecosystem }).map((advisory) => ({
        ...advisory,
        severity: advisory.severity === "unknown" ? severityFromScore(Number.isNaN(score) ? undefined : score) : advisory.severity,
        affected: Object.keys(advisory.affected).length === 0 && version !== undefined ? { versions: [version] } : advisory.affected,
      }));
    });
}
