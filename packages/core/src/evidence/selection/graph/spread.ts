import { dirname, foldersAbove } from "../resolve/paths.ts";
import { loadersOf, type ImportGraph } from "./import-graph.ts";

/** How one file comes to depend on another. */
export type Tie = "changed" | "imports" | "types" | "names" | "loads" | "built" | "namesake" | "settings" | "package" | "nearby" | "measured" | "anything";

/** How a file is reached from what changed. */
export interface Reached {
  /** Import steps; looser ties count for more. 0 is the changed file itself. */
  readonly distance: number;
  readonly tie: Tie;
  /** The file it depends on, one step nearer to the change; absent for what changed. */
  readonly from?: string;
}

/** What a looser tie weighs against an import: what an import reaches comes first. */
const WEIGHTS: Readonly<Record<Tie, number>> = { changed: 0, imports: 1, namesake: 1, names: 2, measured: 2, nearby: 3, settings: 3, package: 1, loads: 4, types: 6, built: 8, anything: 20 };

const SCRIPT = /\.(?:[cm]?[jt]sx?|vue|svelte|astro|py)$/;

export interface Start {
  readonly path: string;
  readonly tie: Tie;
  readonly from?: string;
  /** Added to what the tie weighs. */
  readonly more?: number;
}

/** Which looser ties are followed, besides imports. */
export interface Following {
  /** Names that are gone when the code runs: only where something checks types while testing. */
  readonly types?: boolean;
  /** Test files of a folder. */
  readonly testsIn?: (folder: string) => readonly string[];
}

/** Everything that depends on these files, with the shortest way to each. In time linear in the edges it meets. */
export function spread(starts: readonly Start[], graph: ImportGraph, following: Following = {}): ReadonlyMap<string, Reached> {
  const reached = new Map<string, Reached>();
  const done = new Set<string>();
  const turns: Start[][] = [];
  const queue = (at: number, start: Start): void => {
    const known = reached.get(start.path);
    if (known !== undefined && known.distance <= at) return;
    reached.set(start.path, { distance: at, tie: start.tie, ...(start.from !== undefined && { from: start.from }) });
    (turns[at] ??= []).push(start);
  };
  for (const start of starts) queue(WEIGHTS[start.tie] + (start.more ?? 0), start);
  for (let at = 0; at < turns.length; at += 1) {
    for (const { path } of turns[at] ?? []) {
      if (done.has(path) || reached.get(path)?.distance !== at) continue;
      done.add(path);
      for (const [users, tie] of usersOf(path, graph, following)) for (const user of users) if (!done.has(user)) queue(at + WEIGHTS[tie], { path: user, tie, from: path });
    }
  }
  return reached;
}

function* usersOf(path: string, graph: ImportGraph, { types, testsIn }: Following): Generator<readonly [users: readonly string[], tie: Tie]> {
  yield [graph.importers.get(path) ?? [], "imports"];
  yield [graph.namedBy.get(path) ?? [], "names"];
  if (types === true) yield [graph.typeImporters.get(path) ?? [], "types"];
  const setups = testsIn === undefined ? undefined : graph.setupOf.get(path);
  if (setups !== undefined) yield [setups.flatMap((folder) => testsIn?.(folder) ?? []), "settings"];
  if (SCRIPT.test(path)) yield [loadersOf(path, graph), "loads"];
}

/** Files that import what is built from a package this source stands in. */
export function importersOfBuilt(source: string, { importersOfBuilt: lists }: ImportGraph): readonly string[] {
  return lists.size === 0 ? [] : [...foldersAbove(dirname(source))].flatMap((folder) => lists.get(folder) ?? []);
}

/** The way from a reached file back to what changed, nearest first. */
export function wayTo(path: string, reached: ReadonlyMap<string, Reached>): readonly string[] {
  const way = [path];
  for (let at = reached.get(path)?.from; at !== undefined && way.length < 50 && !way.includes(at); at = reached.get(at)?.from) way.push(at);
  return way;
}
