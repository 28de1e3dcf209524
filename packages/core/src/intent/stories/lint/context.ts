import type { Criterion, Story } from "../story.ts";
import type { LintFinding, LintRule } from "./finding.ts";
import { readSentence, type Sentence } from "./sentence.ts";

/** One criterion as the rules see it. */
export interface Looked {
  readonly story: Story;
  readonly criterion: Criterion;
  readonly sentence: Sentence;
  /** Everything the criterion says beside its sentence: a number there settles a vague word. */
  readonly rest: string;
}

export const lookAt = (story: Story, criterion: Criterion): Looked => ({
  story,
  criterion,
  sentence: readSentence(criterion.sentence),
  rest: [...criterion.steps, ...criterion.scenarios.flatMap(({ steps }) => steps)].map(({ text }) => text).join("\n"),
});

export const warn = ({ story, criterion }: Looked, rule: LintRule, says: string, rewrite: string, quote?: string): LintFinding => ({
  rule,
  level: "warning",
  file: story.file,
  line: criterion.sentenceLine,
  story: story.id,
  criterion: criterion.id,
  ...(quote !== undefined && { quote }),
  says,
  rewrite,
});
