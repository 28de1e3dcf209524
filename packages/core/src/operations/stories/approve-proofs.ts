import type { StoryLibrary, Yaml } from "#intent";
import type { CheckoutFiles } from "../ports/checkout-files.ts";
import { criterionUnknown } from "./errors.ts";

export interface ApprovingPorts {
  readonly checkout: CheckoutFiles;
  readonly library: StoryLibrary;
  readonly yaml: Yaml;
}

/** What an approval wrote. */
export interface ApprovedProofs {
  readonly file: string;
  /** Criteria whose proofs are approved for their present words now. */
  readonly approved: readonly string[];
  /** Those that were so already. */
  readonly already: readonly string[];
}

/** Records in the story that the proofs of some criteria (all promised ones where none is named) are right for the words it has now. */
export async function approveProofs(file: string, criteria: readonly string[], { checkout, library: { readStory, withApproval }, yaml }: ApprovingPorts): Promise<ApprovedProofs> {
  let text = (await checkout.read(file)) ?? "";
  const known = readStory(file, text, yaml).story?.criteria ?? [];
  const wanted = criteria.length === 0 ? known.filter(({ state }) => state === "promised") : criteria.map((name) => known.find(({ id }) => id.toLowerCase() === name.toLowerCase()) ?? name);
  const approved: string[] = [];
  const already: string[] = [];
  for (const criterion of wanted) {
    if (typeof criterion === "string") throw criterionUnknown({ asked: criterion, file, known: known.map(({ id }) => id) });
    if (criterion.approved !== undefined && criterion.revision.startsWith(criterion.approved)) {
      already.push(criterion.id);
      continue;
    }
    // Offsets move with every record that is written.
    const now = readStory(file, text, yaml).story?.criteria.find(({ id }) => id === criterion.id);
    if (now) text = withApproval(text, now);
    approved.push(criterion.id);
  }
  if (approved.length > 0) await checkout.write(file, text);
  return { file, approved, already };
}
