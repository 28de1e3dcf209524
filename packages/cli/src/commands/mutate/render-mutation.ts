import type { MutationReport, ReportedSurvivor } from "@proofline/core/operations";
import type { Paint } from "../../render/paint.ts";
import { count, duration, placeOf, short } from "../../render/words.ts";
import { clip, wrap } from "../../render/wrap.ts";

/** Survivors shown one by one; the rest is counted. */
const MOST = 12;

/** What no test notices, for a person at a terminal. Ends without a line break. */
export function renderMutation(report: MutationReport, paint: Paint, width = 80): string {
  const columns = Math.min(Math.max(width, 40), 100);
  return [...head(report, paint, columns), ...survivors(report, paint, columns), ...foot(report, paint, columns)].join("\n");
}

function* head(report: MutationReport, paint: Paint, width: number): Generator<string> {
  yield `${paint.bold("proofline mutate")}   ${short(report.head)} against ${short(report.base)}`;
  yield "";
  const [first = "", ...more] = wrap(headline(report), width);
  yield paint.bold(first);
  for (const line of more) yield paint.bold(line);
}

function headline({ counts, survivors, mutants, because }: MutationReport): string {
  const tried = counts.killed + counts.survived;
  if (mutants.length === 0) return sentence(because ?? "the changed lines hold nothing that can be broken");
  if (tried === 0) return counts.unknown > 0 ? sentence(`no fault could be tried: ${because ?? "no test came to an end"}`) : "No test was seen to reach the changed lines: none does, or the tests load another copy of them.";
  if (survivors.length === 0 && counts.survived === 0) {
    const more = [...(counts.uncovered > 0 ? [`no test reaches ${counts.uncovered} more`] : []), ...(counts.unknown > 0 ? [`${counts.unknown} could not be judged`] : [])];
    return counts.uncovered > 0 ? `Every fault that a test reaches is noticed (${counts.killed}); ${more.join(", ")}.` : `No fault on the changed lines goes unnoticed: ${[`${counts.killed} noticed`, ...more].join(", ")}.`;
  }
  if (survivors.length === 0) return "";
  return `On ${count(survivors.length, "changed line")} a fault goes unnoticed (${counts.killed} of ${tried} faults are noticed).`;
}

const sentence = (text: string): string => `${text[0]?.toUpperCase() ?? ""}${text.slice(1).replace(/\.$/, "")}.`;

function* survivors({ survivors: found }: MutationReport, paint: Paint, width: number): Generator<string> {
  for (const one of found.slice(0, MOST)) yield* survivor(one, paint, width);
  if (found.length > MOST) {
    yield "";
    yield ` ${count(found.length - MOST, "more line")} like these; --format json lists them all`;
  }
}

function* survivor(one: ReportedSurvivor, paint: Paint, width: number): Generator<string> {
  yield "";
  const place = placeOf(one);
  const words = `nobody noticed when ${one.says}`;
  const fits = place.length + words.length + 4 <= width;
  yield ` ${paint.cyan(clip(place, width - 1))}${fits ? `  ${words}` : ""}`;
  if (!fits) for (const line of wrap(words, width - 3)) yield `   ${line}`;
  for (const line of one.diff) yield `     ${line.startsWith("-") ? paint.red(clip(line, width - 5)) : paint.green(clip(line, width - 5))}`;
  for (const line of wrap(advice(one), width - 5)) yield paint.dim(`     ${line}`);
}

function advice({ reaching, nearest, alike }: ReportedSurvivor): string {
  const more = alike > 0 ? `; ${count(alike, "more fault")} on this line ${alike === 1 ? "goes" : "go"} unnoticed too` : "";
  if (!nearest) return `it acts while the file loads, and every test stays green${more}`;
  const where = `${nearest.file === undefined ? "" : `${nearest.file}: `}${nearest.title}`;
  return `${reaching === 1 ? "one test reaches it" : `${count(reaching, "test")} reach it, the nearest`}: ${where}${more}`;
}

function* foot(report: MutationReport, paint: Paint, width: number): Generator<string> {
  const { counts, mutants } = report;
  if (mutants.length === 0) return;
  yield "";
  // What the headline has said is not said again below it.
  const told = counts.killed + counts.survived === 0 && counts.unknown > 0 ? report.because : undefined;
  const unknown = tellUnknown(report, told);
  const rows: [string, string][] = [
    ["Faults", [`${counts.killed} noticed`, `${counts.survived} unnoticed`, ...(counts.uncovered > 0 ? [`${counts.uncovered} reached by no test`] : []), ...(counts.unknown > 0 ? [`${counts.unknown} unknown`] : []), ...(counts["left-out"] > 0 ? [`${counts["left-out"]} not worth trying`] : [])].join(" · ")],
    ...report.unreached.slice(0, 5).map(({ file, lines }, at): [string, string] => [at === 0 ? "No test" : "", `${file}:${lines.slice(0, 12).join(", ")}${lines.length > 12 ? ` and ${lines.length - 12} more lines` : ""}`]),
    ...unknown.map((text, at): [string, string] => [at === 0 ? "Unknown" : "", text]),
    ...(report.complete || report.because === undefined || report.because === told ? [] : [["Open", report.because] as [string, string]]),
    ...(report.survivors.some(({ alike }) => alike > 0) ? [["More", "--format json lists every fault of a line, with its fate"] as [string, string]] : []),
    ...report.notes.map((note): [string, string] => ["Note", note]),
    ["Runs", `${report.remembered ? "remembered from an earlier run" : `in ${duration(report.tookMs)}`}; ${report.isolation}`],
  ];
  for (const [label, text] of rows) {
    const [first = "", ...more] = wrap(text, width - 10);
    yield ` ${paint.dim(label.padEnd(7))}  ${first}`;
    for (const line of more) yield `          ${line}`;
  }
}

/** Reasons why faults are unknown, most frequent first. */
function tellUnknown({ mutants }: MutationReport, told: string | undefined): string[] {
  const reasons = new Map<string, number>();
  for (const { fate, because } of mutants) if (fate === "unknown") reasons.set(because ?? "for no known reason", (reasons.get(because ?? "for no known reason") ?? 0) + 1);
  if (told !== undefined && reasons.size === 1 && reasons.has(told)) return [];
  return [...reasons].sort((a, b) => b[1] - a[1]).slice(0, 3).map(([why, n]) => `${n}: ${why}`);
}
