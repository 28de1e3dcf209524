import type { ConcernedPromise } from "./story-trace.ts";
import type { ProofState, Trace, TracedCriterion, TracedLink, TracedStory } from "./trace.ts";

/** Both sides of a change, and the files it touches. */
export interface TwoSides {
  readonly before: Trace;
  readonly after: Trace;
  readonly touched: ReadonlySet<string>;
}

/** What a change makes better or worse about promises and links; what was so before is not its doing. */
export function concernedBy({ before, after, touched }: TwoSides): { readonly concerned: readonly ConcernedPromise[]; readonly loose: readonly TracedLink[] } {
  const old = new Map(before.stories.flatMap((story) => story.criteria.map((criterion) => [`${story.id}#${criterion.id}`, criterion] as const)));
  const concerned = after.stories.flatMap((story) =>
    story.criteria.flatMap((criterion): readonly ConcernedPromise[] => {
      const news = criterion.state === "promised" ? newsOf(old.get(`${story.id}#${criterion.id}`), criterion, touched) : undefined;
      return news === undefined ? [] : [{ story: aboutStory(story), criterion, news }];
    }),
  );
  const known = new Set(before.loose.map(looseKey));
  return { concerned, loose: after.loose.filter((link) => !known.has(looseKey(link))) };
}

/** States in which nothing shows the promise, whatever a run says. */
const NOTHING: ReadonlySet<ProofState> = new Set(["unproven", "skipped", "ambiguous"]);

function newsOf(before: TracedCriterion | undefined, now: TracedCriterion, touched: ReadonlySet<string>): ConcernedPromise["news"] | undefined {
  const proven = !NOTHING.has(now.proof);
  const fresh = before?.state !== "promised";
  if (!proven) return fresh ? "promised" : NOTHING.has(before.proof) ? undefined : "lost";
  const reworded = before !== undefined && before.revision !== now.revision;
  const stale = now.links.some(({ state }) => state === "outdated");
  if (stale && (reworded || before?.proof !== "outdated")) return reworded ? "reworded" : "stale";
  if (reworded && now.approved === undefined && !now.links.some(({ file }) => touched.has(file))) return "reworded";
  return fresh || reworded ? "kept" : undefined;
}

const aboutStory = ({ criteria: _, ...story }: TracedStory): ConcernedPromise["story"] => story;

/** Without lines: a link that moved is the same link. */
const looseKey = ({ repository = "", file, titles, names, state, by }: TracedLink): string => [repository, file, ...titles, names, state, by].join("\0");
