import type { Change, Repository, SyntaxReader, SyntaxTree } from "#change";
import type { Check, Facts, FileRequest, StaticFacts, TextSide, TreeOf } from "#checks";
import { changedTestsOnly } from "./changed-tests-only.ts";

type Files = Pick<Repository, "readFiles">;

/** What trees are read for, and with what. */
export interface TreeReading {
  readonly asked: readonly { readonly check: Check; readonly facts: StaticFacts }[];
  readonly change: Change;
  readonly syntax: SyntaxReader;
  readonly repository: Files;
}

export interface ReadTrees {
  readonly tree: TreeOf;
  /** False where unchanged tests were left out. */
  readonly whole: boolean;
  /** The trees of whole texts, by side and path: nobody needs to read them again. */
  readonly known: ReadonlyMap<string, SyntaxTree | undefined>;
}

/** Rounds of parsing: a test, its helpers, their helpers. */
const ROUNDS = 3;

/** Parses what the checks ask for, in rounds; nothing at all, and no parser loaded, when nobody asks. `changed` leaves tests out that did not change, where that is sound. */
export async function readTrees(reading: TreeReading, extent: "changed" | "whole", known: ReadTrees["known"] = new Map()): Promise<ReadTrees> {
  const { change, syntax, repository } = reading;
  const trees = new Map(known);
  const cut = new Set<string>();
  const keyOf = ({ side, path }: FileRequest): string => `${side}:${path}`;
  const tree: TreeOf = (side, path) => trees.get(keyOf({ side, path }));
  const wanting = reading.asked.filter(({ check }) => check.parses !== undefined);
  let whole = true;
  for (let round = 0; round < ROUNDS; round += 1) {
    const wanted = new Map(wanting.flatMap(({ check, facts }) => [...(check.parses?.(facts, tree) ?? [])]).map((request) => [keyOf(request), request]));
    const fresh = [...wanted.values()].filter((request) => !trees.has(keyOf(request)));
    if (fresh.length === 0) break;
    const texts = await readTexts(fresh, change, repository);
    const cuts = extent === "changed" && round === 0 ? changedTestsOnly(change.files, texts) : undefined;
    whole &&= cuts === undefined;
    for (const { side, path } of fresh) {
      const all = texts(side, path);
      const text = cuts?.(side, path) ?? all;
      const read = text === undefined ? undefined : await syntax.read(path, text);
      // A text that no longer reads without some of its lines was cut in the wrong place.
      if (text !== all && (read?.damaged ?? true)) return readTrees(reading, "whole");
      if (text !== all) cut.add(keyOf({ side, path }));
      trees.set(keyOf({ side, path }), read && text !== all ? { ...read, partial: true } : read);
    }
  }
  return { tree, whole, known: new Map([...trees].filter(([key]) => !cut.has(key))) };
}

/** Reads texts of files on their sides in one go. */
export async function readTexts(requests: readonly FileRequest[], change: Change, repository: Files): Promise<Facts["text"]> {
  const trees: Record<TextSide, string> = { base: change.mergeBaseTree, head: change.headTree, target: change.base };
  const sides = Object.keys(trees) as TextSide[];
  const pathsOn = (side: TextSide): string[] => [...new Set(requests.filter((request) => request.side === side).map((request) => request.path))];
  const texts = new Map(await Promise.all(sides.map(async (side) => [side, await readSide(repository, trees[side], pathsOn(side))] as const)));
  return (side, path) => texts.get(side)?.get(path)?.text;
}

const readSide = (repository: Files, tree: string, paths: readonly string[]) =>
  paths.length === 0 ? Promise.resolve(new Map<string, { text?: string }>()) : repository.readFiles(tree, paths);
