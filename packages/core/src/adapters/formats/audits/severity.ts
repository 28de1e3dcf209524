import type { Advisory } from "#evidence";

/** The words of npm, pnpm, yarn, GitHub and OSV for how bad it is. */
export function severityFromWord(word: string | undefined): Advisory["severity"] {
  return WORDS.get(word?.toLowerCase() ?? "") ?? "unknown";
}

const WORDS: ReadonlyMap<string, Advisory["severity"]> = new Map([
  ["info", "low"],
  ["low", "low"],
  ["moderate", "moderate"],
  ["medium", "moderate"],
  ["high", "high"],
  ["important", "high"],
  ["critical", "critical"],
]);

/** The bands of CVSS 3 and 4. */
export function severityFromScore(score: number | undefined): Advisory["severity"] {
  if (score === undefined || !(score > 0 && score <= 10)) return "unknown";
  if (score < 4) return "low";
  if (score < 7) return "moderate";
  return score < 9 ? "high" : "critical";
}
