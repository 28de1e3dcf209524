import type { Argument, Syntax } from "../syntax.ts";
import { isText } from "./chain.ts";
import { claim, type Claim } from "./claim.ts";
import type { Relation } from "./relation.ts";

/** What Unexpected's sentences insist on, the more particular first: `expect(x, "to have length", 3)`. */
const SENTENCES: readonly (readonly [RegExp, Relation, string?])[] = [
  [/^to be (true|false|null|undefined|NaN)$/, "same"],
  [/^to be (?:ok|truthy)$/, "truthy"],
  [/^to be falsy$/, "falsy"],
  [/^to be defined$/, "defined"],
  [/^to be (?:an?|one of)\b/, "type"],
  [/^to be (?:greater than or equal to|at least)$/, "order", ">="],
  [/^to be (?:less than or equal to|at most)$/, "order", "<="],
  [/^to be (?:greater than|above)$/, "order", ">"],
  [/^to be (?:less than|below)$/, "order", "<"],
  [/^to be close to$/, "close"],
  [/^to be empty$/, "size"],
  [/^to be rejected(?: with)?(?: error satisfying)?$/, "throws that"],
  [/^to be fulfilled(?: with)?$/, "no throw"],
  [/^to be$/, "same"],
  [/^to (?:exhaustively )?equal$|^to exhaustively satisfy$/, "deep"],
  [/^to satisfy$|^to have (?:own )?propert(?:y|ies)$/, "part"],
  [/^to have length$/, "size"],
  [/^to (?:only )?contain\b|^to begin with$|^to (?:start|end) with$|^to have (?:items|keys?)\b/, "contains"],
  [/^to match$/, "matches"],
  [/^(?:to throw|to error)\b/, "throws that"],
  [/^was called (?:once|twice|thrice|times)$|^was not called$/, "called times"],
  [/^(?:was|to have a call) (?:always )?(?:called )?(?:with|satisfying)\b|^to have (?:a call|calls) satisfying$/, "called with"],
  [/^was called$/, "called"],
];

/** `expect(subject, "not to equal", value)`: a sentence where others chain words. Undefined for every other call. */
export function sentenceClaim([about, said, ...values]: readonly Argument[]): Claim | undefined {
  if (about === undefined || said === undefined || !isText(said.value) || said.value.kind !== "literal") return undefined;
  const sentence = said.value.value.trim().slice(0, 200);
  const negated = /^not (?=to )/.test(sentence);
  const words = sentence.replace(/^not (?=to )/, "");
  if (!/^(?:to|when|was) /.test(words)) return undefined;
  const wanted = values.map(({ value }) => value);
  const [pattern, relation, detail] = SENTENCES.find(([one]) => one.test(words)) ?? [undefined, "own" as const, words];
  const named = pattern?.exec(words)?.[1];
  const told: readonly Syntax[] = named === undefined ? wanted : [{ ...said.value, kind: "name", name: named }];
  if (relation === "throws that" && told.length === 0) return claim(about.value, "throws", negated);
  return claim(about.value, relation, negated, relation === "size" && told.length === 0 ? [{ ...said.value, kind: "literal", of: "number", value: "0" }] : relation === "called times" || relation === "type" ? [...told, said.value] : told, detail);
}
