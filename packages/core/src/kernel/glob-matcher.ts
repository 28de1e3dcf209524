import picomatch from "picomatch";

type Matches = (path: string) => boolean;

/**
 * One glob as picomatch understands it, with a shorter way for the shapes most globs have: a change may touch a thousand files, and each is asked
 * about every glob. A tail of `/**` depends on the folder alone and a glob below any folder on the name alone; lists of plain words are looked up.
 */
export function matcherOf(glob: string): Matches {
  if (/^!|\*\*\/!|^.?$/.test(glob)) return picomatch(glob, DOT);
  if (BELOW_WORDS.test(glob)) return belowFolder(glob.slice(0, -3));
  if (glob.startsWith("**/") && !/\/|\*\*/.test(glob.slice(3))) return byName(glob.slice(3));
  return lazily(glob);
}

const DOT = { dot: true };
/** After a star, picomatch takes the tail for something else. */
const BELOW_WORDS = /(?:^|\/)(?:[\w-]+|\{[\w-]+(?:,[\w-]+)+\})\/\*\*$/;

/** A file name nobody has: asked for instead of each file of a folder, it must not be the folder a glob names. */
const ANY_NAME = "\ufffe";

/** Everything below what `folder` names, and what it names itself. Files of a change share their folders with others. */
function belowFolder(folder: string): Matches {
  const words = folder.startsWith("**/") ? plainWords(folder.slice(3)) : undefined;
  if (words) return (path) => path.split("/").some((name) => words.has(name));
  const self = matcherOf(folder);
  const below = lazily(`${folder}/**`);
  const known = new Map<string, boolean>();
  return (path) => {
    const above = path.slice(0, path.lastIndexOf("/") + 1);
    let inside = known.get(above);
    if (inside === undefined) known.set(above, (inside = above !== "" && below(`${above}${ANY_NAME}`)));
    return inside || self(path);
  };
}

/** A glob for the last part of a path, whatever stands above it. */
function byName(glob: string): Matches {
  const words = plainWords(glob);
  if (words) return (path) => words.has(nameOf(path));
  const stems = glob.endsWith(".*") ? plainWords(glob.slice(0, -2)) : undefined;
  if (stems) return (path) => stems.has(stemOf(nameOf(path)));
  const matches = lazily(glob);
  return (path) => matches(nameOf(path));
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

/** What stands before the first dot; a name without a dot, and one that starts with it, has no stem. */
const stemOf = (name: string): string => name.slice(0, Math.max(0, name.indexOf(".")));

/** The words of `word` or `{word,word}`; undefined where anything else is written. */
function plainWords(glob: string): ReadonlySet<string> | undefined {
  if (/^[\w-]+$/.test(glob)) return new Set([glob]);
  return /^\{[\w-]+(?:,[\w-]+)+\}$/.test(glob) ? new Set(glob.slice(1, -1).split(",")) : undefined;
}

/** Compiled when a path gets that far: most globs name words that most paths don't have. */
function lazily(glob: string): Matches {
  const needed = wordsNeeded(glob);
  let compiled: Matches | undefined;
  return (path) => needed.every((words) => words.some((word) => path.includes(word))) && (compiled ??= picomatch(glob, DOT))(path);
}

/** Groups of words: every matching path contains one of each group. None where a glob says more than words, lists of words and stars. */
function wordsNeeded(glob: string): readonly (readonly string[])[] {
  if (!/^(?:[\w./*?-]|\{[\w./*?-]+(?:,[\w./*?-]+)+\})*$/.test(glob) || /\.\.|(?:^|\/)\.(?:\/|$)/.test(glob)) return [];
  return glob
    .split(/[{}]/)
    .flatMap((part, index) => (index % 2 === 1 ? [part.split(",").map((word) => literalsOf(word)[0] ?? "")] : literalsOf(part).map((word) => [word])));
}

const literalsOf = (text: string): readonly string[] => text.split(/[*?/]+/).filter((part) => part !== "");
