/** Answers about the paths of the head, which may not have been listed. */
export interface HeadTree {
  /** False when nobody listed the head: then nothing can be looked up. */
  readonly listed: boolean;
  has(path: string): boolean;
  /** The one path that ends with these whole segments; `many` when several do. */
  endingWith(path: string): { readonly path: string } | "none" | "many";
  /** The first candidate that names exactly one path, for names that only imply a file (a Java class, a Python module). */
  guess(candidates: readonly string[]): string | undefined;
}

/** Looks paths up, indexing them by their last segment the first time that is needed. */
export function headTree(paths: ReadonlySet<string> | undefined): HeadTree {
  let byName: Map<string, string[]> | undefined;
  const known = new Map<string, { readonly path: string } | "none" | "many">();
  const tree: HeadTree = {
    listed: paths !== undefined,
    has: (path) => paths?.has(path) ?? false,
    endingWith(path) {
      const before = known.get(path);
      if (before !== undefined) return before;
      byName ??= indexByName(paths ?? new Set());
      const found = ends(byName.get(lastSegment(path)) ?? [], path);
      known.set(path, found);
      return found;
    },
    guess(candidates) {
      for (const candidate of candidates) {
        if (tree.has(candidate)) return candidate;
      }
      for (const candidate of candidates) {
        const found = tree.endingWith(candidate);
        if (typeof found === "object") return found.path;
      }
      return undefined;
    },
  };
  return tree;
}

const lastSegment = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

function indexByName(paths: ReadonlySet<string>): Map<string, string[]> {
  const index = new Map<string, string[]>();
  for (const path of paths) {
    const name = lastSegment(path);
    const same = index.get(name);
    if (same) same.push(path);
    else index.set(name, [path]);
  }
  return index;
}

function ends(candidates: readonly string[], path: string): { readonly path: string } | "none" | "many" {
  let found: string | undefined;
  for (const candidate of candidates) {
    if (candidate !== path && !candidate.endsWith(`/${path}`)) continue;
    if (found !== undefined) return "many";
    found = candidate;
  }
  return found === undefined ? "none" : { path: found };
}
