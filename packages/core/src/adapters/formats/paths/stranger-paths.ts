import type { HeadTree } from "./head-tree.ts";
import { climbs, type PrintedPath } from "./printed-path.ts";

/** What a printed path was taken for. */
export interface Match {
  readonly path: string | undefined;
  readonly sure: boolean;
}

/** Other people's code: no file of the repository is meant, whatever the rest of the path looks like. */
export const FOREIGN = /(?:^|\/)(?:node_modules|site-packages|dist-packages|\.cargo|go\/pkg\/mod|\.venv|vendor\/bundle)\//;

/** Paths of another machine: a container's root, a Go module's name. Their common beginning is found by what remains being in the head. */
export function matchStrangers(strangers: readonly string[], read: ReadonlyMap<string, PrintedPath>, tree: HeadTree, matches: Map<string, Match>): void {
  const paths = new Map(strangers.map((raw) => [raw, read.get(raw)?.path ?? raw] as const));
  const prefix = tree.listed
    ? commonBeginning(
        [...paths.values()].filter((path) => !FOREIGN.test(path)),
        tree,
      )
    : undefined;
  for (const [raw, path] of paths) {
    const rest = prefix !== undefined && path.startsWith(`${prefix}/`) ? path.slice(prefix.length + 1) : undefined;
    const kept: Match = { path: climbs(path) ? undefined : read.get(raw)?.absolute === true ? raw : path, sure: false };
    if (FOREIGN.test(path) || !tree.listed) matches.set(raw, kept);
    else if (rest !== undefined && tree.has(rest)) matches.set(raw, { path: rest, sure: true });
    else matches.set(raw, longestEnding(path, tree) ?? kept);
  }
}

/** The beginning whose removal leaves most paths in the head. What remains of at least one must have two segments: one name proves nothing. */
function commonBeginning(paths: readonly string[], tree: HeadTree): string | undefined {
  const votes = new Map<string, number>();
  for (const path of paths) {
    for (let cut = path.indexOf("/"); cut !== -1; cut = path.indexOf("/", cut + 1)) {
      const rest = path.slice(cut + 1);
      if (rest.includes("/") && tree.has(rest)) votes.set(path.slice(0, cut), (votes.get(path.slice(0, cut)) ?? 0) + 1);
    }
  }
  let best: string | undefined;
  for (const [prefix, count] of votes) {
    const most = best === undefined ? 0 : (votes.get(best) ?? 0);
    if (count > most || (count === most && best !== undefined && prefix.length < best.length)) best = prefix;
  }
  return best;
}

/** The longest end of at least two segments that exactly one path of the head has. */
function longestEnding(path: string, tree: HeadTree): Match | undefined {
  for (let cut = path.indexOf("/"); cut !== -1; cut = path.indexOf("/", cut + 1)) {
    const rest = path.slice(cut + 1);
    if (!rest.includes("/")) return undefined;
    const found = tree.endingWith(rest);
    if (typeof found === "object") return { path: found.path, sure: true };
    if (found === "many") return undefined;
  }
  return undefined;
}
