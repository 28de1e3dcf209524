import type { Qa, QaItem, QaRunSeen } from "./qa.ts";

/** Where trying by hand stands for one product. */
export interface QaStanding {
  /** Owed and tried by nobody whose word counts. */
  readonly missing: readonly QaItem[];
  /** Tried and found broken, by the newest word on it. */
  readonly failed: readonly { readonly id: string; readonly what: string; readonly note?: string; readonly by: string; readonly file: string }[];
  /** Records that count, newest first. */
  readonly counting: readonly QaRunSeen[];
  /** Records of other code. */
  readonly lapsed: readonly QaRunSeen[];
}

const COUNTS: ReadonlySet<QaRunSeen["state"]> = new Set(["signed", "self", "reported"]);

/** What is still owed, and what failed. A record tells of a thing as it read when it was tried: a criterion or a journey that says something else since was not. The newest record that tried an item is the word on it; a skip says something only where nobody tried, and only with a reason. */
export function standingOfQa({ items, runs }: Pick<Qa, "items" | "runs">): QaStanding {
  const counting = runs.filter(({ state }) => COUNTS.has(state)).toSorted((a, b) => (a.run.at < b.run.at ? 1 : -1));
  const says = new Map(items.map(({ id, what }) => [id, what]));
  const words = new Map<string, { readonly seen: QaRunSeen; readonly item: QaRunSeen["run"]["items"][number] }>();
  for (const wanted of [(outcome: string) => outcome !== "skipped", (outcome: string) => outcome === "skipped"])
    for (const seen of counting) for (const item of seen.run.items) if (wanted(item.outcome) && (says.get(item.id) ?? item.what) === item.what && !words.has(item.id) && (item.outcome !== "skipped" || saysWhy(item.note))) words.set(item.id, { seen, item });
  const failed = [...words.values()].filter(({ item }) => item.outcome === "failed").map(({ item, seen }) => ({ id: item.id, what: item.what, ...(item.note !== undefined && { note: item.note }), by: seen.run.by, file: seen.file }));
  return { missing: items.filter(({ id, owed }) => owed && !words.has(id)), failed, counting, lapsed: runs.filter(({ state }) => state === "lapsed") };
}

const saysWhy = (note = ""): boolean => note.trim().length >= 5;
