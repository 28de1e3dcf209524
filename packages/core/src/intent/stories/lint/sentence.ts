/** A criterion's sentence as the rules look at it. */
export interface Sentence {
  /** As written, without emphasis. */
  readonly text: string;
  /** The same length, with code, quotations, links and bracketed questions blanked out: what stands there is literal. */
  readonly prose: string;
  /** Where the response begins in both; 0 when there is no modal. */
  readonly responseAt: number;
  /** The part in front of `shall`, where it begins with When, If, While, Where, Given …; empty for a behaviour that always holds. */
  readonly condition: string;
  /** Who acts: the words between the condition and `shall`. */
  readonly actor: string;
  /** `shall`, `must`, `will` …; empty when there is none. */
  readonly modal: string;
  /** What follows the modal. */
  readonly response: string;
}

const LITERAL = [/`[^`]{1,300}`/g, /"[^"]{1,300}"/g, /“[^”]{1,300}”/g, /(?<![\w])'[^']{1,200}'(?![\w])/g, /\[NEEDS CLARIFICATION[^\]]{0,1000}\]/gi, /\]\([^()\s]{1,300}\)/g];
const MODAL = /\b(shall|must|will|should|may)\b/i;
const OPENER = /^(?:when(?:ever)?|if|while|where|once|upon|after|before|during|given|for|on|in|as|unless|until|at)\b/i;

/** Reads a sentence of EARS, or of something near it. */
export function readSentence(raw: string): Sentence {
  const text = raw.slice(0, 4_000).replace(/\*\*|__/g, "").replace(/\s+/g, " ").trim();
  const prose = LITERAL.reduce((left, literal) => left.replace(literal, blank), text);
  const found = MODAL.exec(prose);
  if (!found) return { text, prose, responseAt: 0, condition: OPENER.test(prose) ? text : "", actor: "", modal: "", response: "" };
  const before = text.slice(0, found.index).trim();
  const { condition, actor } = splitCondition(before, prose.slice(0, found.index));
  return { text, prose, responseAt: found.index + found[0].length, condition, actor, modal: found[0].toLowerCase(), response: text.slice(found.index + found[0].length).trim() };
}

/** The condition ends at the last comma in front of the actor, or at `then`. */
function splitCondition(before: string, prose: string): { readonly condition: string; readonly actor: string } {
  if (!OPENER.test(before)) return { condition: "", actor: before };
  const comma = Math.max(prose.lastIndexOf(","), prose.toLowerCase().lastIndexOf(" then "));
  if (comma < 0) return { condition: before, actor: "" };
  return { condition: before.slice(0, comma).trim(), actor: before.slice(comma + 1).trim().replace(/^then\b/i, "").trim() };
}

const blank = (literal: string): string => literal.replace(/[^\s]/g, "·");

/** What people put in place of a number: `<…>` stands for it in a rewrite. */
export const replaceAt = (text: string, at: number, length: number, by: string): string => `${text.slice(0, at)}${by}${text.slice(at + length)}`.replace(/\s+/g, " ").replace(/ ([,.;])/g, "$1");
