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
}

/** Where workspace packages live: package name -> folder. */
export type WorkspacePackages = ReadonlyMap<string, string>;

const EXTENSIONS = ["", ".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs", ".vue", ".svelte", ".json", "/index.ts", "/index.tsx", "/index.js", "/index.mjs", "/index.cjs"];
const SOURCE_FOLDERS = ["", "/src", "/lib", "/source"];

/** Builds the graph from file texts alone, in time linear in their size. Unresolvable specifiers are packages and are left out. */
export function buildImportGraph(files: readonly SourceText[], packages: WorkspacePackages = new Map()): ImportGraph {
  const paths = new Set(files.map((file) => file.path));
  const importers = new Map<string, string[]>();
  const opaque: string[] = [];
  for (const file of files) {
    if (loadsAtRunTime(file.text)) opaque.push(file.path);
    for (const specifier of importSpecifiers(file.text)) {
      const target = resolve(file.path, specifier, paths, packages);
      if (target === undefined || target === file.path) continue;
      const known = importers.get(target);
      if (known) known.push(file.path);
      else importers.set(target, [file.path]);
    }
  }
  return { importers, opaque };
}

function resolve(from: string, specifier: string, paths: ReadonlySet<string>, packages: WorkspacePackages): string | undefined {
  if (specifier.startsWith(".")) return firstExisting(join(dirname(from), specifier), paths);
  // Aliases such as `@/x`, `~/x` and `#x` mean the source folder in nearly every project that has them.
  const alias = /^(?:[@~#]\/|~|#)(.+)$/.exec(specifier)?.[1];
  if (alias) {
    for (const folder of ["src", "", "lib"]) {
      const hit = firstExisting(join(folder, alias), paths);
      if (hit) return hit;
    }
  }
  const name = specifier.startsWith("@") ? specifier.split("/").slice(0, 2).join("/") : (specifier.split("/")[0] ?? specifier);
  const folder = packages.get(name);
  if (folder === undefined) return undefined;
  const rest = specifier.slice(name.length + 1);
  for (const source of SOURCE_FOLDERS) {
    const hit = firstExisting(join(`${folder}${source}`, rest === "" ? "index" : rest), paths);
    if (hit) return hit;
  }
  return undefined;
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
