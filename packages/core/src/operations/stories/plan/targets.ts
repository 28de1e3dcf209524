import { compileGlobs, type PathMatcher } from "#kernel";

/** Globs of a story that are about one repository. `shop-web:src/**` speaks of that one alone, a glob without a name of every one. */
export function targetsFor(targets: readonly string[], repository: string, names: readonly string[]): readonly string[] {
  return targets.flatMap((target) => {
    const name = names.find((one) => target.startsWith(`${one}:`));
    if (name === undefined) return [target];
    return name === repository ? [target.slice(name.length + 1)] : [];
  });
}

/** What the globs name, and which of them name nothing. Stories themselves are never a target. */
export function matchTargets(globs: readonly string[], paths: readonly string[]): { readonly files: readonly string[]; readonly unmatched: readonly string[] } {
  const inside = compileGlobs(globs);
  const files = paths.filter((path) => !path.startsWith("proofline/") && inside(path)).toSorted();
  const unmatched = globs.filter((glob) => {
    if (glob.startsWith("!")) return false;
    const one: PathMatcher = compileGlobs([glob]);
    return !paths.some(one);
  });
  return { files, unmatched };
}
