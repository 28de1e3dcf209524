import { posix } from "node:path";
import type { Scripts } from "./test-script.ts";

/** A tree as detection sees it. */
export interface TreeView {
  readonly paths: readonly string[];
  read(path: string): Promise<string | undefined>;
}

/** What detection needs of a package.json. */
export interface Manifest {
  readonly dir: string;
  readonly scripts: Scripts;
  readonly dependencies: ReadonlySet<string>;
  readonly fields: ReadonlySet<string>;
  /** Programs of the package itself: path in it -> the package's name. */
  readonly programs: ReadonlyMap<string, string>;
}

/** Manifests of the tree's own packages, the root's first; test data and examples are not packages. */
export async function readManifests(tree: TreeView): Promise<readonly Manifest[]> {
  const data = /(^|\/)(node_modules|__fixtures__|fixtures?|testdata|__testfixtures__|templates?|examples?)\//;
  const paths = tree.paths.filter((path) => posix.basename(path) === "package.json" && !data.test(path)).sort((a, b) => a.length - b.length);
  const read = await Promise.all(paths.slice(0, 500).map(async (path) => readManifest(posix.dirname(path), (await tree.read(path)) ?? "{}")));
  return read.filter((one): one is Manifest => one !== undefined);
}

function readManifest(dir: string, text: string): Manifest | undefined {
  try {
    const fields = JSON.parse(text) as Record<string, unknown>;
    const names = ["dependencies", "devDependencies"].flatMap((section) => Object.keys((fields[section] ?? {}) as object));
    const scripts = Object.entries((fields["scripts"] ?? {}) as Record<string, unknown>).filter(
      (pair): pair is [string, string] => typeof pair[1] === "string",
    );
    return { dir, scripts: Object.fromEntries(scripts), dependencies: new Set(names), fields: new Set(Object.keys(fields)), programs: programsOf(fields) };
  } catch {
    return undefined; // a manifest that can't be read has no tests to offer; installing will complain about it
  }
}

function programsOf({ name, bin }: Readonly<Record<string, unknown>>): ReadonlyMap<string, string> {
  if (typeof name !== "string") return new Map();
  const paths: readonly unknown[] = typeof bin === "string" ? [bin] : typeof bin === "object" && bin !== null ? Object.values(bin) : [];
  return new Map(paths.flatMap((path) => (typeof path === "string" ? [path.replace(/^\.\//, ""), path.replace(/^\.\//, "").replace(/\.[cm]?js$/, "")] : [])).map((path) => [path, name]));
}
