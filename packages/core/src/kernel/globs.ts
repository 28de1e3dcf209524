import { matcherOf } from "./glob-matcher.ts";

/** True when a repository path (forward slashes, no leading slash) is inside the set the globs name. */
export type PathMatcher = (path: string) => boolean;

/**
 * Compiles globs once. `!glob` excludes; `dir/` means everything below it; dot files match like others.
 * An empty list matches nothing.
 */
export function compileGlobs(globs: readonly string[]): PathMatcher {
  const wanted = globs.filter((glob) => !glob.startsWith("!")).map(normalise);
  const unwanted = globs.filter((glob) => glob.startsWith("!")).map((glob) => normalise(glob.slice(1)));
  const includes = wanted.map(matcherOf);
  const excludes = unwanted.map(matcherOf);
  // A pattern's `.` stops at a line break; a file name may hold one, and must not slip out of an area or past an owner by it.
  return (named) => {
    const path = named.replace(/[\n\r\u2028\u2029]/g, "_");
    return includes.some((inside) => inside(path)) && !excludes.some((inside) => inside(path));
  };
}

function normalise(glob: string): string {
  const trimmed = glob.replace(/^\.?\//, "");
  return trimmed.endsWith("/") ? `${trimmed}**` : trimmed;
}
