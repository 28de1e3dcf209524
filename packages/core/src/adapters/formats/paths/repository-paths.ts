import type { HeadTree } from "./head-tree.ts";
import { climbs, joinSegments, readPrintedPath, type PrintedPath } from "./printed-path.ts";
import { FOREIGN, matchStrangers, type Match } from "./stranger-paths.ts";

/** What printed paths are read against. */
export interface PathContext {
  /** Absolute path of the checkout. */
  readonly root: string;
  /** Where the report lies: writers print paths relative to the package they ran in, and put the report there too. */
  readonly reportPath: string;
  /** Folders the report itself names as starting points. */
  readonly bases: readonly string[];
  readonly tree: HeadTree;
}

/** Repository paths for the paths one report prints. */
export interface RepositoryPaths {
  /** The repository path; the printed one where it can't be matched; undefined where it leads out of the repository. */
  of(printed: string): string | undefined;
  /** True when the head is known to have this path, or it lies below the root. */
  inside(printed: string): boolean;
  /** What could not be matched, in words. */
  readonly notes: readonly string[];
}

/** Matches all paths of a report at once, since what they have in common decides where they start. */
export function matchPaths(printed: Iterable<string>, context: PathContext): RepositoryPaths {
  const read = new Map<string, PrintedPath>();
  for (const raw of printed) {
    const path = readPrintedPath(raw);
    if (path !== undefined) read.set(raw, path);
  }
  const root = rootOf(context.root);
  const named = namedStarts(context.bases, root);
  const starts = startsOf(context, root, named);
  const local = new Map([...read].map(([raw, path]) => [raw, belowRoot(path, root)] as const));
  const base = likeliestStart(
    [...local.values()].filter((path) => path !== undefined),
    starts,
    context.tree,
  );
  const matches = new Map<string, Match>();
  const strangers: string[] = [];
  for (const [raw, path] of local) {
    const found =
      path === undefined ? undefined : matchLocal(path, { named, start: base, starts, tree: context.tree, absolute: read.get(raw)?.absolute === true });
    if (found !== undefined) matches.set(raw, found);
    else strangers.push(raw);
  }
  matchStrangers(strangers, read, context.tree, matches);
  return {
    of: (raw) => matches.get(raw)?.path,
    inside: (raw) => matches.get(raw)?.sure === true,
    notes: notesOf(matches),
  };
}

const rootOf = (root: string): PrintedPath => readPrintedPath(root) ?? { absolute: true, path: "" };

function belowRoot(path: PrintedPath, root: PrintedPath): string | undefined {
  if (!path.absolute) return path.path;
  if (root.path === "") return path.path;
  const windows = /^[a-z]:/.test(root.path);
  const [inner, outer] = windows ? [path.path.toLowerCase(), root.path.toLowerCase()] : [path.path, root.path];
  return inner.startsWith(`${outer}/`) ? path.path.slice(root.path.length + 1) : undefined;
}

/** Folders relative paths may start from, the likeliest first: what the report names, then where it lies and upwards, then the root. */
function startsOf({ reportPath }: PathContext, root: PrintedPath, named: readonly string[]): readonly string[] {
  const report = readPrintedPath(reportPath);
  const below = report === undefined ? undefined : belowRoot(report, root);
  const folders = below === undefined || climbs(below) ? [] : ancestors(below);
  return [...new Set([...named, ...folders, ""])];
}

/** The folders a report names, where they are folders of the repository. */
function namedStarts(bases: readonly string[], root: PrintedPath): readonly string[] {
  const below = bases.map((base) => {
    const path = readPrintedPath(base);
    return path === undefined ? undefined : path.path === root.path ? "" : belowRoot(path, root);
  });
  return [...new Set(below.filter((path) => path !== undefined && !climbs(path)))].filter((path) => path !== undefined);
}

function ancestors(path: string): string[] {
  const segments = path.split("/").slice(0, -1);
  return segments.map((_, index) => segments.slice(0, segments.length - index).join("/"));
}

/** The start that explains most paths; the likelier one on a tie. */
function likeliestStart(paths: readonly string[], starts: readonly string[], tree: HeadTree): string {
  if (!tree.listed || starts.length === 1) return "";
  let best = "";
  let most = 0;
  for (const start of starts) {
    const count = paths.reduce((sum, path) => sum + (tree.has(under(start, path)) ? 1 : 0), 0);
    if (count > most) [best, most] = [start, count];
  }
  return best;
}

const under = (start: string, path: string): string => joinSegments(start === "" ? path : `${start}/${path}`, false);

interface LocalMatch {
  readonly named: readonly string[];
  readonly start: string;
  readonly starts: readonly string[];
  readonly tree: HeadTree;
  readonly absolute: boolean;
}

/** A path below the root, or relative to nobody knows where. Undefined when its beginning may have to be dropped. */
function matchLocal(path: string, { named, start, starts, tree, absolute }: LocalMatch): Match | undefined {
  if (!tree.listed) return climbs(path) ? { path: undefined, sure: false } : { path, sure: true };
  if (absolute) return tree.has(path) ? { path, sure: true } : climbs(path) ? { path: undefined, sure: false } : { path, sure: false };
  // A report that names two folders does not say which of them a path starts from.
  if (named.filter((folder) => tree.has(under(folder, path))).length > 1) return { path, sure: false };
  for (const candidate of [start, ...starts]) {
    const joined = under(candidate, path);
    if (tree.has(joined)) return { path: joined, sure: true };
  }
  if (climbs(path)) return { path: undefined, sure: false };
  const found = tree.endingWith(path);
  if (found === "none") return undefined;
  return found === "many" ? { path, sure: false } : { path: found.path, sure: true };
}

function notesOf(matches: ReadonlyMap<string, Match>): readonly string[] {
  const out = [...matches].filter(([, match]) => match.path === undefined).map(([raw]) => raw);
  const unsure = [...matches].filter(([raw, match]) => match.path !== undefined && !match.sure && !FOREIGN.test(raw)).map(([raw]) => raw);
  return [
    ...(unsure.length === 0
      ? []
      : [
          `${unsure.length} ${unsure.length === 1 ? "path matches" : "paths match"} no file of the head and ${unsure.length === 1 ? "is" : "are"} kept as printed: ${examples(unsure)}`,
        ]),
    ...(out.length === 0
      ? []
      : [
          `${out.length} ${out.length === 1 ? "path leads" : "paths lead"} out of the repository and ${out.length === 1 ? "was" : "were"} left out: ${examples(out)}`,
        ]),
  ];
}

const examples = (paths: readonly string[]): string =>
  paths
    .slice(0, 3)
    .map((path) => (path.length > 120 ? `…${path.slice(-119)}` : path))
    .join(", ") + (paths.length > 3 ? ", …" : "");
