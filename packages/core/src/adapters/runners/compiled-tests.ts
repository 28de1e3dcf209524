import { readdir } from "node:fs/promises";
import { join, posix } from "node:path";
import type { TestSetup } from "#evidence";
import { compileGlobs } from "#kernel";
import type { Collected } from "./collect-results.ts";

/** Tests that are run as what a compiler makes of them, like `mocha "out/**\/*.spec.js"` of `src/**\/*.spec.ts`. */
export interface CompiledTests {
  /** Folders compiled files are looked up in, the one the script names first; repository paths. */
  readonly folders: readonly string[];
  /** What the script names, as repository paths. */
  readonly patterns: readonly string[];
}

/** What a script names, when it is in folders that hold no tracked file: somebody has to make it first. */
export function compiledTests({ runner, packageDir, start }: TestSetup, files: readonly string[]): CompiledTests | undefined {
  const named = start?.files ?? [];
  if (named.length === 0 || runner === "command" || runner === "pytest") return undefined;
  const tracked = foldersOf(files);
  const patterns = named.map((pattern) => posix.normalize(posix.join(packageDir, pattern)).replace(/\/$/, ""));
  const folders: string[] = [];
  for (const pattern of patterns) {
    const base = fixedPart(pattern);
    if (base === "." || base.startsWith("..") || tracked.has(base) || files.includes(pattern)) return undefined;
    for (let folder = base; folder !== "." && !tracked.has(folder); folder = posix.dirname(folder)) if (!folders.includes(folder)) folders.push(folder);
  }
  // A name that only misses its ending (`node --test test/a`) is no output folder.
  return folders.length === 0 || files.some((file) => patterns.some((pattern) => file.startsWith(`${pattern}.`))) ? undefined : { folders, patterns };
}

/** The folder a pattern is below: `out` of `out/**\/*.js`, and of `out/a.js`. */
function fixedPart(pattern: string): string {
  const parts = pattern.split("/");
  const at = parts.findIndex((part) => /[*?{[(!]/.test(part));
  if (at >= 0) return parts.slice(0, at).join("/") || ".";
  return /\.[cm]?[jt]sx?$/.test(pattern) ? posix.dirname(pattern) : pattern;
}

function foldersOf(files: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>(["."]);
  for (const file of files) for (let folder = posix.dirname(file); folder !== "." && !found.has(folder); folder = posix.dirname(folder)) found.add(folder);
  return found;
}

const MOST_BUILT = 20_000;

/** Scripts that lie in the output folders of a tree; repository paths. */
export async function builtScripts(root: string, { folders }: CompiledTests): Promise<readonly string[]> {
  const top = folders.filter((folder) => !folders.some((other) => folder.startsWith(`${other}/`)));
  const found: string[] = [];
  const walk = async (folder: string): Promise<void> => {
    for (const entry of await readdir(join(root, folder), { withFileTypes: true }).catch(() => [])) {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory() && entry.name !== "node_modules" && found.length < MOST_BUILT) await walk(path);
      else if (entry.isFile() && /\.[cm]?js$/.test(entry.name)) found.push(path);
    }
  };
  for (const folder of top) await walk(folder);
  return found.sort();
}

const SOURCE = /(?<!\.d)\.[cm]?[jt]sx?$/;
const stemOf = (path: string): string => path.replace(/\.[cm]?[jt]sx?$/, "");

/**
 * Source file -> what was made of it: the compiled file whose path below an output folder ends the source's path. `src/a/b.spec.ts` is `out/a/b.spec.js`, or
 * `out/src/a/b.spec.js`; the longest agreement counts. `sources` are all there are: a compiled file was made of one of them, the one it has most in common
 * with, and another of the same name was not compiled.
 */
export function pairBuilt(sources: readonly string[], built: readonly string[], { folders }: CompiledTests): ReadonlyMap<string, string> {
  const byStem = folders.map((folder) => new Map(built.flatMap((path) => (path.startsWith(`${folder}/`) ? [[stemOf(path.slice(folder.length + 1)), path] as const] : []))));
  const pairs = new Map<string, string>();
  const madeOf = new Map<string, string[]>();
  for (const source of sources.filter((path) => SOURCE.test(path))) {
    const parts = stemOf(source).split("/");
    const found = byStem.flatMap((stems) => parts.flatMap((_, at) => stems.get(parts.slice(at).join("/")) ?? [])).at(0);
    if (found === undefined) continue;
    pairs.set(source, found);
    madeOf.set(found, [...(madeOf.get(found) ?? []), source]);
  }
  for (const [path, candidates] of madeOf) {
    const likeness = new Map(candidates.map((source) => [source, likenessOf(source, path)]));
    const most = Math.max(...likeness.values());
    const best = candidates.filter((source) => likeness.get(source) === most);
    for (const source of candidates) if (best.length > 1 || source !== best[0]) pairs.delete(source);
  }
  return pairs;
}

/** More for every folder both begin with, less for every folder of the source. */
function likenessOf(source: string, built: string): number {
  const [one, other] = [source.split("/"), built.split("/")];
  const apart = one.findIndex((part, at) => part !== other[at]);
  return (apart < 0 ? one.length : apart) * 1000 - one.length;
}

/** Those of the compiled files that the script names, if it names any of them: what it leaves out needs something else to run. */
export function namedOf(paths: readonly string[], { patterns }: CompiledTests): readonly string[] {
  const matches = compileGlobs(patterns);
  const named = paths.filter((path) => matches(path) || patterns.some((pattern) => path.startsWith(`${pattern}/`)));
  return named.length > 0 ? named : paths;
}

/** What a run of compiled files said, told of their sources. */
export function toldOfSources(collected: Collected, pairs: ReadonlyMap<string, string>): Collected {
  const sources = new Map([...pairs].map(([source, built]) => [built, source]));
  const of = (file: string): string => sources.get(file) ?? file;
  return {
    ...collected,
    cases: collected.cases.map((test) => (test.id.file === undefined ? test : { ...test, id: { ...test.id, file: of(test.id.file) } })),
    unloaded: collected.unloaded.map((unit) => ({ ...unit, file: of(unit.file) })),
    silent: collected.silent.map(of),
  };
}
