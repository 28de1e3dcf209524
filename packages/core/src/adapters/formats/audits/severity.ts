import type { Advisory } from "#evidence";

/** The words of npm, pnpm, yarn, GitHub and OSV for how bad it is. */
export function severityFromWord(word: string | undefined): Advisory["severity"] {
  switch (word?.toLowerCase()) {
    case "info":
    case "low":
      return "low";
    case "moderate":
    case "medium":
      return "moderate";
    case "high":
    case "important":
      return "high";
    case "critical":
      return "critical";
    default:
      return "unknown";
  }
}

/** The bands of CVSS 3 and 4. */
export function severityFromScore(score: number | undefined): Advisory["severity"] {
  if (score === undefined || !(score > 0 && score <= 10)) return "unknown";
  if (score < 4) return "low";
  if (score < 7) return "moderate";
  return score < 9 ? "high" : "critical";
}
