import picomatch from "picomatch";

type Matches = (path: string) => boolean;

/** A word, or a list of words, without anything a glob could mean by them. */
const PLAIN = /^(?:[\w-]+|\{[\w-]+(?:,[\w-]+)+\})$/;

/**
 * One glob as picomatch understands it, with a shorter way for the shapes most globs have: a change may touch a thousand files, and each is asked
 * about every glob. A tail of `/**` depends on the folder alone and a glob below any folder on the name alone; lists of plain words are looked up.
 */
export function matcherOf(glob: string): Matches {
  if (glob.endsWith("/**") && glob.length > 3) return belowFolder(glob.slice(0, -3));
  if (glob.startsWith("**/") && !glob.slice(3).includes("/") && !glob.slice(3).includes("**")) return byName(glob.slice(3));
  return lazily(glob);
}

/** Everything below what `folder` names, and what it names itself. Most files of a change share their folders with others. */
function belowFolder(folder: string): Matches {
  const words = folder.startsWith("**/") ? plainWords(folder.slice(3)) : undefined;
  if (words) return (path) => path.split("/").some((name) => words.has(name));
  const [self, below] = [matcherOf(folder), lazily(`${folder}/**`)];
  const known = new Map<string, boolean>();
  return (path) => {
    const above = path.slice(0, path.lastIndexOf("/") + 1);
    let inside = known.get(above);
    if (inside === undefined) known.set(above, (inside = above !== "" && below(`${above}x`)));
    return inside || self(path);
  };
}

/** A glob for the last part of a path, whatever stands above it. */
function byName(glob: string): Matches {
  const words = plainWords(glob);
  if (words) return (path) => words.has(nameOf(path));
  const named = glob.endsWith(".*") ? plainWords(glob.slice(0, -2)) : undefined;
  if (named) return (path) => dotsOf(nameOf(path)).some((dot, _, [name = ""]) => named.has(name.slice(0, dot)));
  const matches = lazily(glob);
  const needs = literalsOf(glob);
  return (path) => {
    const name = nameOf(path);
    return needs.every((part) => name.includes(part)) && matches(name);
  };
}
