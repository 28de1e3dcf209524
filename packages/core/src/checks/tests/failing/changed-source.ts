import { isTestSide, type Change, type ChangedFile } from "#change";
import type { RedTest } from "./group-by-cause.ts";

/** A changed line of the product. */
export type ChangedSource = {
  readonly file: string;
  readonly line: number;
  /** Other files of the product that this change touches as well. */
  readonly others: number;
};

/**
 * Where to look first when tests turned red: the changed line of the product that threw, else the first one of the changed file that is named like the
 * test, else of the one that changed most. Undefined where the tests themselves changed, unless the product threw: then either may be wrong.
 */
export function changedSource(group: readonly RedTest[], change: Pick<Change, "files">): ChangedSource | undefined {
  const sources = change.files.filter((file) => file.behaviour && !isTestSide(file) && file.kind === "source" && file.status !== "deleted" && lineOf(file) !== undefined);
  const others = Math.max(0, sources.length - 1);
  for (const { failure } of group) {
    const { thrownAt } = failure;
    if (thrownAt?.line !== undefined && sources.some((file) => file.path === thrownAt.file)) return { file: thrownAt.file, line: thrownAt.line, others };
  }
  const tests = new Set(group.flatMap((test) => test.file ?? []));
  if (change.files.some((file) => tests.has(file.path))) return undefined;
  const named = new Set([...tests].map(stemOf));
  const [first] = sources.toSorted((a, b) => Number(named.has(stemOf(b.path))) - Number(named.has(stemOf(a.path))) || b.added + b.deleted - a.added - a.deleted);
  return first && { file: first.path, line: lineOf(first) ?? 1, others };
}

const lineOf = ({ newLines, hunks }: ChangedFile): number | undefined => newLines[0] ?? (hunks[0] === undefined ? undefined : Math.max(1, hunks[0].headStart));

/** `test/sign-in.test.js` and `src/sign-in.js` are about one thing. */
const stemOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1).replace(/^test[-_]/, "").replace(/(?:[.\-_](?:test|spec))?\.[a-z]{1,4}$/, "");
