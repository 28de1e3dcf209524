/** The innermost workspace package a path stands in; `.` when it stands in none. */
export function packageOf(path: string, dirs: readonly string[]): string {
  const known = setOf(dirs);
  for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1)) {
    const dir = path.slice(0, end);
    if (known.has(dir)) return dir;
  }
  return ".";
}

/** Lists are asked about many paths: each is hashed once. */
const SETS = new WeakMap<readonly string[], ReadonlySet<string>>();

function setOf(dirs: readonly string[]): ReadonlySet<string> {
  const known = SETS.get(dirs) ?? new Set(dirs);
  SETS.set(dirs, known);
  return known;
}
