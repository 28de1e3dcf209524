import { judgeLinks, type SourceLinks } from "./judge-links.ts";
import { PROOF_STATES, type CriterionFacts, type LinkState, type ProofState, type StoryFacts, type Trace, type TraceCounts, type TracedCriterion, type TracedLink, type TracedStory } from "./trace.ts";

/** Joins stories with the links of every repository. Linear in stories and links; pure. */
export function traceStories(stories: readonly StoryFacts[], sources: readonly SourceLinks[]): Trace {
  const { of, loose } = judgeLinks(stories, sources);
  const traced = stories.map((story) => ({
    id: story.id,
    title: story.title,
    file: story.file,
    ...(story.owner !== undefined && { owner: story.owner }),
    ...(story.area !== undefined && { area: story.area }),
    criteria: story.criteria.map((criterion) => withProofs(criterion, of.get(criterion) ?? [])),
  }));
  return { stories: traced, loose, promised: countPromised(traced) };
}

function withProofs(criterion: CriterionFacts, links: readonly TracedLink[]): TracedCriterion {
  const { id, state, sentence, line, revision, approved } = criterion;
  const proof = proofOf(links);
  const because = whyNot(proof, links);
  return { id, state, sentence, line, revision, ...(approved !== undefined && { approved }), proof, ...(because !== undefined && { because }), links };
}

/** Worst first: one red or stale proof is news, however many others are green; among the rest one that is green is enough. */
const ORDER: readonly (LinkState & ProofState)[] = ["failing", "outdated", "verified", "flaky", "not-run", "skipped", "ambiguous"];

const proofOf = (links: readonly TracedLink[]): ProofState => ORDER.find((state) => links.some((link) => link.state === state)) ?? "unproven";

function whyNot(proof: ProofState, links: readonly TracedLink[]): string | undefined {
  if (proof === "verified") return undefined;
  if (proof === "unproven") return "no test names it";
  return links.find(({ state }) => state === proof)?.because;
}

/** Promises by what their proofs come to. */
export function countPromised(stories: readonly Pick<TracedStory, "criteria">[]): TraceCounts {
  const counts = Object.fromEntries(PROOF_STATES.map((state) => [state, 0])) as Record<ProofState, number>;
  for (const { criteria } of stories) for (const { state, proof } of criteria) if (state === "promised") counts[proof] += 1;
  return counts;
}
