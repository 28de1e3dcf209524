import type { Check, Facts } from "#checks";

/**
 * All that a check may look at, as one text: equal texts are the same question. The lines of the change and every text and tree follow from the ids of its
 * trees and blobs, and stand here as those. Whatever else facts will hold one day comes in by itself.
 */
export function questionOf(check: Pick<Check, "id">, { text: _text, tree: _tree, evidence, ...facts }: Facts): string {
  return JSON.stringify([check.id, evidence.map(({ kind, source, subject, digest }) => [kind, source, subject, digest]), facts], asPlain);
}

/** Maps and sets have no JSON of their own; what belongs to a blob is left to its id. */
function asPlain(key: string, value: unknown): unknown {
  if (key === "hunks" || key === "symbols") return undefined;
  if (value instanceof Map) return { map: [...value] };
  return value instanceof Set ? { set: [...value] } : value;
}
