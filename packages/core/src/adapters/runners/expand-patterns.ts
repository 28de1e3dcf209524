import { join, posix } from "node:path";
import { compileGlobs } from "#kernel";

/** Turns the files, folders and globs of a test script into absolute paths of tracked files, in a stable order. */
export function expandPatterns(
  patterns: readonly string[],
  tree: { readonly root: string; readonly packageDir: string; readonly files: readonly string[]; readonly extensions: readonly string[] },
): readonly string[] {
  const within = (pattern: string): string => posix.normalize(posix.join(tree.packageDir, pattern)).replace(/^\.\//, "").replace(/\/$/, "");
  const scripts = tree.files.filter((file) => tree.extensions.some((extension) => file.endsWith(extension)) && !file.endsWith(".d.ts"));
  const chosen = new Set<string>();
  for (const pattern of patterns) {
    const wanted = within(pattern);
    const folder = pattern.endsWith("/");
    const exact = !folder && tree.files.includes(wanted) ? [wanted] : [];
    const extended = folder || exact.length > 0 ? exact : scripts.filter((file) => file.replace(/\.[cm]?[jt]sx?$/, "") === wanted);
    const below = extended.length > 0 ? extended : scripts.filter((file) => file.startsWith(`${wanted}/`));
    const matches = compileGlobs([wanted]);
    for (const file of below.length > 0 ? below : scripts.filter(matches)) chosen.add(file);
  }
  return [...chosen]
    .filter((file) => !/(^|\/)node_modules\//.test(file))
    .sort()
    .map((file) => join(tree.root, file));
}
