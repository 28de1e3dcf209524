import { conflictingFlags } from "./errors.ts";

/** A change named by one word, as Git names it. */
export interface NamedChange {
  readonly before: string;
  readonly after: string;
}

/**
 * Reads `COMMIT` (against its first parent), `worktree` and `index` (against HEAD), `A..B` or `A...B` (an open side is HEAD). Undefined where nothing was named; a usage error where one of
 * these flags says what to look at already.
 */
export function readNamedChange(word: unknown, flags: Readonly<Record<string, unknown>>, rivals: readonly string[]): NamedChange | undefined {
  if (typeof word !== "string" || word === "") return undefined;
  const rival = rivals.find((name) => flags[name] !== undefined);
  if (rival !== undefined) throw conflictingFlags({ one: word, two: `--${rival}` });
  const range = /^(.*?)\.{2,3}(.*)$/.exec(word);
  if (word === "worktree" || word === "index") return { before: "HEAD", after: word };
  return range ? { before: range[1] || "HEAD", after: range[2] || "HEAD" } : { before: `${word}^`, after: word };
}
