import type { Observation, Place } from "#kernel";
import type { Change } from "#change";
import { evidenceOf, type ReportedIssue, type StaticAnalysis } from "#evidence";
import { ALL_GATES, defineCheck } from "../../check.ts";

const LEVELS = ["note", "warning", "error"];

interface Issue extends ReportedIssue {
  readonly tool: string;
}

export const reported = defineCheck({
  id: "security/reported",
  asks: "Did another scanner find something new on the changed lines?",
  why: "What other tools found belongs where the change is judged, and only as far as the change is to blame for it.",
  since: "0.1.0",
  effect: "note",
  gates: ALL_GATES,
  options: {
    "min-level": { type: "string", default: "warning", says: "Least SARIF level that is shown: `note`, `warning` or `error`." },
    "min-severity": { type: "number", default: 0, says: "Least security severity (0 to 10) of issues that carry one." },
    "raise-from": { type: "number", default: 11, says: "Issues of at least this security severity ask the author; above 10 none does." },
  },

  *look({ change, evidence, options }) {
    const reports = evidenceOf(evidence, "static-analysis");
    const onHead = reports.filter(({ subject }) => subject === change.head || subject === change.headTree);
    if (onHead.length === 0) return;
    const known = new Set(reports.filter(({ subject }) => subject === change.mergeBase || subject === change.mergeBaseTree).flatMap(issuesOf).flatMap(keysOf));
    const added = addedLines(change);
    const fresh = onHead
      .flatMap(issuesOf)
      .filter((issue) => !issue.suppressed && LEVELS.indexOf(issue.level) >= Math.max(0, LEVELS.indexOf(String(options["min-level"]))) && (issue.severity ?? 10) >= Number(options["min-severity"]))
      .filter((issue) => touches(issue.place, added) && !keysOf(issue).some((key) => known.has(key)));
    const groups = grouped(fresh);
    for (const group of groups) yield seen(group, Number(options["raise-from"]), change);
    if (groups.length === 0) yield { answer: "holds", because: `${tools(onHead)} found nothing new on the changed lines.`, subject: "reported", details: { tools: onHead.map(({ tool }) => tool) } };
  },
});

const issuesOf = ({ tool, issues }: StaticAnalysis): Issue[] => issues.map((issue) => ({ ...issue, tool }));
const tools = (reports: readonly StaticAnalysis[]): string => [...new Set(reports.map(({ tool }) => tool))].sort().join(" and ");

/** A tool's own fingerprint survives moved lines; without one the rule, file and message have to do. */
const keysOf = (issue: Issue): string[] => [
  ...(issue.fingerprint === undefined ? [] : [`${issue.tool}\n${issue.fingerprint}`]),
  ...(issue.fingerprint === undefined ? [`${issue.tool}\n${issue.rule}\n${issue.place?.file ?? ""}\n${issue.message}`] : []),
];

/** New lines only: moved code brings no new issue. */
const addedLines = (change: Change): ReadonlyMap<string, ReadonlySet<number>> => new Map(change.files.map((file) => [file.path, new Set(file.newLines)]));

function touches(place: Place | undefined, added: ReadonlyMap<string, ReadonlySet<number>>): boolean {
  const lines = place && added.get(place.file);
  if (!place || !lines || lines.size === 0 || place.line === undefined) return false;
  const last = place.endLine ?? place.line;
  // A span may be a whole file in a hostile report: walk whichever is shorter.
  if (last - place.line < lines.size) for (let line = place.line; line <= last; line++) if (lines.has(line)) return true;
  return last - place.line >= lines.size && [...lines].some((line) => line >= (place.line ?? 0) && line <= last);
}

/** One rule in one file is one thing to fix, however often it fired and whichever copy of the report said so. */
function grouped(issues: readonly Issue[]): Issue[][] {
  const groups = new Map<string, Issue[]>();
  for (const issue of issues) {
    const key = `${issue.tool}\n${issue.rule}\n${issue.place?.file ?? ""}`;
    const group = groups.get(key) ?? [];
    if (!group.some(({ place, message }) => place?.line === issue.place?.line && message === issue.message)) group.push(issue);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function seen(group: readonly Issue[], raiseFrom: number, change: Change): Observation {
  const [first] = group as [Issue, ...Issue[]];
  const severity = Math.max(...group.map((issue) => issue.severity ?? -1));
  const asks = severity >= raiseFrom;
  const more = group.length > 1 ? ` (and ${group.length - 1} more like it in this file)` : "";
  return {
    answer: "broken",
    because: `${first.tool}: ${firstLine(first.message)}${more}`,
    fix: `Fix what ${first.rule} describes, or suppress it where it stands with a reason ${first.tool} understands.`,
    places: group.slice(0, 10).flatMap(({ place }) => (place ? [{ ...place, side: "head" as const }] : [])),
    subject: `${first.tool}\n${first.rule}\n${subjectOf(group, change)}`,
    ...(asks && { effect: "ask" as const, ask: { to: ["author"], question: `Can what ${first.rule} found be reached?`, how: "Fix it, or say with `proofline waive` why it does not apply." } }),
    details: { tool: first.tool, rule: first.rule, level: first.level, ...(severity >= 0 && { severity }) },
  };
}

/** The tool's fingerprints, or the code it speaks of: no line numbers, so that a rebase changes nothing. */
function subjectOf(group: readonly Issue[], change: Change): string {
  return group
    .map(({ fingerprint, place, message }) => {
      const line = change.files.find(({ path }) => path === place?.file)?.hunks.flatMap((hunk) => hunk.lines).find(({ op, line: at }) => op === "+" && at === place?.line);
      return fingerprint ?? line?.text.trim() ?? message;
    })
    .sort()
    .join("\n");
}

const firstLine = (message: string): string => {
  const line = message.split("\n").find((text) => text.trim() !== "")?.trim() ?? "no message";
  return line.length > 200 ? `${line.slice(0, 199)}…` : line;
};
