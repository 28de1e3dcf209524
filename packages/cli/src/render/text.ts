import type { DocumentFinding, VerdictDocument } from "@proofline/core/operations";
import { columnsOf } from "./columns.ts";
import type { Paint } from "./paint.ts";
import { count, deciding, duration, excerptOf, headline, notes, placeOf, riskWords, short } from "./words.ts";
import { clip, printable, wrap } from "./wrap.ts";

/** The changed line behind a red test, where the check names one: nobody mends a test that caught something. */
function sourceOf({ details: { source } }: DocumentFinding): string | undefined {
  if (typeof source !== "object" || source === null || !("file" in source) || typeof source["file"] !== "string") return undefined;
  const { file, line, others } = source;
  const more = typeof others === "number" && others > 0 ? ` or ${count(others, "more changed file")}` : "";
  return `${printable(placeOf({ file, ...(typeof line === "number" && { line }) }))}${more}`;
}

const COLOUR = { ship: "green", hold: "red", ask: "yellow" } as const;
const EXIT = { ship: 0, hold: 1, ask: 3 } as const;

/** The verdict for a person at a terminal: what, why, what next. Ends without a line break. */
export function renderText(verdict: VerdictDocument, paint: Paint, width = 80): string {
  const columns = Math.min(Math.max(width, 40), 100);
  return [...head(verdict, paint, columns), ...findings(verdict, paint, columns), ...spaced(facts(verdict, paint, columns)), ...next(verdict, paint, columns)].join("\n");
}

function* head(verdict: VerdictDocument, paint: Paint, width: number): Generator<string> {
  const { change } = verdict;
  const what = `${change.headKind === "worktree" ? "working tree" : short(change.headName)} vs ${short(change.baseName)} (merge base ${short(change.mergeBase)})`;
  const size = `${count(change.files, "file")} +${change.added} -${change.deleted}`;
  yield `${paint.bold("proofline check")}   ${what}   ${size}`;
  yield "";
  const word = verdict.decision.toUpperCase();
  const [first = "", ...more] = wrap(headline(verdict), width - word.length - 4);
  yield `${paint.badge(word, COLOUR[verdict.decision])}  ${paint.bold(first)}`;
  for (const line of more) yield `${" ".repeat(word.length + 4)}${paint.bold(line)}`;
  yield "";
}

function* findings(verdict: VerdictDocument, paint: Paint, width: number): Generator<string> {
  let number = 0;
  for (const finding of [...deciding(verdict), ...notes(verdict)]) {
    number += 1;
    // The headline has said it already where there is a single finding.
    yield* one(finding, number, paint, width, finding.because === headline(verdict));
    yield "";
  }
  for (const finding of verdict.findings.filter((candidate) => candidate.waived)) {
    const { waived } = finding;
    yield paint.dim(clip(` waived     ${finding.check} by ${waived?.by} until ${waived?.until}: ${waived?.reason}`, width));
  }
}

function* one(finding: DocumentFinding, number: number, paint: Paint, width: number, said: boolean): Generator<string> {
  const [place] = finding.places;
  const label = `${finding.check}${finding.effect === "note" ? "  (note)" : finding.effect === "ask" ? "  (ask)" : ""}`;
  const where = place ? clip(placeOf(place), Math.max(10, width - label.length - 6)) : "";
  const gap = Math.max(2, width - 4 - label.length - columnsOf(where));
  yield ` ${number}  ${paint.cyan(label)}${" ".repeat(gap)}${paint.dim(where)}`;
  if (!said) for (const line of wrap(finding.because, width - 4)) yield `    ${line}`;
  for (const line of excerptOf(finding).slice(0, 8)) yield `    ${paintDiff(clip(line, width - 4), paint)}`;
  const others = [...new Set(finding.places.slice(1, 4).map(placeOf))].filter((other) => !place || other !== placeOf(place));
  if (others.length > 0) yield `    ${paint.dim(clip(`also ${others.join(", ")}${finding.places.length > 4 ? ` and ${finding.places.length - 4} more` : ""}`, width - 4))}`;
  if (finding.fix) yield* labelled("Fix", finding.fix, width);
  if (finding.ask) yield* labelled("Ask", `${finding.ask.to.join(", ")}: ${finding.ask.question} ${finding.ask.how}`, width);
}

