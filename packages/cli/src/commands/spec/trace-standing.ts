import type { TraceReport } from "@proofline/core/operations";

/** How a whole trace stands: `failing` and `gaps` want somebody's hands, `open` wants a run. */
export type Standing = "empty" | "proven" | "open" | "gaps" | "failing";

/** One word for a trace, worst first. */
export function standingOf({ promised, loose, problems, stories }: Pick<TraceReport, "promised" | "loose" | "problems" | "stories">): Standing {
  if (promised.failing > 0) return "failing";
  if (promised.outdated + promised.unproven + promised.skipped + promised.ambiguous + loose.length + problems.length > 0) return "gaps";
  if (promised["not-run"] + promised.flaky > 0) return "open";
  return stories.length === 0 || promised.verified === 0 ? "empty" : "proven";
}
