import { EXIT_CODES } from "@proofline/core/kernel";
import { badFlag } from "../../errors.ts";
import { headOf } from "../../head-of.ts";
import { write } from "../../output.ts";
import { withOperations } from "../../with-operations.ts";
import { pageFor } from "./page.ts";
import { renderPlan } from "./render-plan.ts";

/** `spec plan`: what each repository owes a story. Drafting is no judgement: it exits with 0 however much is owed. */
export async function plan(flags: Readonly<Record<string, unknown>>, names: readonly string[]): Promise<number> {
  const [story, more] = names;
  if (story === undefined || more !== undefined) throw badFlag({ flag: "<name>", value: names.join(" "), expected: "one story, e.g. ST-guest-checkout (`proofline spec list` names yours)" });
  const head = headOf(flags["head"]);
  return withOperations(flags, async (operations) => {
    const report = await operations.planStory({ story, write: flags["write"] === true, ...(head && { head }) });
    operations.progress.done();
    if (operations.signal.aborted) return EXIT_CODES.interrupted;
    await write(flags["format"] === "json" ? `${JSON.stringify(report, null, 2)}\n` : `${renderPlan(report, story, pageFor(flags)).join("\n")}\n`, flags["out"]);
    return 0;
  });
}
