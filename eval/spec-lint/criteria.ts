// Criteria of public repositories, as an import makes them, in an order that depends on nothing but their own words.
import { createHash } from "node:crypto";
import { join } from "node:path";
import { storyFolders, yamlParser } from "../../packages/core/src/adapters/stories/index.ts";
import { lintStory } from "../../packages/core/src/intent/stories/lint/lint-story.ts";
import { renderStory } from "../../packages/core/src/intent/stories/edit-story.ts";
import { specImporter } from "../../packages/core/src/intent/stories/import/spec-importer.ts";
import { readStory } from "../../packages/core/src/intent/stories/read-story.ts";
import { storyFile } from "../../packages/core/src/intent/stories/story-id.ts";
import type { LintFinding } from "../../packages/core/src/intent/index.ts";

export interface LintedCriterion {
  /** `story#criterion`, as the import names it. */
  readonly name: string;
  readonly revision: string;
  readonly sentence: string;
  /** Warnings about it; open questions are not counted: they are marks somebody set, not suspicions. */
  readonly findings: readonly LintFinding[];
}

export interface LintedRepository {
  readonly criteria: readonly LintedCriterion[];
  readonly found: { readonly requirements: number; readonly scenarios: number };
  readonly kept: { readonly criteria: number; readonly scenarios: number };
  readonly problems: number;
}

/** Imports every specification below a checkout and lints the stories. */
export async function lintRepository(checkout: string): Promise<LintedRepository> {
  const { files } = await storyFolders(checkout).collect(".");
  const { stories } = specImporter.read(files);
  const read = stories.map(({ draft, counted }) => ({ counted, ...readStory(storyFile(draft.id), renderStory(draft), yamlParser) }));
  const criteria = read.flatMap(({ story }) => {
    if (!story) return [];
    const findings = lintStory(story).filter(({ level, rule }) => level === "warning" && rule !== "open-question");
    return story.criteria.map((criterion): LintedCriterion => ({ name: `${story.id}#${criterion.id}`, revision: criterion.revision, sentence: criterion.sentence, findings: findings.filter((one) => one.criterion === criterion.id) }));
  });
  const sum = (of: (one: (typeof read)[number]) => number): number => read.reduce((total, one) => total + of(one), 0);
  return {
    criteria,
    found: { requirements: sum(({ counted }) => counted.requirements), scenarios: sum(({ counted }) => counted.scenarios) },
    kept: { criteria: criteria.length, scenarios: sum(({ story }) => story?.criteria.reduce((n, one) => n + one.scenarios.length, 0) ?? 0) },
    problems: sum(({ problems }) => problems.length),
  };
}

/** The first `count` criteria in the order of the digest of their text. */
export const sampleOf = (criteria: readonly LintedCriterion[], count: number): readonly LintedCriterion[] =>
  [...criteria].filter(({ sentence }) => sentence !== "").toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1)).slice(0, count);

const orderOf = ({ name, revision }: LintedCriterion): string => createHash("sha256").update(`${name} ${revision}`).digest("hex");

/** Which half a criterion lies in: by its digest, before anybody looked at a result. */
export const halfOf = (criterion: LintedCriterion): "dev" | "held-out" => (Number.parseInt(orderOf(criterion).slice(-1), 16) % 2 === 0 ? "dev" : "held-out");

export const checkoutOf = (data: string, repository: string): string => join(data, repository.replace("/", "+"));
