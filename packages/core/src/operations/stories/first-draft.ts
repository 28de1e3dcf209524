import type { CriterionState, DraftCriterion, StoryDraft, StoryLibrary } from "#intent";

export interface NewStory {
  /** An id, or the title the id is made of. */
  readonly name: string;
  readonly title?: string;
  readonly owner?: string;
  readonly area?: string;
  readonly targets: readonly string[];
  /** One sentence each. */
  readonly criteria: readonly string[];
  readonly state: CriterionState;
}

/** A new story: what is known, and a question wherever only a person can say. */
export const firstDraft =
  (library: Pick<StoryLibrary, "criterionIdFor">) =>
  (input: NewStory & { readonly id: string; readonly title: string }): StoryDraft => ({
    id: input.id,
    title: input.title,
    ...(input.owner !== undefined && { owner: input.owner }),
    ...(input.area !== undefined && { area: input.area }),
    targets: input.targets,
    intent: "[NEEDS CLARIFICATION: who wants what, and why?]",
    criteria: criteriaOf(input, library),
    constraints: "- C-1: [NEEDS CLARIFICATION: how fast, how many, how large? A number and its unit.]",
    qualityGates: "- [NEEDS CLARIFICATION: which number must hold in production?]",
  });

function criteriaOf({ criteria, state }: NewStory, { criterionIdFor }: Pick<StoryLibrary, "criterionIdFor">): readonly DraftCriterion[] {
  const taken = new Set<string>();
  const given = criteria.map((sentence): DraftCriterion => {
    const id = criterionIdFor(sentence, taken);
    taken.add(id.toLowerCase());
    return { id, state, body: sentence };
  });
  if (given.length > 0) return given;
  return [
    { id: "AC-1", state: "planned", body: "When [NEEDS CLARIFICATION: what happens], the system shall [NEEDS CLARIFICATION: do what]." },
    { id: "AC-2", state: "planned", body: "If [NEEDS CLARIFICATION: what goes wrong], the system shall [NEEDS CLARIFICATION: do what instead]." },
  ];
}
