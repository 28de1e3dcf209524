import { dirname } from "./paths.ts";

/** Endings an import may leave out, likeliest first. */
const ENDINGS = [".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs", ".vue", ".svelte", ".json", ".astro", ".d.ts", ".d.mts", ".d.cts"];
/** What a compiled name stands for in sources. */
const SOURCES: Readonly<Record<string, readonly string[]>> = { ".js": [".ts", ".tsx", ".jsx"], ".jsx": [".tsx"], ".mjs": [".mts", ".ts"], ".cjs": [".cts", ".ts"] };

/** Every path of a tree, ready to be asked the way imports ask. */
export interface KnownFiles {
  has(path: string): boolean;
  hasFolder(folder: string): boolean;
  /** The file a path stands for: itself, its source, or with an ending that was left out. No folders. */
  file(path: string): string | undefined;
  /** The same, or the index of the folder of that name. */
  fileOrIndex(path: string): string | undefined;
}

/** Made in time linear in the number of paths; each question is a few look-ups. */
export function knownFiles(paths: readonly string[]): KnownFiles {
  const all = new Set(paths);
  const folders = new Set<string>([""]);
  for (const path of paths) for (let folder = dirname(path); folder !== "" && !folders.has(folder); folder = dirname(folder)) folders.add(folder);
  const stems = stemsOf(paths);
  const byStem = (stem: string): string | undefined => {
    const known = stems.get(stem);
    return known === undefined ? undefined : stem + (ENDINGS[known] ?? "");
  };
  const file = (path: string): string | undefined => {
    if (all.has(path)) return path;
    const dot = path.lastIndexOf(".");
    const sources = dot < path.length - 4 ? undefined : SOURCES[path.slice(dot)];
    if (sources !== undefined) for (const one of sources) if (all.has(path.slice(0, dot) + one)) return path.slice(0, dot) + one;
    return byStem(path);
  };
  return { has: (path) => all.has(path), hasFolder: (folder) => folders.has(folder), file, fileOrIndex: (path) => file(path) ?? byStem(path === "" ? "index" : `${path}/index`) };
}

const RANKS: ReadonlyMap<string, number> = new Map(ENDINGS.map((ending, number) => [ending, number]));

/** Path without its ending -> number of the likeliest ending it is there with. */
function stemsOf(paths: readonly string[]): ReadonlyMap<string, number> {
  const stems = new Map<string, number>();
  const add = (path: string, dot: number): void => {
    const rank = dot < 0 ? undefined : RANKS.get(path.slice(dot));
    if (rank === undefined) return;
    const stem = path.slice(0, dot);
    const before = stems.get(stem);
    if (before === undefined || rank < before) stems.set(stem, rank);
  };
  for (const path of paths) {
    const dot = path.lastIndexOf(".");
    add(path, dot);
    // `a.d.ts` is the ending `.d.ts` of `a`, and `.ts` of `a.d`.
    if (path.endsWith("ts")) add(path, path.lastIndexOf(".", dot - 1));
  }
  return stems;
}
