import { alike, type Located } from "./located.ts";

/** Which head part continues which base part. */
export interface PairedTests {
  readonly pairs: readonly { readonly base: Located; readonly head: Located }[];
  readonly removed: readonly Located[];
  readonly added: readonly Located[];
}

/** Bodies this much alike are one test under another name. */
const SAME_BODY = 0.6;
/** Comparisons of bodies: beyond this only names count. */
const MOST_COMPARED = 200_000;

/**
 * Pairs tests across the whole change: by name within their file, by name anywhere, by title alone, then by what they do. Each part
 * is paired at most once.
 */
export function pairTests(base: readonly Located[], head: readonly Located[]): PairedTests {
  const pairs: { base: Located; head: Located }[] = [];
  let [left, right] = [base, head];
  for (const key of KEYS) {
    const step = matchBy(left, right, key);
    pairs.push(...step.pairs);
    [left, right] = [step.left, step.right];
  }
  const byBody = matchByBody(left, right);
  return { pairs: [...pairs, ...byBody.pairs], removed: byBody.left, added: byBody.right };
}

type Key = (one: Located) => string | undefined;

const full = ({ part }: Located): string => `${part.kind}\u0000${part.suites.join("\u0001")}\u0000${part.name}`;

const KEYS: readonly Key[] = [
  // The same name twice in a file: the one with the same body first.
  (one) => `${one.pair}\u0000${full(one)}\u0000${one.part.body}`,
  (one) => `${one.pair}\u0000${full(one)}`,
  (one) => (one.part.kind === "file" ? undefined : `${full(one)}\u0000${one.part.body}`),
  (one) => (one.part.kind === "file" || one.part.kind === "hook" ? undefined : full(one)),
  (one) => (one.part.kind === "test" && one.part.name !== "" ? `${one.pair}\u0000${plain(one.part.name)}` : undefined),
  (one) => (one.part.kind === "test" && one.part.body.length > 40 ? `body\u0000${one.part.body}` : undefined),
  (one) => (one.part.kind === "test" && one.part.name.length > 12 ? plain(one.part.name) : undefined),
];

const plain = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();

interface Step {
  readonly pairs: { base: Located; head: Located }[];
  readonly left: readonly Located[];
  readonly right: readonly Located[];
}

function matchBy(left: readonly Located[], right: readonly Located[], key: Key): Step {
  const waiting = new Map<string, Located[]>();
  for (const one of right) {
    const name = key(one);
    if (name !== undefined) waiting.set(name, [...(waiting.get(name) ?? []), one]);
  }
  const pairs: Step["pairs"] = [];
  const taken = new Set<Located>();
  const unmatched = left.filter((one) => {
    const name = key(one);
    const twin = name === undefined ? undefined : waiting.get(name)?.shift();
    if (twin === undefined) return true;
    pairs.push({ base: one, head: twin });
    taken.add(twin);
    return false;
  });
  return { pairs, left: unmatched, right: right.filter((one) => !taken.has(one)) };
}

function matchByBody(left: readonly Located[], right: readonly Located[]): Step {
  const candidates = left.length * right.length > MOST_COMPARED ? [] : left.flatMap((base) => right.flatMap((head) => {
    if (base.part.kind !== head.part.kind || base.part.kind === "file") return [];
    const likeness = alike(base.part.words, head.part.words) + (base.pair === head.pair ? 0.05 : 0);
    return likeness >= SAME_BODY ? [{ base, head, likeness }] : [];
  }));
  const pairs: Step["pairs"] = [];
  const taken = new Set<Located>();
  for (const { base, head } of candidates.sort((one, other) => other.likeness - one.likeness)) {
    if (taken.has(base) || taken.has(head)) continue;
    taken.add(base).add(head);
    pairs.push({ base, head });
  }
  return { pairs, left: left.filter((one) => !taken.has(one)), right: right.filter((one) => !taken.has(one)) };
}
