import picomatch from "picomatch";

/** True when a repository path (forward slashes, no leading slash) is inside the set the globs name. */
export type PathMatcher = (path: string) => boolean;

/**
 * Compiles globs once. `!glob` excludes; `dir/` means everything below it; dot files match like others.
 * An empty list matches nothing.
 */
export function compileGlobs(globs: readonly string[]): PathMatcher {
  const wanted = globs.filter((glob) => !glob.startsWith("!")).map(normalise);
  const unwanted = globs.filter((glob) => glob.startsWith("!")).map((glob) => normalise(glob.slice(1)));
  if (wanted.length === 0) return () => false;
  const includes = picomatch(wanted, { dot: true });
  const excludes = unwanted.length === 0 ? () => false : picomatch(unwanted, { dot: true });
  return (path) => includes(path) && !excludes(path);
}

function normalise(glob: string): string {
  const trimmed = glob.replace(/^\.?\//, "");
  return trimmed.endsWith("/") ? `${trimmed}**` : trimmed;
}
