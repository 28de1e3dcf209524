import type { Causes } from "./causes.ts";
import type { BehaviourNews } from "./compare-versions.ts";

/** A sign-off that stands in the commit. */
export interface SignedThen {
  readonly story: string;
  readonly role: string;
  readonly stage: string;
  readonly by: string;
}

/** One commit that did something to the behaviour stories promise. */
export interface HistoryEntry {
  readonly commit: string;
  readonly by: { readonly name: string; readonly email: string };
  /** Agents that wrote it, or wrote along. */
  readonly agents: readonly string[];
  /** ISO 8601, UTC. */
  readonly authoredAt: string;
  readonly committedAt: string;
  readonly subject: string;
  readonly because: Causes;
  readonly merge: boolean;
  readonly news: readonly BehaviourNews[];
  readonly signed: readonly SignedThen[];
}

/**
 * The entries that concern some stories or criteria, newest first as they come in; names they had before are followed. A name is `ST-cart` or `ST-cart#AC-1`, any
 * case; without names everything is kept.
 */
export function historyOf(entries: readonly HistoryEntry[], names: readonly string[]): readonly HistoryEntry[] {
  if (names.length === 0) return entries.map((entry) => ({ ...entry, news: entry.news.filter(({ kinds }) => kinds.length > 0) }));
  const wanted = new Set(names.map((name) => name.toLowerCase()));
  const wants = ({ story, criterion }: BehaviourNews): boolean => wanted.has(story.toLowerCase()) || (criterion !== undefined && wanted.has(`${story}#${criterion}`.toLowerCase()));
  return entries.flatMap((entry) => {
    // A criterion's history holds what its story as a whole was called.
    const news = entry.news.filter((one) => wants(one) || (one.criterion === undefined && one.kinds.includes("renamed") && [...wanted].some((name) => name.startsWith(`${one.story.toLowerCase()}#`))));
    // Criteria first: what a renamed story takes along has then been followed already.
    for (const one of news.toSorted((a, b) => Number(a.criterion === undefined) - Number(b.criterion === undefined))) follow(one, wanted);
    const told = news.filter(({ kinds }) => kinds.length > 0);
    const signed = entry.signed.filter(({ story }) => wanted.has(story.toLowerCase()) || [...wanted].some((name) => name.startsWith(`${story.toLowerCase()}#`)));
    return told.length + signed.length === 0 ? [] : [{ ...entry, news: told, signed }];
  });
}

/** From here on, which is earlier, it had another name. What stood under the present name before was something else. */
function follow({ story, criterion, from }: BehaviourNews, wanted: Set<string>): void {
  if (from === undefined) return;
  const [now, then] = [(criterion === undefined ? story : `${story}#${criterion}`).toLowerCase(), from.toLowerCase()];
  if (wanted.delete(now)) wanted.add(then);
  else if (criterion !== undefined && wanted.has(story.toLowerCase())) wanted.add(then);
  if (criterion !== undefined) return;
  for (const one of [...wanted]) if (one.startsWith(`${now}#`) && wanted.delete(one)) wanted.add(then + one.slice(now.length));
}
