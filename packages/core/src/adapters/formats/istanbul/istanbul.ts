import { CoverageFacts } from "../coverage/coverage-facts.ts";
import type { FileFacts } from "../coverage/file-facts.ts";
import { summaryOnly, unreadableReport } from "../errors.ts";
import { at, isObject, listAt, numberAt, objectAt, textAt, type JsonObject } from "../json/shapes.ts";
import type { ReadReport, ReportFormat, ReportSource } from "../report-format.ts";

/** Istanbul's `coverage-final.json` (nyc, c8, Jest, Vitest). Its `coverage-summary.json` is recognised and refused: it has no lines. */
export const istanbul: ReportFormat = {
  format: "Istanbul JSON",
  accepts: ({ json }) => isObject(json) && (isSummary(json) || Object.values(json).some(isFile)),
  parse: readIstanbul,
};

const isFile = (value: unknown): boolean =>
  isObject(value) && (objectAt(value, "statementMap") !== undefined || objectAt(value, "data", "statementMap") !== undefined);
const isSummary = (json: JsonObject): boolean => objectAt(json, "total", "lines") !== undefined && numberAt(json, "total", "lines", "total") !== undefined;

function readIstanbul({ json, path }: ReportSource): ReadReport {
  if (!isObject(json) || isSummary(json)) {
    throw summaryOnly({
      path,
      holds: "Istanbul's coverage-summary.json",
      instead: "Hand in coverage-final.json (reporter `json`) or lcov.info (reporter `lcovonly`) of the same run.",
    });
  }
  const facts = new CoverageFacts("sum");
  for (const [name, entry] of Object.entries(json)) {
    const file = objectAt(entry, "data") ?? (isObject(entry) ? entry : undefined);
    if (file === undefined || objectAt(file, "statementMap") === undefined)
      throw unreadableReport({ path, says: `the entry of ${name.slice(0, 200)} has no statementMap` });
    readFile(file, facts.of(textAt(file, "path") ?? name));
  }
  return { drafts: [facts.draft("istanbul")] };
}

/** A line is as covered as the statement starting on it that ran most, which is how Istanbul itself counts lines. */
function readFile(file: JsonObject, facts: FileFacts): void {
  const lines = new Map<number, number>();
  for (const [id, place] of Object.entries(objectAt(file, "statementMap") ?? {})) {
    const line = numberAt(place, "start", "line");
    if (line !== undefined) lines.set(line, Math.max(lines.get(line) ?? 0, numberAt(file, "s", id) ?? 0));
  }
  for (const [line, hits] of lines) facts.line(line, hits);
  for (const [id, branch] of Object.entries(objectAt(file, "branchMap") ?? {})) {
    const line = numberAt(branch, "loc", "start", "line") ?? numberAt(branch, "line") ?? numberAt(at(listAt(branch, "locations")[0], "start"), "line");
    if (line === undefined) continue;
    listAt(file, "b", id).forEach((taken, arm) => facts.branch(line, `${id}:${arm}`, typeof taken === "number" ? taken : 0));
  }
}
