import type { TestFailure } from "#evidence";
import type { Collected } from "./collect-results.ts";
import { repositoryPath } from "./repository-path.ts";

const BUILT = /(^|\/)(dist|lib|build|out|es|esm|cjs|output|_build)(\/|$)/;

/**
 * Files with tests that failed for want of built files: a path in an output folder that is not tracked, or the entry of one
 * of the repository's own packages.
 */
export function filesInNeedOfBuild(
  collected: Collected,
  tree: { readonly files: readonly string[]; readonly ownPackages: readonly string[] },
): readonly string[] {
  const own = new Set(tree.ownPackages);
  const needsBuild = (failure: TestFailure | undefined): boolean => {
    const missing = failure?.missing;
    if (missing === undefined || (failure?.kind !== "load" && failure?.kind !== "error")) return false;
    if (own.has(missing) || own.has(missing.split("/").slice(0, 2).join("/")) || own.has(missing.split("/")[0] ?? "")) return true;
    const path = missing.replace(/^(\.{1,2}\/)+/, "");
    return BUILT.test(path) && !tree.files.some((file) => file.startsWith(path));
  };
  const unloaded = collected.unloaded.filter((one) => needsBuild(one.failure)).map((one) => one.file);
  const cases = collected.cases.filter((one) => needsBuild(one.failure)).flatMap((one) => one.id.file ?? []);
  return [...new Set([...unloaded, ...cases])];
}

/** What a run said, with these files' part replaced by what a second run of them said. */
export function replaceFiles(first: Collected, second: Collected, files: readonly string[]): Collected {
  const again = new Set(files);
  return {
    ...second,
    cases: [...first.cases.filter((one) => !again.has(one.id.file ?? "")), ...second.cases],
    unloaded: [...first.unloaded.filter((one) => !again.has(one.file)), ...second.unloaded],
    strays: second.strays,
    ended: first.ended && second.ended,
    interrupted: first.interrupted || second.interrupted,
  };
}

/** A file of the tree's own that a runner looked for in vain before any test: made by a build, when it is not tracked. */
export function missingFile(output: string, tree: { readonly root: string; readonly cwd: string; readonly files: readonly string[] }): string | undefined {
  const name = /Cannot find (?:module|package) ['"]([^'"\n]+)['"]/.exec(output)?.[1];
  const path = name !== undefined && /^(\/|\.|file:|[A-Za-z]:)/.test(name) ? repositoryPath(tree.root, name, tree.cwd) : undefined;
  return path !== undefined && !tree.files.includes(path) ? path : undefined;
}
