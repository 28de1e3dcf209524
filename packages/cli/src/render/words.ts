import type { DocumentFinding, VerdictDocument } from "@proofline/core/operations";
import { clip } from "./wrap.ts";

/** `1 file`, `2 files`. */
export const count = (n: number, noun: string, plural = `${noun}s`): string => `${n.toLocaleString("en")} ${n === 1 ? noun : plural}`;

/** `320 ms`, `18.2 s`, `1 min 52 s`. */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  const minutes = Math.floor(ms / 60_000);
  return `${minutes} min ${Math.round((ms - minutes * 60_000) / 1000)} s`;
}

/** First seven characters of an object id. */
export const short = (id: string): string => (/^[0-9a-f]{40,64}$/.test(id) ? id.slice(0, 7) : id);

/** `20 s`, `5 min`: a budget, which is a round figure and not a measurement. */
export const budget = (ms: number): string => (ms >= 60_000 && ms % 60_000 === 0 ? `${ms / 60_000} min` : `${Math.round(ms / 1000)} s`);

/** `src/a.ts:12`, or just the file. A name with a line break or an escape code shows it, so that the file can be found and the terminal is not driven. */
export const placeOf = (place: { readonly file: string; readonly line?: number }): string => (place.line ? `${visible(place.file)}:${place.line}` : visible(place.file));

const visible = (path: string): string => path.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, (char) => `\\u{${char.charCodeAt(0).toString(16)}}`);

/** Findings that decide: broken or unknown, not waived, of effect block or ask. Blocks first. */
export function deciding(verdict: VerdictDocument): DocumentFinding[] {
  const live = verdict.findings.filter((finding) => finding.answer !== "holds" && !finding.waived);
  return [...live.filter((finding) => finding.effect === "block"), ...live.filter((finding) => finding.effect === "ask")];
}

/** Findings worth a line that decide nothing. */
export const notes = (verdict: VerdictDocument): DocumentFinding[] =>
  verdict.findings.filter((finding) => finding.answer === "broken" && finding.effect === "note" && !finding.waived);

/** What a test or a tool said may end without a full stop; a sentence before another may not. */
const sentence = (text: string): string => (/[.!?…:]$/.test(text.trimEnd()) ? text : `${text}.`);

/** One sentence for the whole verdict. */
export function headline(verdict: VerdictDocument): string {
  const open = deciding(verdict);
  const [first] = open;
  if (first) return open.length === 1 ? first.because : `${sentence(first.because)} ${count(open.length - 1, "more finding")} below.`;
  const { change } = verdict;
  if (change.files === 0) return "Nothing changed between base and head.";
  if (change.type === "docs") return "Docs only, no proof owed.";
  const proven = verdict.findings.find((finding) => finding.check === PROOF && finding.answer === "holds")?.because;
  const runs = whatRan(verdict);
  if (proven !== undefined) return [sentence(withShortNames(proven)), ...(runs === undefined ? [] : [`${runs.red ? standing(verdict) : "Nothing stands against it"}: ${runs.says}.`])].join(" ");
  if (runs !== undefined) return `${runs.red ? standing(verdict) : "Nothing stands against it"}: ${runs.says}.`;
  return verdict.scope === "static" ? "Nothing in the diff stands against it; no tests were run." : "Nothing stands against it.";
}

const PROOF = "tests/pass-without-change";

/** Where tests are red and nothing is held against it, why that is: unstable, red before, or not settled in time. */
function standing(verdict: VerdictDocument): string {
  const told = verdict.findings.filter((finding) => finding.answer === "broken");
  const red = (why: string): number =>
    told.filter((finding) => finding.check === "tests/failing" && finding.details["why"] === why).reduce((sum, { details: { of } }) => sum + (typeof of === "number" ? of : 1), 0);
  const unstable = told.filter((finding) => finding.check === "tests/flaky").length;
  const waived = told.filter((finding) => finding.check === "tests/failing" && finding.waived).length;
  const parts = [
    [unstable, "unstable"],
    [red("older"), "red before it too"],
    [red("unsettled"), "not settled in time"],
    [waived, "waived"],
  ] as const;
  const why = parts.flatMap(([n, says]) => (n > 0 ? [`${n} ${says}`] : []));
  return why.length > 0 ? `Tests are red, none held against it (${why.join(", ")})` : "Tests are red, and nothing that was asked holds it";
}

/** The test runs in few words. Repeats, and why a run was cut short, are told further down. */
function whatRan(verdict: VerdictDocument): { readonly says: string; readonly red: boolean } | undefined {
  const says = verdict.evidence.filter((item) => item.kind === "test-run").map((item) => item.says);
  const first = says.filter((one) => !/, (?:repeated|on the merge base)$/.test(one));
  const whole = first.filter((one) => !/, cut short: |: broke off before its first test/.test(one));
  const cut = first.length - whole.length;
  if (first.length === 0) return undefined;
  return { says: [...whole, ...(cut > 0 ? [`${count(cut, "run")} cut short`] : [])].join("; "), red: first.some((one) => /[:,] \d+ failed\b|did not load/.test(one)) };
}

/** `riskier than 9 in 10 changes here`, with why. Undefined for an ordinary change and where nobody can tell: a line that says nothing teaches to skip the others. */
export function riskWords({ percentile, reasons }: VerdictDocument["risk"]): string | undefined {
  if (percentile === null || percentile < 50) return undefined;
  const rank = percentile >= 90 ? "riskier than 9 in 10 changes here" : `riskier than ${Math.floor(percentile / 10)} in 10 changes here`;
  return reasons.length > 0 ? `${rank}: ${reasons.slice(0, 3).join(", ")}` : rank;
}

/** A sentence whose quoted names of tests are cut to what a headline can bear. */
export const withShortNames = (text: string, most = 72): string => text.replace(/“([^“”]{20,})”/g, (_, name: string) => `“${clip(name, most)}”`);

/** The lines a finding shows, without those its sentence has said: a test's message is read once. */
export function excerptOf(finding: DocumentFinding): readonly string[] {
  const lines = finding.excerpt ?? [];
  const said = squeezed(finding.because);
  const first = lines.findIndex((line) => !said.includes(squeezed(line).slice(0, SAID_LENGTH)));
  return first < 0 ? [] : lines.slice(first);
}

/** A sentence quotes a long line with its end cut off. */
const SAID_LENGTH = 120;
const squeezed = (text: string): string => text.replace(/\s+/g, " ").trim();
