import { storiesHere } from "@proofline/core/compose";
import { EXIT_CODES } from "@proofline/core/kernel";
import type { TraceReport } from "@proofline/core/operations";
import { badFlag, conflictingFlags } from "../../errors.ts";
import { write } from "../../output.ts";
import { withOperations } from "../../with-operations.ts";
import { pageFor } from "./page.ts";
import { renderTrace } from "./render-trace.ts";
import { standingOf } from "./trace-standing.ts";

type Flags = Readonly<Record<string, unknown>>;

/** Seconds for `--run` where nobody says. */
const BUDGET = 300;

/** `spec trace`: reads, runs where asked, and shows; or records an approval. */
export async function trace(flags: Flags, names: readonly string[]): Promise<number> {
  if (flags["approve"] === true) return approve(flags, names);
  const head = typeof flags["head"] === "string" ? flags["head"] : undefined;
  return withOperations(flags, async (operations) => {
    const report = await operations.traceStories({
      names,
      ...(head !== undefined && { head: head === "worktree" || head === "index" ? { kind: head } : { kind: "commit" as const, rev: head } }),
      evidence: Array.isArray(flags["evidence"]) ? flags["evidence"].map(String) : [],
      run: flags["run"] === true,
      budgetMs: budgetOf(flags["budget"]),
      trust: flags["trust"] === true,
    });
    operations.progress.done();
    if (operations.signal.aborted) return EXIT_CODES.interrupted;
    await write(flags["format"] === "json" ? `${JSON.stringify(report, null, 2)}\n` : `${renderTrace(report, pageFor(flags), flags["run"] === true).join("\n")}\n`, flags["out"]);
    return exitOf(report);
  });
}

/** 0: every promise is proven. 1: something has to be mended. 3: nothing is wrong, and not everything was shown. */
const exitOf = (report: TraceReport): number => ({ proven: 0, empty: 0, open: 3, gaps: 1, failing: 1 })[standingOf(report)];

function budgetOf(value: unknown): number {
  const seconds = value === undefined ? BUDGET : Number(value);
  if (!Number.isFinite(seconds) || seconds <= 0) throw badFlag({ flag: "--budget", value: String(value), expected: "a number of seconds above 0" });
  return seconds * 1000;
}

async function approve(flags: Flags, names: readonly string[]): Promise<number> {
  if (flags["run"] === true) throw conflictingFlags({ one: "--approve", two: "--run" });
  if (names.length === 0) throw badFlag({ flag: "--approve", value: "", expected: "the stories or criteria you looked at, e.g. ST-guest-checkout#AC-1" });
  const stories = await storiesHere({ dir: String(flags["repo"] ?? "."), env: process.env });
  const made = await stories.approve(names);
  const lines = made.flatMap(({ file, approved, already }) => [`${approved.length > 0 ? "written " : "as it was"} ${file}`, ...approved.map((id) => `  approved  ${id}`), ...already.map((id) => `  was so    ${id}`)]);
  await write(flags["format"] === "json" ? `${JSON.stringify({ stories: made }, null, 2)}\n` : `${lines.join("\n")}\n`, flags["out"]);
  return 0;
}
