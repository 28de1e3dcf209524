import { EXIT_CODES } from "@proofline/core/kernel";
import type { JourneyReport, RunJourneysInput } from "@proofline/core/operations";
import { badFlag } from "../../errors.ts";
import { write } from "../../output.ts";
import { withOperations } from "../../with-operations.ts";
import { pageFor } from "./page.ts";
import { renderJourneys } from "./render-journeys.ts";

type Flags = Readonly<Record<string, unknown>>;

/** Seconds where nobody says: what a pull request has. */
const BUDGET = 300;
const LAYERS = ["smoke", "feature", "partial", "full"] as const;

/** `spec run`: walks journeys in a real browser. */
export function runJourneys(flags: Flags, names: readonly string[]): Promise<number> {
  const input = inputOf(flags, names);
  return withOperations(flags, async (operations) => {
    const report = await operations.runJourneys(input);
    operations.progress.done();
    if (operations.signal.aborted) return EXIT_CODES.interrupted;
    await write(flags["format"] === "json" ? `${JSON.stringify(report, null, 2)}\n` : `${renderJourneys(report, pageFor(flags)).join("\n")}\n`, flags["out"]);
    return exitOf(report);
  });
}

function inputOf(flags: Flags, names: readonly string[]): RunJourneysInput {
  const [head, base] = [textOf(flags["head"]), textOf(flags["base"])];
  const asked = Array.isArray(flags["journey"]) ? flags["journey"].map(String) : [];
  const seconds = flags["budget"] === undefined ? BUDGET : Number(flags["budget"]);
  if (!Number.isFinite(seconds) || seconds <= 0) throw badFlag({ flag: "--budget", value: String(flags["budget"]), expected: "a number of seconds above 0" });
  return {
    names: [...names, ...asked],
    layer: LAYERS.find((layer) => layer === flags["layer"]) ?? "smoke",
    ...(base !== undefined && { base }),
    ...(head !== undefined && { head: head === "worktree" || head === "index" ? { kind: head } : { kind: "commit" as const, rev: head } }),
    budgetMs: seconds * 1000,
    trust: flags["trust"] === true,
  };
}

const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

/** 0: every journey that was to be walked is green. 1: one is red, or a file can't be read. 3: not everything was shown. */
export function exitOf({ journeys, problems }: Pick<JourneyReport, "journeys" | "problems">): number {
  if (journeys.some(({ state }) => state === "failing") || problems.length > 0) return EXIT_CODES.hold;
  return journeys.every(({ state }) => state === "verified") ? 0 : EXIT_CODES.ask;
}
