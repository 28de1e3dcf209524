import type { LintFinding } from "./finding.ts";
import { warn, type Looked } from "./context.ts";
import { replaceAt } from "./sentence.ts";
import { UNBOUNDED, VAGUE, type VagueWord } from "./words.ts";

/** A number with a unit: what makes a vague word next to it harmless. */
const MEASURE = /(?:[<>≤≥]=?\s?)?\b\d[\d.,]*\s?(?:%|ms\b|s\b|sec\w*|seconds?|minutes?|min\b|hours?|h\b|days?|weeks?|[kmgt]i?b\b|bytes?|characters?|chars?|items?|lines?|rows?|users?|requests?|entries|px\b|times\b|attempts?|retries|pixels?)/i;

/** Words without a measure, one finding for each kind, the first of it. */
export function vagueTerms(looked: Looked): readonly LintFinding[] {
  return firstOf(looked, VAGUE).map(({ at, said, instead }) => warn(looked, "vague-term", `“${said.trim()}” means something else to each reader.`, replaceAt(looked.sentence.text, at, said.length, instead.trim() + (said.endsWith(" ") ? " " : "")), said.trim()));
}

/** Amounts without a bound. */
export function unboundedQuantities(looked: Looked): readonly LintFinding[] {
  // “When several match” says more than one; only a promise of several needs a number.
  return firstOf(looked, UNBOUNDED, promisedFrom(looked)).map(({ at, said, instead }) => warn(looked, "unbounded-quantity", `“${said.trim()}” has no number: no test can fail it.`, replaceAt(looked.sentence.text, at, said.length, instead), said.trim()));
}

interface Hit {
  readonly at: number;
  readonly said: string;
  readonly instead: string;
}

/** The first word of a list in the sentence, unless a measure stands in the same clause, or says the same in the steps. */
function firstOf({ sentence, rest }: Looked, words: readonly VagueWord[], from?: number): readonly Hit[] {
  const hits = words.flatMap(({ pattern, instead }): Hit[] => {
    const found = pattern.exec(sentence.prose);
    return found && (from === undefined || (found.index >= from && !RELATIVE.test(sentence.prose.slice(Math.max(0, found.index - 20), found.index)))) ? [{ at: found.index, said: sentence.text.slice(found.index, found.index + found[0].length), instead }] : [];
  });
  const [first] = hits.filter(({ at, said }) => !settled(sentence.prose, at, said)).toSorted((a, b) => a.at - b.at);
  return first && !(MEASURE.test(rest) && /ms|seconds/.test(first.instead)) ? [first] : [];
}

/** Where a sentence begins to promise: behind `shall`, or behind `then` where it is told in the present tense. */
function promisedFrom({ sentence: { modal, prose, responseAt } }: Looked): number {
  if (modal !== "") return responseAt;
  const then = prose.search(/\bthen\b/i);
  return then < 0 ? 0 : then;
}

/** “a cashier who has several sessions” names a case. */
const RELATIVE = /\b(?:who|which|that|when|if|where|with|has|have|across|matching|matches)\s+(?:has\s+|have\s+|there are\s+)?$/i;

/** A list, a definition or a measure right behind the word says what it means. */
function settled(prose: string, at: number, said: string): boolean {
  const behind = prose.slice(at + said.length, at + said.length + 120);
  const clause = `${/[^.;]*$/.exec(prose.slice(Math.max(0, at - 120), at))?.[0] ?? ""}${/^[^.;]*/.exec(behind)?.[0] ?? ""}`;
  return MEASURE.test(clause) || /^[^.;]{0,60}(?:\((?:e\.g\.|i\.e\.|for example|such as|within|at most|at least|·)|: | [—–] |, i\.e\.|, namely|, that is| such as | including )/i.test(behind);
}

const BARE_NUMBER = /\b(?:within|after|for|every|timeout of|delay of|in under|in less than|less than|at most|no more than|at least|up to|maximum of|limit of|interval of|older than|longer than)\s+(\d[\d.,]*)(?=\s*(?:[,;)]|\.(?:\s|$)|$|\b(?:and|or|then|before|after|when|if)\b))/i;

/** A number that nobody can measure, because it has no unit. */
export function missingUnits(looked: Looked): readonly LintFinding[] {
  const { prose, text } = looked.sentence;
  const found = BARE_NUMBER.exec(prose);
  if (!found?.[1]) return [];
  const at = found.index + found[0].length;
  const number = found[1].replace(/[.,]$/, "");
  return [warn(looked, "missing-unit", `${number} of what? The number has no unit.`, replaceAt(text, at - (found[1].length - number.length), 0, " <unit>"), found[0])];
}
