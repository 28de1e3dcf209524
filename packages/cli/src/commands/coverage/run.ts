import { EXIT_CODES } from "@proofline/core/kernel";
import type { CoverageInput, CoverageReport } from "@proofline/core/operations";
import type { CommandModule } from "../../command.ts";
import { headOf } from "../../head-of.ts";
import { write } from "../../output.ts";
import { makePaint, wantsColour } from "../../render/paint.ts";
import { withOperations } from "../../with-operations.ts";
import { renderCoverage } from "./render-coverage.ts";
import { wholeNumber } from "../../whole-number.ts";

export const run: CommandModule["run"] = (flags) => {
  const input = readFlags(flags);
  return withOperations(flags, async (operations) => {
    operations.progress.says("looking for what tests reach");
    const report = await operations.showCoverage(input);
    operations.progress.done();
    if (operations.signal.aborted) return EXIT_CODES.interrupted;
    const paint = makePaint(wantsColour(process.stdout, process.env) && typeof flags["out"] !== "string");
    const text = flags["format"] === "json" ? JSON.stringify(report, null, 2) : renderCoverage(report, paint, process.stdout.columns ?? 80);
    await write(`${text}\n`, flags["out"]);
    return exitOf(report);
  });
};

/** Below a floor is a finding; a floor nobody could hold against anything is a question. */
function exitOf({ surfaces }: CoverageReport): number {
  if (surfaces.some(({ answer }) => answer === "broken")) return EXIT_CODES.hold;
  return surfaces.some(({ answer }) => answer === "unknown") ? EXIT_CODES.ask : EXIT_CODES.ship;
}

function readFlags(flags: Readonly<Record<string, unknown>>): CoverageInput {
  const head = headOf(flags["head"]);
  const base = flags["base"];
  const evidence = flags["evidence"];
  return {
    ...(typeof base === "string" && { base }),
    ...(head && { head }),
    evidence: Array.isArray(evidence) ? evidence.map(String) : [],
    run: flags["run"] === true,
    record: flags["record"] === true,
    budgetMs: wholeNumber("--budget", flags["budget"]) * 1000,
    trust: flags["trust"] === true,
  };
}
