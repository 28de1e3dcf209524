import type { LintFinding } from "./finding.ts";
import { warn, type Looked } from "./context.ts";

/** A sentence that promises nothing: it says what should be, or stops in front of what the system does. */
export function missingResponse(looked: Looked): readonly LintFinding[] {
  const { text, prose, modal, response, condition } = looked.sentence;
  if (text === "" || looked.criterion.steps.some(({ keyword }) => keyword === "then") || looked.criterion.scenarios.length > 0) return [];
  if (modal === "should" && !/\b(?:shall|must|will)\b/i.test(prose)) {
    return [warn(looked, "missing-response", "“should” promises nothing: it holds whether the system does it or not.", text.replace(/\bshould\b/i, "shall"), modal)];
  }
  if (modal !== "") return /^[.…\s]*$/.test(response) ? [warn(looked, "missing-response", "It does not say what the system does.", `${text.replace(/[.…\s]+$/, "")} <do what>.`)] : [];
  // A condition and nothing behind it. Anything else may say in the present tense what happens.
  if (!/^(?:when(?:ever)?|if|while|once|unless)\b/i.test(condition) || /[,:;]|\bthen\b/i.test(prose)) return [];
  return [warn(looked, "missing-response", "It does not say what the system shall do.", `${text.replace(/[.\s]+$/, "")}, the system shall <do what>.`)];
}

/** Nobody acts: the sentence begins with the verb, or is a passive without a subject anyone could test. */
export function missingActor(looked: Looked): readonly LintFinding[] {
  const { actor, modal, condition, response, text } = looked.sentence;
  if (modal === "" || response === "") return [];
  if (actor === "" && (condition === "" || !/\b(?:the|a|an|each|every|all|it|they|system|[A-Z][A-Za-z]+_[A-Z]\w*)\b/.test(condition))) {
    const at = text.toLowerCase().indexOf(modal);
    return [warn(looked, "missing-actor", "It does not say who does it.", `${text.slice(0, at).trim()} the <system> ${modal} ${response}`.trim().replace(/^the/, "The"))];
  }
  return [];
}

/** Reactions make sense only to something that happened. */
const REACTION = /^(?:also\s+|then\s+|immediately\s+)?(?:not\s+)?(?:reject|retry|roll back|rollback|abort|redirect|revert|warn|alert|notify|re-?prompt|time out|fall back|block|lock out|recover)\b/i;
const SOME_CONDITION = /\b(?:when(?:ever)?|if|while|where|once|upon|after|before|during|for|on|in case|unless|until|that|which|who|whose|with(?:out)?|any|all|each|every|invalid|duplicate|expired|unknown|missing|unauthori[sz]ed|failed|from|outside|larger|longer|more than|exceeding|containing|having|using|lacking|matching|at|as|by)\b/i;

/** A reaction without its trigger. */
export function missingCondition(looked: Looked): readonly LintFinding[] {
  const { modal, condition, response, text, prose } = looked.sentence;
  if (modal === "" || condition !== "" || !REACTION.test(response) || SOME_CONDITION.test(prose)) return [];
  const lower = text.charAt(0).toLowerCase() + text.slice(1);
  return [warn(looked, "missing-condition", "It does not say when.", `If <what happens>, ${lower}`)];
}

/**
 * Several promises in one criterion: none can be kept, tested or retired by itself. Two in one breath, of the same actor, are let pass, and so is a `must not`
 * that only marks the border of a promise.
 */
export function severalBehaviours(looked: Looked): readonly LintFinding[] {
  const { text, prose } = looked.sentence;
  const cuts = [...prose.matchAll(/[.;]\s+|,?\s+and\s+(?=(?:[\w-]+\s+){0,4}?(?:shall|must)\b)/gi)].map((match) => ({ from: match.index, to: match.index + match[0].length, breath: /^[.;]/.test(match[0]) }));
  const promises = split(text, prose, cuts).filter(({ prose: said }) => PROMISE.test(said));
  if (promises.length < 2 || (promises.length === 2 && promises[0]?.sentence === promises[1]?.sentence)) return [];
  return [warn(looked, "several-behaviours", `It makes ${promises.length} promises; each needs an id, a test and a state of its own.`, promises.map(({ text: said }, at) => `(${at + 1}) ${said.replace(/[.;,]+$/, "")}.`).join(" "))];
}

const PROMISE = /\b(?:shall|must)\b(?!\s+(?:not|never)\b)/i;

function split(text: string, prose: string, cuts: readonly Cut[]): readonly Part[] {
  const parts: Part[] = [];
  let [at, sentence] = [0, 0];
  for (const cut of [...cuts, { from: text.length, to: text.length, breath: false }]) {
    parts.push({ text: text.slice(at, cut.from).trim(), prose: prose.slice(at, cut.from), sentence });
    at = cut.to;
    if (cut.breath) sentence += 1;
  }
  return parts.filter(({ text: said }) => said !== "");
}

interface Cut {
  readonly from: number;
  readonly to: number;
  /** True for the end of a sentence or a semicolon, false for `and`. */
  readonly breath: boolean;
}

interface Part {
  readonly text: string;
  readonly prose: string;
  /** How many sentences or semicolons ended in front of it. */
  readonly sentence: number;
}
