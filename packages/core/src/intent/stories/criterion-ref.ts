/** What a test says it proves: a story, most often one criterion of it, and perhaps the revision it was made for. */
export interface CriterionRef {
  readonly story: string;
  readonly criterion?: string;
  /** First characters of the revision's hash, at least seven. */
  readonly revision?: string;
}

// `ST-guest-checkout`, `ST-guest-checkout#AC-1`, `ST-guest-checkout#AC-1@3f2a91c0d4e5`: the spellings of story-id.ts inside other text.
const REF = /(?<![\w-])(ST-[A-Za-z0-9](?:[A-Za-z0-9-]{0,78}[A-Za-z0-9])?)(?:#(AC-[A-Za-z0-9](?:[A-Za-z0-9._-]{0,78}[A-Za-z0-9])?))?(?:@([0-9a-f]{7,64})(?![\w-]))?/g;

/** Every reference in a text, in order; of one text at most two hundred. */
export function refsIn(text: string): readonly CriterionRef[] {
  const found: CriterionRef[] = [];
  for (const [, story = "", criterion, revision] of text.matchAll(REF)) {
    if (found.length >= 200) break;
    found.push({ story, ...(criterion !== undefined && { criterion }), ...(revision !== undefined && { revision }) });
  }
  return found;
}

/** `ST-guest-checkout#AC-1`, or the story alone. */
export const nameOfRef = ({ story, criterion }: CriterionRef): string => (criterion === undefined ? story : `${story}#${criterion}`);
