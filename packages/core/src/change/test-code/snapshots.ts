import { atMost, type TestEdit } from "./comparing/test-edit.ts";
import type { SourceFacts } from "./comparing/source-facts.ts";

/** A snapshot file of Jest or Vitest, on both sides. */
export interface SnapshotPair {
  readonly path: string;
  readonly base: string;
  readonly head: string;
  /** True when the test file it belongs to changes as well. */
  readonly testChanged: boolean;
}

interface Stored {
  readonly value: string;
  readonly line: number;
}

/** Entries by name: ``exports[`name 1`] = `…`;``. Linear; what does not look like an entry is skipped. */
export function readSnapshots(text: string): ReadonlyMap<string, Stored> {
  const found = new Map<string, Stored>();
  const opening = "exports[`";
  let line = 1;
  let counted = 0;
  for (let at = text.startsWith(opening) ? 0 : text.indexOf(`\n${opening}`) + 1; at > 0 || (at === 0 && text.startsWith(opening)); ) {
    const next = text.indexOf(`\n${opening}`, at);
    const entry = text.slice(at, next < 0 ? text.length : next);
    const middle = entry.indexOf("`] = `");
    for (; counted < at; counted += 1) if (text[counted] === "\n") line += 1;
    if (middle > 0) found.set(entry.slice(opening.length, middle), { value: entry.slice(middle + 6).replace(/`;\s*$/, ""), line });
    if (next < 0) break;
    at = next + 1;
  }
  return found;
}

const EMPTY = /^\s*(?:""|''|undefined|null|\{\s*\}|\[\s*\]|Object \{\s*\}|Array \[\s*\]|<\w+\s*\/>|)\s*$/;

/** Snapshots that were emptied, or changed although nothing else did. */
export function compareSnapshots(pairs: readonly SnapshotPair[], source: Pick<SourceFacts, "behaviour" | "surroundings">): readonly TestEdit[] {
  return pairs.flatMap(({ path, base, head, testChanged }) => {
    const before = readSnapshots(base);
    const reason = source.behaviour || source.surroundings || testChanged;
    return [...readSnapshots(head)].flatMap(([name, { value, line }]): TestEdit[] => {
      const was = before.get(name)?.value;
      if (was === undefined || was === value) return [];
      const emptied = EMPTY.test(value) && !EMPTY.test(was) && was.trim().length > 10;
      if (!emptied && reason) return [];
      const kind = emptied ? "snapshot-emptied" : "snapshot-changed";
      return [{ kind, effect: atMost(kind, "ask"), test: name, because: emptied ? "has an empty snapshot now" : "has another snapshot, and nothing else changed that could be the reason", places: [{ file: path, line, side: "head" }], before: firstDifference(was, value), after: firstDifference(value, was), subject: `${kind} ${name}` }];
    });
  });
}

/** The first line that the other text does not have in the same place. */
function firstDifference(text: string, other: string): string {
  const others = other.split("\n");
  return (text.split("\n").find((line, at) => line !== others[at]) ?? "").trim().slice(0, 160);
}
