import type { DocumentFinding, VerdictDocument } from "@proofline/core/operations";

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
  const passed = verdict.evidence.filter((item) => item.kind === "test-run").map((item) => item.says);
  if (passed.length > 0) return `Nothing stands against it: ${passed.join("; ")}.`;
  return verdict.scope === "static" ? "Nothing in the diff stands against it; no tests were run." : "Nothing stands against it.";
}

/** `above 9 in 10 changes here`, or nothing when there is too little history. */
export function riskWords(risk: VerdictDocument["risk"]): string {
  if (risk.percentile === null) return risk.reasons.slice(0, 2).join(", ") || "too little history here to rank it";
  const rank = risk.percentile >= 90 ? "riskier than 9 in 10 changes here" : risk.percentile >= 50 ? `riskier than ${Math.floor(risk.percentile / 10)} in 10 changes here` : "below the middle of the changes here";
  return risk.percentile >= 50 && risk.reasons.length > 0 ? `${rank}: ${risk.reasons.slice(0, 3).join(", ")}` : rank;
}