function* labelled(label: string, text: string, width: number): Generator<string> {
  const [first = "", ...more] = wrap(text, width - 9);
  yield `    ${label}  ${first}`;
  for (const line of more) yield `         ${line}`;
}

function paintDiff(line: string, paint: Paint): string {
  if (line.startsWith("+")) return paint.green(line);
  if (line.startsWith("-")) return paint.red(line);
  return paint.dim(line);
}

function* facts(verdict: VerdictDocument, paint: Paint, width: number): Generator<string> {
  const row = (label: string, text: string): string[] => {
    const [first = "", ...more] = wrap(text, width - 12);
    return [` ${paint.dim(label.padEnd(10))} ${first}`, ...more.map((line) => `${" ".repeat(12)}${line}`)];
  };
  const says = verdict.evidence.map((item) => [item.source === "ran" ? "ran" : "reported", `${item.says}${item.source === "reported" ? ` (${item.origin})` : ""}`] as const);
  for (const [at, [label, text]] of says.entries()) {
    const times = says.filter(([, other]) => other === text).length;
    if (says.findIndex(([, other]) => other === text) === at) yield* row(label, times > 1 ? `${text} (${times} times)` : text);
  }
  if (verdict.missing.length > 0) yield* row("not run", verdict.missing.join("; "));
  for (const spot of verdict.blindSpots.slice(0, 3)) yield* row("can't see", spot);
  for (const warning of verdict.warnings) yield* row("note", warning);
  if (verdict.later.length > 0) yield* row("later", verdict.later.join("; "));
  if (verdict.off.length > 0) yield* row("off", verdict.off.join(", "));
  const risk = riskWords(verdict.risk);
  if (verdict.change.files > 0 && risk !== undefined) yield* row("risk", risk);
  if (verdict.testMs > 0) yield* row("isolation", verdict.isolation);
}

/** Lines with an empty one behind them; nothing where there are none. */
function* spaced(lines: Iterable<string>): Generator<string> {
  let any = false;
  for (const line of lines) {
    any = true;
    yield line;
  }
  if (any) yield "";
}

function* next(verdict: VerdictDocument, paint: Paint, width: number): Generator<string> {
  const [first] = deciding(verdict);
  if (first) {
    const [place] = first.places;
    // Only a fix in the working tree is seen by asking again: a past commit stays what it is.
    const again = verdict.change.headKind !== "commit" || verdict.change.headName === "HEAD" ? ", then  proofline check" : "";
    const at = place ? printable(placeOf(place)) : first.check;
    const source = sourceOf(first);
    const does = first.effect === "ask" ? "answer" : "fix";
    const line = ` Next: ${does} ${source ?? at}${again}`;
    yield source === undefined || columnsOf(line) + columnsOf(at) + 8 > width ? line : ` Next: ${does} ${source} (red: ${at})${again}`;
  } else if (verdict.change.files === 0) yield " Next: change something, or judge past work:  proofline check --base HEAD~1";
  const exit = EXIT[verdict.enforced];
  const mode = verdict.enforced === verdict.decision ? "" : verdict.mode === "enforce" ? ", only warned about" : `, ${verdict.mode}: nothing is blocked`;
  const tail = `${duration(verdict.tookMs)}, exit ${exit} (${verdict.decision}${mode})`;
  const more = first ? ` More: proofline explain ${first.check}` : "";
  const gap = width - more.length - tail.length;
  if (more !== "" && gap < 2) yield more;
  yield more !== "" && gap < 2 ? ` ${paint.dim(tail)}` : `${more}${" ".repeat(Math.max(2, gap))}${paint.dim(tail)}`;
}
