import { importSpecifiers, loadsAtRunTime } from "./import-specifiers.ts";

export interface SourceText {
  readonly path: string;
  readonly text: string;
}

/** Who imports whom, by repository path. */
export interface ImportGraph {
  /** File -> files that import it. */
  readonly importers: ReadonlyMap<string, readonly string[]>;
  /** Files that load something whose name is only known at run time. */
  readonly opaque: readonly string[];
  /** Package folder -> files that import what is built from it and in no tree: `../dist/x.js`, or the `main` its manifest names. */
  readonly importersOfBuilt: ReadonlyMap<string, readonly string[]>;
}

/** Where workspace packages live: package name -> folder. */
export type WorkspacePackages = ReadonlyMap<string, string>;

/** What a folder's manifest names as its way in: folder -> repository paths, as written there. */
export type PackageEntries = ReadonlyMap<string, readonly string[]>;

const EXTENSIONS = ["", ".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs", ".vue", ".svelte", ".json", "/index.ts", "/index.tsx", "/index.js", "/index.mjs", "/index.cjs"];
const SOURCE_FOLDERS = ["", "src", "lib", "source"];
const BUILT_FOLDER = /^(?:dist|build|out|lib|es|esm|cjs|umd|built|compiled)\//;

/** What a specifier may mean. */
interface Known {
  readonly paths: ReadonlySet<string>;
  readonly packages: WorkspacePackages;
  readonly entries: PackageEntries;
  /** Every folder that holds a file, however deep. */
  readonly folders: ReadonlySet<string>;
}

/** Builds the graph from file texts alone, in time linear in their size. Unresolvable specifiers are packages and are left out. */
export function buildImportGraph(files: readonly SourceText[], packages: WorkspacePackages = new Map(), entries: PackageEntries = new Map()): ImportGraph {
  const known: Known = { paths: new Set(files.map((file) => file.path)), packages, entries, folders: foldersOf(files) };
  const importers = new Map<string, string[]>();
  const importersOfBuilt = new Map<string, string[]>();
  const opaque: string[] = [];
  for (const file of files) {
    if (loadsAtRunTime(file.text)) opaque.push(file.path);
    for (const specifier of importSpecifiers(file.text)) {
      const targets = resolve(file.path, specifier, known);
      for (const target of targets) if (target !== file.path) add(importers, target, file.path);
      const builtFrom = targets.length === 0 ? packageBuilding(file.path, specifier, known) : undefined;
      if (builtFrom !== undefined) add(importersOfBuilt, builtFrom, file.path);
    }
  }
  return { importers, opaque, importersOfBuilt };
}

function add(lists: Map<string, string[]>, key: string, path: string): void {
  const others = lists.get(key);
  if (others) others.push(path);
  else lists.set(key, [path]);
}

function foldersOf(files: readonly SourceText[]): Set<string> {
  const folders = new Set<string>();
  for (const file of files) {
    for (let folder = dirname(file.path); folder !== "" && !folders.has(folder); folder = dirname(folder)) folders.add(folder);
  }
  return folders;
}

/** The package whose build makes what this specifier names: a file its manifest names, or one in a build folder the tree does not have. */
function packageBuilding(from: string, specifier: string, known: Known): string | undefined {
  if (!specifier.startsWith(".")) {
    const folder = known.packages.get(packageName(specifier));
    return folder === "." ? "" : folder;
  }
  const path = join(dirname(from), specifier);
  let folder = dirname(path);
  while (folder !== "" && !known.entries.has(folder)) folder = dirname(folder);
  const named = known.entries.get(folder);
  if (named === undefined) return undefined;
  if (named.some((entry) => entry === path || entry.replace(/\.[cm]?js$/, "") === path)) return folder;
  const inside = folder === "" ? path : path.slice(folder.length + 1);
  const built = BUILT_FOLDER.exec(inside)?.[0].slice(0, -1);
  return built !== undefined && !known.folders.has(join(folder, built)) ? folder : undefined;
}

const packageName = (specifier: string): string => (specifier.startsWith("@") ? specifier.split("/").slice(0, 2).join("/") : (specifier.split("/")[0] ?? specifier));

function resolve(from: string, specifier: string, known: Known): readonly string[] {
  if (specifier.startsWith(".")) return fileOrFolder(join(dirname(from), specifier), known);
  // Aliases such as `@/x`, `~/x` and `#x` mean the source folder in nearly every project that has them.
  const alias = /^(?:[@~#]\/|~|#)(.+)$/.exec(specifier)?.[1];
  if (alias) {
    for (const folder of ["src", "", "lib"]) {
      const hit = firstExisting(join(folder, alias), known.paths);
      if (hit) return [hit];
    }
  }
  const name = packageName(specifier);
  const folder = known.packages.get(name);
  if (folder === undefined) return [];
  const rest = specifier.slice(name.length + 1);
  return rest === "" ? waysInto(folder === "." ? "" : folder, known) : inSourceFolders(folder, rest, known);
}

/** `./price` is a file before it is a folder; `../` from a test is the package itself, entered where its manifest says. */
function fileOrFolder(path: string, known: Known): readonly string[] {
  const file = path === "" ? undefined : firstExisting(path, known.paths);
  return file === undefined ? waysInto(path, known) : [file];
}

/** A manifest may name several ways in, and built files no tree holds; then the source's index is what was built. */
function waysInto(folder: string, known: Known): readonly string[] {
  const named = (known.entries.get(folder) ?? []).flatMap((entry) => firstExisting(entry, known.paths) ?? []);
  return named.length > 0 ? [...new Set(named)] : inSourceFolders(folder, "index", known);
}

function inSourceFolders(folder: string, path: string, known: Known): readonly string[] {
  for (const source of SOURCE_FOLDERS) {
    const hit = firstExisting(join(folder, source, path), known.paths);
    if (hit) return [hit];
  }
  return [];
}

function firstExisting(path: string, paths: ReadonlySet<string>): string | undefined {
  for (const extension of EXTENSIONS) if (paths.has(path + extension)) return path + extension;
  // TypeScript sources are imported by the name of what they compile to.
  const stem = path.replace(/\.(m|c)?jsx?$/, "");
  if (stem !== path) for (const extension of EXTENSIONS.slice(1)) if (paths.has(stem + extension)) return stem + extension;
  return undefined;
}

const dirname = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf("/")));

function join(...parts: readonly string[]): string {
  const segments: string[] = [];
  for (const segment of parts.join("/").split("/")) {
    if (segment === "" || segment === ".") continue;
    if (segment === "..") segments.pop();
    else segments.push(segment);
  }
  return segments.join("/");
}
