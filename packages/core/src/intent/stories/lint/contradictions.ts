import type { LintFinding } from "./finding.ts";
import { warn, type Looked } from "./context.ts";

/** Same trigger, same actor, and two answers that can't both be given. */
export function contradictions(all: readonly Looked[]): readonly LintFinding[] {
  const byTrigger = new Map<string, Looked[]>();
  for (const looked of all) {
    const { condition, modal } = looked.sentence;
    if (condition === "" || modal === "") continue;
    const trigger = fold(condition);
    byTrigger.set(trigger, [...(byTrigger.get(trigger) ?? []), looked]);
  }
  return [...byTrigger.values()].flatMap((group) =>
    group.flatMap((later, at) => {
      const earlier = group.slice(0, at).find((one) => opposed(one.sentence.response, later.sentence.response));
      if (!earlier) return [];
      const { text, condition } = later.sentence;
      return [warn(later, "contradiction", `${earlier.criterion.id} (line ${earlier.criterion.line}) answers the same trigger otherwise: “${earlier.sentence.response.replace(/\.$/, "").slice(0, 160)}”.`, `${condition} and <what tells the two cases apart>,${text.slice(condition.length).replace(/^,/, "")}`)];
    }),
  );
}

/** Verbs that undo each other. */
const OPPOSITES: readonly (readonly [RegExp, RegExp])[] = [
  [/^(?:accept|allow|permit|grant)\b/, /^(?:reject|deny|refuse|forbid|block|prevent)\b/],
  [/^(?:show|display|reveal)\b/, /^(?:hide|conceal|omit)\b/],
  [/^(?:enable|activate)\b/, /^(?:disable|deactivate)\b/],
  [/^(?:keep|retain|preserve)\b/, /^(?:delete|remove|discard|clear|drop)\b/],
  [/^(?:start|open|create)\b/, /^(?:stop|close|delete)\b/],
  [/^(?:include|add)\b/, /^(?:exclude|omit|remove)\b/],
];

function opposed(one: string, other: string): boolean {
  const [a, b] = [fold(one), fold(other)];
  if (a === b) return false;
  const [plainA, plainB] = [a.replace(/^not /, ""), b.replace(/^not /, "")];
  // “shall retry” and “shall not retry”.
  if (a.startsWith("not ") !== b.startsWith("not ")) return plainA === plainB;
  if (OPPOSITES.some(([yes, no]) => (yes.test(a) && no.test(b)) || (no.test(a) && yes.test(b)))) return objectOf(a) === objectOf(b);
  // The same words around another number: `respond with status 400`, `respond with status 422`.
  const [hollowA, hollowB] = [a, b].map((text) => text.replace(/\d[\d.]*/g, "#"));
  return hollowA === hollowB && /#/.test(hollowA ?? "");
}

const objectOf = (response: string): string => response.split(" ").slice(1).join(" ");

const fold = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[*_"“”.,;]/g, " ")
    .replace(/\b(?:the|a|an|then|always|immediately)\b/g, " ")
    .replace(/\s+/g, " ")
    .trim();
