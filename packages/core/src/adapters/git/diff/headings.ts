import { writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Which of Git's languages finds the enclosing function or class of a changed line. Git has none for JavaScript: there the nearest line at the left margin
 * that begins with a letter is told, Git's own rule. It needs no pattern, and compiling even a short one for each file costs half as much as the diff itself.
 */
const DRIVERS: readonly (readonly [driver: string, extensions: string])[] = [
  ["proofline-javascript", "js jsx mjs cjs ts tsx mts cts vue svelte"],
  ["python", "py pyi"],
  ["golang", "go"],
  ["rust", "rs"],
  ["java", "java"],
  ["kotlin", "kt kts"],
  ["ruby", "rb rake"],
  ["php", "php"],
  ["csharp", "cs"],
  ["cpp", "c cc cpp cxx h hh hpp hxx"],
  ["css", "css scss less"],
  ["elixir", "ex exs"],
  ["perl", "pl pm"],
  ["bash", "sh bash"],
  ["markdown", "md markdown"],
];

/** A user's settings for a language may make its files binary. */
const SETTINGS = DRIVERS.map(([driver]) => `diff.${driver}.binary=auto`);

const attributes = DRIVERS.flatMap(([driver, extensions]) => extensions.split(" ").map((extension) => `*.${extension} diff=${driver}\n`)).join("");

/** Attributes that decide whether Git shows lines, or by which language. */
export const SAYS_DIFF = /(?:^|\s)[-!]?(?:diff|binary)\b|^\[attr\]/m;

/**
 * Flags that make Git name functions in hunk headings. Attributes come from us and from the target's own `.gitattributes`, never from the checkout or the
 * head: a change must not hide its lines by calling them binary.
 */
export function headingFlags(folder: string, target: { readonly id: string; readonly text: string } | undefined): readonly string[] {
  const theirs = target && SAYS_DIFF.test(target.text) ? target : undefined;
  const file = join(folder, `attributes-${theirs?.id ?? "own"}`);
  writeFileSync(file, theirs ? `${attributes}${theirs.text}\n` : attributes);
  return [`core.attributesFile=${file}`, ...SETTINGS].flatMap((setting) => ["-c", setting]);
}
