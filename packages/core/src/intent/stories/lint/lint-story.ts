import type { Story } from "../story.ts";
import { lookAt, type Looked } from "./context.ts";
import { contradictions } from "./contradictions.ts";
import type { LintFinding } from "./finding.ts";
import { missingActor, missingCondition, missingResponse, severalBehaviours } from "./shape.ts";
import { undefinedTerms } from "./terms.ts";
import { missingUnits, unboundedQuantities, vagueTerms } from "./wording.ts";

const OF_ONE: readonly ((looked: Looked) => readonly LintFinding[])[] = [vagueTerms, unboundedQuantities, missingUnits, missingResponse, missingActor, missingCondition, severalBehaviours];
const OF_ALL: readonly ((all: readonly Looked[]) => readonly LintFinding[])[] = [contradictions, undefinedTerms];

/** Everything a reader should mend in a story, in the order of its lines. Retired criteria are history and not looked at. */
export function lintStory(story: Story): readonly LintFinding[] {
  const all = story.criteria.filter(({ state }) => state !== "retired").map((criterion) => lookAt(story, criterion));
  const found = [...all.flatMap((looked) => OF_ONE.flatMap((rule) => rule(looked))), ...OF_ALL.flatMap((rule) => rule(all)), ...openQuestions(story), ...gaps(story, all)];
  return found.toSorted((a, b) => a.line - b.line);
}

const openQuestions = (story: Story): readonly LintFinding[] =>
  story.openQuestions.map(({ text, line }) => ({
    rule: "open-question",
    level: "warning",
    file: story.file,
    line,
    story: story.id,
    quote: text,
    says: `An open question: ${text}`,
    rewrite: "<the answer>, in place of the question. Until then the story can't be approved.",
  }));

const FAILURE = /\b(?:if|unless|error|errors|fails?|failed|failure|invalid|reject\w*|den(?:y|ied|ies)|refus\w*|missing|expired|timeout|time(?:s)? out|unavailable|exceed\w*|unauthori[sz]ed|forbidden|not found|without|cannot|can't|no longer|abort\w*|warn\w*)\b/i;

/** What the story as a whole does not say: hints, because only a person knows whether it should. */
function gaps(story: Story, all: readonly Looked[]): readonly LintFinding[] {
  if (all.length === 0) return [];
  const hint = (rule: "missing-failure" | "missing-quality-gate", says: string, rewrite: string): LintFinding => ({ rule, level: "hint", file: story.file, line: 1, story: story.id, says, rewrite });
  const fails = all.some(({ sentence, rest, criterion }) => FAILURE.test(sentence.prose) || FAILURE.test(rest) || criterion.scenarios.some(({ name }) => FAILURE.test(name)));
  return [
    ...(fails ? [] : [hint("missing-failure", "No criterion says what happens when something goes wrong.", "If <what goes wrong>, the <system> shall <do what instead>.")]),
    ...(story.qualityGates.length > 0 || story.constraints.length > 0 ? [] : [hint("missing-quality-gate", "No number says how well it must work.", "## Quality gates, with a number and a unit: - <what> stays below <n> ms at p95")]),
  ];
}
