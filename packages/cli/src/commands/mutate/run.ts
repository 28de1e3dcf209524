import { EXIT_CODES } from "@proofline/core/kernel";
import type { MutateInput, MutationReport } from "@proofline/core/operations";
import type { CommandModule } from "../../command.ts";
import { headOf } from "../../head-of.ts";
import { readNamedChange } from "../../named-change.ts";
import { write } from "../../output.ts";
import { makePaint, wantsColour } from "../../render/paint.ts";
import { withOperations } from "../../with-operations.ts";
import { renderMutation } from "./render-mutation.ts";
import { wholeNumber } from "../../whole-number.ts";

export const run: CommandModule["run"] = (flags, [change]) => {
  const input = readFlags(flags, change);
  return withOperations(flags, async (operations) => {
    const report = await operations.mutateChange(input);
    operations.progress.done();
    if (operations.signal.aborted) return EXIT_CODES.interrupted;
    const text = flags["format"] === "json" ? JSON.stringify(report, null, 2) : renderMutation(report, makePaint(wantsColour(process.stdout, process.env)), process.stdout.columns ?? 80);
    await write(`${text}\n`, flags["out"]);
    return exitOf(report);
  });
};

/** A fault nobody noticed is a finding; where mutants are left that nobody could judge, or no test met any of them, nothing is shown. */
function exitOf({ survivors, complete, counts }: MutationReport): number {
  if (survivors.length > 0) return EXIT_CODES.hold;
  const met = counts.killed + counts.survived > 0 || counts.uncovered === 0;
  return complete && met ? EXIT_CODES.ship : EXIT_CODES.ask;
}

function readFlags(flags: Readonly<Record<string, unknown>>, change: unknown): MutateInput {
  const named = readNamedChange(change, flags, ["base", "head"]);
  const base = named?.before ?? flags["base"];
  const head = headOf(named?.after ?? flags["head"]);
  return {
    ...(typeof base === "string" && { base }),
    ...(head && { head }),
    budgetMs: wholeNumber("--budget", flags["budget"]) * 1000,
    trust: flags["trust"] === true,
  };
}
