import type { Advisory } from "#evidence";
import { truncatedReport, unreadableReport } from "../errors.ts";
import { at, isObject, numberAt, objectAt, textAt } from "../json/shapes.ts";
import { readLines } from "../lines/read-lines.ts";
import type { ReadReport, ReportFormat, ReportSource } from "../report-format.ts";
import { distinctAdvisories, githubId, npmAdvisory } from "./npm-advisory.ts";
import { severityFromWord } from "./severity.ts";

/** `yarn audit --json` (yarn 1) and `yarn npm audit --json` (yarn 2 and later): one JSON document per line. */
export const yarnAudit: ReportFormat = {
  format: "yarn audit JSON lines",
  accepts: ({ head }) =>
    /^\s*\{"type":"(?:auditAdvisory|auditSummary|auditAction)"/.test(head) || /^\s*\{"value":"[^"\n]{1,300}","children":\{"ID":/.test(head),
  parse: readYarn,
};

function readYarn({ bytes, path }: ReportSource): ReadReport {
  const advisories: Advisory[] = [];
  let number = 0;
  let summary = false;
  let modern = false;
  for (const line of readLines(bytes)) {
    number++;
    if (line.trim() === "") continue;
    const document = parseLine(line, { path, line: number, last: !line.endsWith("}") });
    const type = textAt(document, "type");
    summary ||= type === "auditSummary";
    modern ||= objectAt(document, "children") !== undefined;
    const found = type === "auditAdvisory" ? npmAdvisory(objectAt(document, "data", "advisory") ?? {}) : modernAdvisory(document);
    if (found) advisories.push(found);
  }
  if (!summary && !modern) throw truncatedReport({ path, line: number, says: "the summary that ends a yarn audit is missing" });
  return { drafts: [{ kind: "audit", tool: "yarn audit", advisories: distinctAdvisories(advisories) }] };
}

function parseLine(line: string, place: { readonly path: string; readonly line: number; readonly last: boolean }): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch (error) {
    const about = { path: place.path, line: place.line, says: place.last ? "its last line is cut off" : "a line is no JSON document" };
    throw place.last ? truncatedReport(about, error) : unreadableReport(about, error);
  }
}

/** yarn 2 and later: a name and a tree of labels. */
function modernAdvisory(document: unknown): Advisory | undefined {
  const children = objectAt(document, "children");
  const name = textAt(document, "value");
  if (children === undefined || name === undefined || !isObject(document)) return undefined;
  const url = textAt(children, "URL");
  const told = at(children, "ID");
  const id = githubId(url) ?? (typeof told === "number" ? `npm:${told}` : typeof told === "string" ? told : "unnamed");
  const range = textAt(children, "Vulnerable Versions");
  return {
    id,
    aliases: numberAt(children, "ID") === undefined || id.startsWith("npm:") ? [] : [`npm:${numberAt(children, "ID") ?? ""}`],
    ecosystem: "npm",
    package: name,
    affected: range === undefined ? {} : { range },
    severity: severityFromWord(textAt(children, "Severity")),
    title: textAt(children, "Issue") ?? id,
    ...(url === undefined ? {} : { url }),
  };
}
