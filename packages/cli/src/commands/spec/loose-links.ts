import { isProoflineError } from "@proofline/core/kernel";
import { count } from "../../render/words.ts";
import { withOperations } from "../../with-operations.ts";

/** How many tests name a criterion that no story has, as `spec trace` counts them; none where there is no repository to look through. */
export async function looseLinks(flags: Readonly<Record<string, unknown>>): Promise<number> {
  let loose = 0;
  try {
    await withOperations(flags, async (operations) => {
      const report = await operations.traceStories({ names: [], evidence: [], run: false, budgetMs: 1000, trust: false });
      operations.progress.done();
      loose = report.loose.length;
      return 0;
    });
  } catch (error) {
    if (!isProoflineError(error)) throw error;
  }
  return loose;
}

/** A misspelt `@verifies` proves nothing, and nothing in the story itself shows it. */
export const looseWords = (loose: number): readonly string[] => (loose === 0 ? [] : ["", ` ${count(loose, "test")} ${loose === 1 ? "names" : "name"} a criterion that does not exist. Which:  proofline spec trace`]);
