import { isTestSide, type ChangedFile } from "#change";

/** What a change brings that was not there before. */
export interface NewNames {
  /** A file the base lacks; takes a path or an import specifier as a runner prints it. */
  file(printed: string): boolean;
  /** A name on an added source line that the base's text of the changed files does not hold. */
  symbol(name: string): boolean;
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
  const added = new Set<string>();
  for (const file of sources) for (const hunk of file.hunks) for (const line of hunk.lines) if (line.op === "+") collect(line.text, added);
  const known = new Set<string>();
  for (const text of baseTexts) collect(text, known);
  const fresh = files.filter((file) => !isTestSide(file) && file.kind !== "lock").filter((file) => file.status === "added" || file.status === "renamed" || file.status === "copied").map((file) => bare(file.path));
  return {
    file: (printed) => {
      const wanted = bare(printed);
      return wanted !== "" && fresh.some((path) => path === wanted || path.endsWith(`/${wanted}`) || wanted.endsWith(`/${path}`));
    },
    symbol: (name) => added.has(name) && !known.has(name),
    mentions: (name) => added.has(name),
  };
}

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
