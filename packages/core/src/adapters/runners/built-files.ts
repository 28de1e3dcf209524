import { posix } from "node:path";
import type { TestFailure } from "#evidence";
import type { Collected } from "./collect-results.ts";
import { repositoryPath } from "./repository-path.ts";

const BUILT = /(^|\/)(dist|lib|build|out|es|esm|cjs|output|_build)(\/|$)/;

/**
 * Files with tests that failed for want of built files: a path in an output folder that is not tracked, the entry of one
 * of the repository's own packages, by its name or by its folder, or a file that source asks for and nobody tracks.
 */
export function filesInNeedOfBuild(
  collected: Collected,
  tree: { readonly files: readonly string[]; readonly ownPackages: readonly string[] },
): readonly string[] {
  const own = new Set(tree.ownPackages);
  const needsBuild = (failure: TestFailure | undefined, file: string | undefined): boolean => {
    const missing = failure?.missing;
    if (missing === undefined || (failure?.kind !== "load" && failure?.kind !== "error")) return false;
    if (isOwnEntry(missing, file, tree.files) || (isEntryOfManifest(failure) && !missing.startsWith("/") && !tree.files.includes(missing)) || isGenerated(missing, failure.thrownAt?.file, tree.files)) return true;
    if (own.has(missing) || own.has(missing.split("/").slice(0, 2).join("/")) || own.has(missing.split("/")[0] ?? "")) return true;
    const path = missing.replace(/^(\.{1,2}\/)+/, "");
    return BUILT.test(path) && !tree.files.some((file) => file.startsWith(path));
  };
  const unloaded = collected.unloaded.filter((one) => needsBuild(one.failure, one.file)).map((one) => one.file);
  const cases = collected.cases.filter((one) => needsBuild(one.failure, one.id.file)).flatMap((one) => one.id.file ?? []);
  return [...new Set([...unloaded, ...cases])];
}

/** `require("..")`: a test asks for a package by its folder, and the manifest there names an entry that is not there yet. */
function isOwnEntry(missing: string, from: string | undefined, files: readonly string[]): boolean {
  return from !== undefined && /^\.{1,2}(?:\/\.{1,2}){0,20}\/?$/.test(missing) && files.includes(posix.join(posix.dirname(from), missing, "package.json"));
}

/** Node's word for a manifest whose entry is not there. */
const isEntryOfManifest = ({ message }: TestFailure): boolean => message.includes('package.json has a valid "main" entry');

/** Source that is whole asks for no file of its own that is not tracked, unless a build makes it. What a test asks for may be what the change adds. */
function isGenerated(missing: string, source: string | undefined, files: readonly string[]): boolean {
  if (source === undefined || !missing.startsWith(".")) return false;
  const path = posix.join(posix.dirname(source), missing).replace(/\/$/, "");
  return !path.startsWith("..") && !files.some((file) => file === path || file.startsWith(`${path}.`) || file.startsWith(`${path}/`));
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
