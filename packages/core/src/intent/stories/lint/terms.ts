import type { LintFinding } from "./finding.ts";
import { warn, type Looked } from "./context.ts";

/** Names such as `Cart_Service`, which only a glossary gives a meaning. */
const TERM = /\b[A-Z][A-Za-z0-9]*(?:_[A-Z][A-Za-z0-9]*)+\b/g;

/** Terms of a story that defines its terms, but not this one. A story without definitions is not asked for them. */
export function undefinedTerms(all: readonly Looked[]): readonly LintFinding[] {
  const [first] = all;
  if (!first || first.story.terms.length === 0) return [];
  const known = new Set(first.story.terms.map(fold));
  const told = new Set<string>();
  return all.flatMap((looked) =>
    [...looked.sentence.prose.matchAll(TERM)].flatMap(([term]) => {
      const folded = fold(term);
      if (/^[A-Z0-9_]+$/.test(term) || known.has(folded) || known.has(folded.replace(/s$/, "")) || told.has(folded)) return [];
      told.add(folded);
      return [warn(looked, "undefined-term", `${term} is defined nowhere in this story, though other terms are.`, `Add to Notes:  - **${term}**: <what it is>`, term)];
    }),
  );
}

const fold = (term: string): string => term.toLowerCase().replace(/[\s_-]+/g, " ").trim();
