import picomatch from "picomatch";

type Matches = (path: string) => boolean;

/**
 * One glob as picomatch understands it, with a shorter way for the shapes most globs have: a change may touch a thousand files, and each is asked
 * about every glob. A tail of `/**` depends on the folder alone and a glob below any folder on the name alone; lists of plain words are looked up.
 */
export function matcherOf(glob: string): Matches {
  if (/^!|\*\*\/!|^.?$/.test(glob)) return picomatch(glob, DOT);
  if (glob.endsWith("/**")) return belowFolder(glob.slice(0, -3));
  if (glob.startsWith("**/") && !/\/|\*\*/.test(glob.slice(3))) return byName(glob.slice(3));
  return lazily(glob);
}

const DOT = { dot: true };

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
    if (inside === undefined) known.set(above, (inside = above !== "" && below(`${above}x`)));
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
  const needed = literalsOf(glob);
  return (path) => {
    const name = nameOf(path);
    return needed.every((part) => name.includes(part)) && matches(name);
  };
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

/** What stands before the first dot; a name without a dot, and one that starts with it, has no stem. */
const stemOf = (name: string): string => name.slice(0, Math.max(0, name.indexOf(".")));

/** The words of `word` or `{word,word}`; undefined where anything else is written. */
function plainWords(glob: string): ReadonlySet<string> | undefined {
  if (/^[\w-]+$/.test(glob)) return new Set([glob]);
  return /^\{[\w-]+(?:,[\w-]+)+\}$/.test(glob) ? new Set(glob.slice(1, -1).split(",")) : undefined;
}

/** Pieces every matching name contains, as far as they are plain to see. */
function literalsOf(glob: string): readonly string[] {
  const outside = glob.replace(/\{[^{}]*\}/g, "*");
  return /^[\w.*?-]*$/.test(outside) ? outside.split(/[*?]+/).filter((part) => part !== "") : [];
}

/** Compiled when a path gets that far. */
function lazily(glob: string): Matches {
  let compiled: Matches | undefined;
  return (path) => (compiled ??= picomatch(glob, DOT))(path);
}
