import { compileGlobs, type PathMatcher } from "#kernel";
import { matchesPattern, readPattern, type PathPattern } from "./path-pattern.ts";

/** What files are for, as one line of `.gitattributes` or one list of the configuration says. */
export interface AttributeRule {
  readonly covers: PathMatcher;
  readonly attribute: FileAttribute;
  readonly value: boolean;
}

/** `hidden`: Git shows no lines of it (`-diff`, `binary`). */
export type FileAttribute = "generated" | "vendored" | "documentation" | "hidden";

const NAMES: ReadonlyMap<string, FileAttribute> = new Map([
  ["linguist-generated", "generated"],
  ["gitlab-generated", "generated"],
  ["linguist-vendored", "vendored"],
  ["linguist-documentation", "documentation"],
  ["diff", "hidden"],
  ["binary", "hidden"],
]);

/** What a word sets its attribute to: `-diff` hides, `binary` (a macro with `-diff`) hides, all else about them shows. */
function valueOf(name: string, word: string): boolean {
  if (name === "diff") return word === "-diff";
  if (name === "binary") return word === "binary";
  return !/^[-!]|=false$/.test(word);
}

/** Reads what a `.gitattributes` file says of generated, vendored, documentation and hidden files. All else in it is left to Git. */
export function readAttributes(text: string, folder = ""): readonly AttributeRule[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const found = /^\s*(?:"((?:[^"\\]|\\.)*)"|([^\s"#]\S*))\s+(.*)$/.exec(line.slice(0, 2_000));
    const pattern = found?.[1] ?? found?.[2];
    if (pattern === undefined || pattern.startsWith("!") || pattern.startsWith("[attr]")) return [];
    const read = readPattern(pattern, { foldersDescend: false, middleSlashAnchors: true });
    return (found?.[3] ?? "").split(/\s+/).flatMap((word) => {
      const name = word.replace(/^[-!]/, "").replace(/=.*$/, "");
      const attribute = NAMES.get(name);
      return attribute ? [{ covers: coveredBy(read, folder), attribute, value: valueOf(name, word) }] : [];
    });
  });
}

/** `folder` is that of the `.gitattributes` file, without a trailing slash; empty at the root. */
const coveredBy = (pattern: PathPattern, folder: string): PathMatcher =>
  folder === "" ? (path) => matchesPattern(pattern, path) : (path) => path.startsWith(`${folder}/`) && matchesPattern(pattern, path.slice(folder.length + 1));

/** `generated:` and `vendored:` of the configuration, to stand after the lines of `.gitattributes`: who writes it there means it. */
export function declaredAttributes(declared: Readonly<Record<"generated" | "vendored", readonly string[]>>): readonly AttributeRule[] {
  return (["generated", "vendored"] as const).flatMap((attribute) => (declared[attribute].length === 0 ? [] : [{ covers: compileGlobs(declared[attribute]), attribute, value: true }]));
}

/** What the attributes say of a path; an attribute nobody set is absent. The last matching line wins, as in Git. */
export function attributesOf(path: string, rules: readonly AttributeRule[]): Partial<Readonly<Record<FileAttribute, boolean>>> {
  const said: Partial<Record<FileAttribute, boolean>> = {};
  for (const { covers, attribute, value } of rules) if (covers(path)) said[attribute] = value;
  return said;
}
