import type { SelectInput } from "@proofline/core/operations";
import type { CommandModule } from "../../command.ts";
import { badFlag } from "../../errors.ts";
import { headOf } from "../../head-of.ts";
import { readNamedChange } from "../../named-change.ts";
import { write } from "../../output.ts";
import { makePaint, wantsColour } from "../../render/paint.ts";
import { withOperations } from "../../with-operations.ts";
import { renderSelection } from "./render-selection.ts";

export const run: CommandModule["run"] = (flags, [word]) => {
  const input = readFlags(flags, word);
  return withOperations(flags, async (operations) => {
    operations.progress.says("looking for the tests of this change");
    const report = await operations.select(input);
    operations.progress.done();
    const paint = makePaint(wantsColour(process.stdout, process.env) && typeof flags["out"] !== "string");
    await write(textOf(), flags["out"]);
    return 0;

    function textOf(): string {
      if (flags["format"] === "json") return `${JSON.stringify(report, null, 2)}\n`;
      if (flags["command"] === true) return report.commands.map(({ command }) => `${command}\n`).join("");
      return `${renderSelection(report, paint, process.stdout.columns ?? 80, { all: flags["all"] === true })}\n`;
    }
  });
};

function readFlags(flags: Readonly<Record<string, unknown>>, word: unknown): SelectInput {
  const named = readNamedChange(word, flags, ["base", "head"]);
  const head = headOf(named?.after ?? flags["head"]);
  const base = named?.before ?? flags["base"];
  const budgetMs = budgetOf(flags["budget"]);
  return { ...(typeof base === "string" && { base }), ...(head && { head }), ...(budgetMs !== undefined && { budgetMs }), ...(flags["skipPast"] === true && { skipPast: true }) };
}

/** `60`, `60s` or `5m`. */
function budgetOf(value: unknown): number | undefined {
  if (value === undefined) return undefined;
  const [, amount, unit] = /^(\d{1,6}(?:\.\d{1,3})?)(s|m|min)?$/.exec(String(value)) ?? [];
  const seconds = Number(amount) * (unit === undefined || unit === "s" ? 1 : 60);
  if (!Number.isFinite(seconds) || seconds <= 0) throw badFlag({ flag: "--budget", value: String(value), expected: "seconds above 0, such as 60, 60s or 5m" });
  return seconds * 1000;
}
