import { nameOfRef, type ProofLayer, type SpecGuarantee, type SpecProof, type Story } from "#intent";
import type { TracedStory } from "#evidence";
import type { RepositoryFacts } from "./facts.ts";
import { some } from "./words.ts";

/** Layers, least first: a proof at a higher one shows what a lower one would. */
const LAYERS: readonly ProofLayer[] = ["unit", "integration", "e2e"];

/** The least a proof has to drive for what stands in this repository, and why. */
export function layerOwed({ interfaces: { routes, tables }, components, place }: Pick<RepositoryFacts, "interfaces" | "components" | "place">): { readonly layer: ProofLayer; readonly why: string } {
  if (routes.length > 0) return { layer: "integration", why: `it is reached through ${some(routes.map(({ method, path }) => `${method} ${path}`), 2)}` };
  const browser = place.packages.some(({ runners }) => runners.includes("playwright") || runners.includes("cypress"));
  if (components > 0) return browser ? { layer: "e2e", why: "it is seen in a page" } : { layer: "integration", why: "it is seen in a page, and no browser runner was found here" };
  if (tables.length > 0) return { layer: "integration", why: `it stands on stored data: ${some(tables.map(({ name }) => name), 3)}` };
  return { layer: "unit", why: "it is called in the process" };
}

/** Where the proofs of a criterion stand, and how much they drive. */
export type ProofsOf = (criterion: string) => readonly SpecProof[];

/** Proofs of a traced story, with their layers; those of this repository are told without a name. */
export function proofsOf(story: TracedStory | undefined, facts: readonly RepositoryFacts[], here: string, asked: string): ProofsOf {
  const counted = new Set(["verified", "failing", "flaky", "outdated", "not-run"]);
  const repositories = new Map(facts.map((one) => [one.name, one]));
  return (criterion) =>
    (story?.criteria.find(({ id }) => id === criterion)?.links ?? [])
      .filter(({ state }) => counted.has(state))
      .map(({ repository = here, file, titles, state }): SpecProof => ({ ...(repository !== asked && { repository }), file, titles, state, layer: repositories.get(repository)?.layerOf(file) ?? "unit" }))
      .toSorted((a, b) => LAYERS.indexOf(b.layer) - LAYERS.indexOf(a.layer));
}

/** What decides which guarantees are this repository's. */
export interface Keeping {
  readonly proofs: ProofsOf;
  /** The layer owed in a repository; a proof is enough where it drives what its own repository owes. */
  readonly layerIn: (repository: string) => ProofLayer;
  /** Another repository handles what is asked for here: access is decided there. */
  readonly asksOthers: boolean;
}

/** Everything of the story that this repository has to keep, with what shows it and what does not yet. Where no file of it is a target and no test names the story, others keep it. */
export function guaranteesOf(story: Story, facts: RepositoryFacts, { proofs, layerIn, asksOthers }: Keeping): readonly SpecGuarantee[] {
  if (!facts.keeps) return [];
  const { layer, why } = layerOwed(facts);
  const enough = ({ repository = facts.name, layer: driven }: SpecProof): boolean => LAYERS.indexOf(driven) >= LAYERS.indexOf(layerIn(repository));
  const behaviours = story.criteria.flatMap(({ id, state, sentence }): readonly SpecGuarantee[] => {
    if (state === "retired") return [];
    const found = proofs(id);
    return [{ kind: "behaviour", name: nameOfRef({ story: story.id, criterion: id }), state, says: sentence, layer, why, proofs: found, owed: !found.some(enough) }];
  });
  const outside = layer === "unit" ? { layer: "integration" as const, why: "whoever asks stands outside" } : { layer, why };
  const access = (asksOthers ? [] : story.access).map(({ role, action, allowed }): SpecGuarantee => ({ kind: "access", name: `${story.id} · ${role} · ${action}`, state: "stated", says: `${role} ${allowed ? "may" : "may not"} ${action}`, ...outside, proofs: [], owed: true }));
  const unchanged = story.unchanged.map(({ text }, at): SpecGuarantee => ({ kind: "unchanged", name: `${story.id} · unchanged ${at + 1}`, state: "stated", says: text, layer, why, proofs: [], owed: facts.tests === 0 }));
  return [...behaviours, ...access, ...unchanged];
}
