import { isTestSide, type ChangedFile } from "#change";

/** What a change brings that was not there before. */
export interface NewNames {
  /** A file the base lacks; takes a path or an import specifier as a runner prints it. */
  file(printed: string): boolean;
  /** A name on an added source line that the base's text of the changed files does not hold. */
  symbol(name: string): boolean;
  /** A name that was there, and that an added source line writes down as an export, a member or a property where no line did before. */
  exposes(name: string): boolean;
  /** A name on an added source line, known before or not: enough where it was an export that was missing. */
  mentions(name: string): boolean;
}

const WORD = /[A-Za-z_$][\w$]*/g;

/**
 * Collects the names a change adds to its source. `baseTexts` are the merge base's texts of the changed source files; what they mention was there
 * before. Linear in the texts.
 */
export function newNames(files: readonly ChangedFile[], baseTexts: readonly string[]): NewNames {
  const sources = files.filter((file) => !isTestSide(file) && file.kind !== "docs" && file.kind !== "lock");
  const lines = sources.flatMap((file) => file.hunks.flatMap((hunk) => hunk.lines.flatMap((line) => (line.op === "+" ? [line.text] : []))));
  const added = new Set<string>();
  for (const line of lines) collect(line, added);
  const known = new Set<string>();
  for (const text of baseTexts) collect(text, known);
  const fresh = files.filter((file) => !isTestSide(file) && file.kind !== "lock").filter((file) => file.status === "added" || file.status === "renamed" || file.status === "copied").map((file) => bare(file.path));
  const writes = (text: string, name: string): boolean => text.includes(name) && text.split("\n").some((line) => exposesOn(line, name));
  const exposes = (name: string): boolean => added.has(name) && lines.some((line) => exposesOn(line, name)) && !baseTexts.some((text) => writes(text, name));
  return {
    file: (printed) => {
      const wanted = bare(printed);
      return wanted !== "" && fresh.some((path) => path === wanted || path.endsWith(`/${wanted}`) || wanted.endsWith(`/${path}`));
    },
    // What every list and text can do is a name of the language: who lacks it is something else than expected.
    symbol: (name) => added.has(name) && !known.has(name) && (!OF_THE_LANGUAGE.has(name) || exposes(name)),
    exposes,
    mentions: (name) => added.has(name),
  };
}

const OF_THE_LANGUAGE: ReadonlySet<string> = new Set([Array, String, Number, Object, Function, Promise, Map, Set, Date, RegExp].flatMap((type) => Object.getOwnPropertyNames(type.prototype)));

function collect(text: string, into: Set<string>): void {
  for (const [word] of text.matchAll(WORD)) into.add(word);
}

/** A path without what an import may leave out: leading dots, extension, `/index`. */
const bare = (path: string): string =>
  path
    .replace(/[?#].*$/, "")
    .replace(/^(?:\.{0,2}\/)+/, "")
    .replace(/\.(?:[cm]?[jt]sx?|json|vue|svelte|py)$/, "")
    .replace(/\/(?:index|__init__)$/, "");

/** True when a line gives a name to others: `exports.x`, `export … x`, `Foo.prototype.x =`, or a member or property `x` that begins it. */
function exposesOn(whole: string, name: string): boolean {
  const line = whole.slice(0, 500);
  const at = wordAt(line, name);
  if (at < 0) return false;
  const [before, after] = [line.slice(0, at).trim(), line.slice(at + name.length).trim()];
  if (/\bexports?\b/.test(before)) return !/\b(?:require|import)\b/.test(before);
  if (before.endsWith(".")) return /^=(?!=)/.test(after);
  if (!/^(?:(?:public|static|async|get|set|def)\s{0,8}){0,4}\*?$/.test(before)) return false;
  return after.startsWith("(") ? /\{|:$/.test(after) : /^(?:[:,}]|=(?!=)|$)/.test(after);
}

function wordAt(line: string, name: string): number {
  for (let at = line.indexOf(name); at >= 0; at = line.indexOf(name, at + 1)) {
    if (!/[\w$]/.test(line.charAt(at - 1)) && !/[\w$]/.test(line.charAt(at + name.length))) return at;
  }
  return -1;
}
