import type { Place } from "#kernel";
import type { ChangedFile } from "#change";
import { evidenceOf, type FileCoverage } from "#evidence";
import { ALL_GATES, defineCheck } from "../../check.ts";
import { lineRanges } from "./line-ranges.ts";

interface Gap {
  readonly file: ChangedFile;
  readonly executable: number;
  readonly missed: readonly number[];
  readonly arms: number;
  readonly missedArms: number;
}

export const changedLines = defineCheck({
  id: "coverage/changed-lines",
  asks: "Did a test execute the new and changed lines?",
  why: "A line no test executed can't have been checked by one. The reverse is not true, which is why this is a note by default.",
  since: "0.1.0",
  effect: "note",
  gates: ALL_GATES,
  needs: ["coverage"],
  options: {
    "min-lines": { type: "number", default: 80, says: "Percent of the change's executable lines that tests must reach." },
    "min-branches": { type: "number", default: 0, says: "Percent of the branch arms on those lines; 0 turns it off." },
  },

  *look({ change, evidence, options }) {
    const coverage = evidenceOf(evidence, "coverage").filter((item) => item.subject === change.head || item.subject === change.headTree);
    if (coverage.length === 0) return;
    const fresh = change.files.filter((file) => file.kind === "source" && file.behaviour && file.newLines.length > 0);
    const gaps = fresh.flatMap((file) => measure(file, coverage.flatMap((report) => report.files.get(file.path) ?? [])) ?? []);
    // A file no report mentions was loaded by no test: leaving it out would make it count as covered.
    const unseen = fresh.filter((file) => !coverage.some((report) => report.files.has(file.path))).map((file) => file.path);
    const executable = sum(gaps, (gap) => gap.executable);
    if (executable === 0 && unseen.length === 0) return;

    const reached = percent(executable - sum(gaps, (gap) => gap.missed.length), executable);
    const arms = sum(gaps, (gap) => gap.arms);
    const taken = percent(arms - sum(gaps, (gap) => gap.missedArms), arms);
    const enough = unseen.length === 0 && reached >= Number(options["min-lines"]) && taken >= Number(options["min-branches"]);
    const because = `Tests reach ${reached} % of ${executable} changed executable lines${arms > 0 ? ` and ${taken} % of ${arms} branches on them` : ""}.${unseen.length > 0 ? ` No report mentions ${unseen.slice(0, 3).join(", ")}${unseen.length > 3 ? ` and ${unseen.length - 3} more` : ""}.` : ""}`;
    const details = { executable, reached, arms, taken, unseen };
    if (enough) {
      yield { answer: "holds", because, subject: "changed-lines", details };
      return;
    }
    const places = gaps.flatMap((gap): Place[] => lineRanges(gap.missed).map(([line, endLine]) => ({ file: gap.file.path, line, endLine, side: "head" })));
    yield {
      answer: "broken",
      because,
      fix: "Write a test that reaches the lines listed, starting with the ones that handle errors.",
      places: [...places, ...unseen.map((file) => ({ file, side: "head" as const }))].slice(0, 20),
      subject: fresh.map((file) => file.path).sort().join("\n"),
      details,
    };
  },
});

/** Joins one file's new lines with its coverage; several reports add up. */
function measure(file: ChangedFile, reports: readonly FileCoverage[]): Gap | undefined {
  if (reports.length === 0) return undefined;
  const fresh = new Set(file.newLines);
  const hits = new Map<number, number>();
  const arms = new Map<string, number>();
  for (const report of reports) {
    for (const line of file.newLines) {
      const count = report.lines.get(line);
      if (count !== undefined) hits.set(line, Math.max(hits.get(line) ?? 0, count));
    }
    for (const branch of report.branches) {
      if (!fresh.has(branch.line)) continue;
      const key = `${branch.line}:${branch.arm}`;
      arms.set(key, Math.max(arms.get(key) ?? 0, branch.taken ?? 0));
    }
  }
  const missed = [...hits].filter(([, count]) => count === 0).map(([line]) => line);
  return { file, executable: hits.size, missed, arms: arms.size, missedArms: [...arms.values()].filter((count) => count === 0).length };
}

const sum = <T>(items: readonly T[], of: (item: T) => number): number => items.reduce((total, item) => total + of(item), 0);
/** Rounded down, so that 99.9 % never reads as everything. Nothing to reach counts as all reached. */
const percent = (part: number, whole: number): number => (whole === 0 ? 100 : Math.floor((part / whole) * 1000) / 10);
