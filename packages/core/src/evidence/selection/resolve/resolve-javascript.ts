import { aliasTargets, type Aliases } from "./aliases.ts";
import type { KnownFiles } from "./known-files.ts";
import type { Manifest, Manifests } from "./manifests.ts";
import { beforeBuild, ownImport, sourceOf, wayInto } from "./package-entries.ts";
import { dirname, join } from "./paths.ts";

/** What a name stands for. */
export interface Resolved {
  /** Repository paths; more than one where conditions of a manifest lead to several. */
  readonly files: readonly string[];
  /** Folder of the package whose build makes what was named: any of its sources may be in there. */
  readonly built?: string;
  /** A package from outside, by name. */
  readonly external?: string;
  /** Meant to be here, and is not: generated, or a mistake. */
  readonly missing?: true;
}

export interface Surroundings {
  readonly files: KnownFiles;
  readonly manifests: Manifests;
  readonly aliases: Aliases;
}

const BUILT_FOLDER = /^(?:dist|build|out|lib|es|esm|cjs|umd|built|compiled)$/;

/** Resolves as Node, TypeScript and the bundlers do, over the paths of a tree: no file is read. */
export function javascriptResolver(around: Surroundings): (from: string, specifier: string) => Resolved {
  const bare = new Map<string, Resolved>();
  return (from, specifier) => {
    // `!!raw-loader!./a.txt` names what comes last.
    const name = specifier.slice(specifier.lastIndexOf("!") + 1).replace(/[?#].*$/, (tail) => (specifier.startsWith("#") && tail === specifier ? tail : ""));
    const folder = dirname(from);
    if (/^\.{1,2}(?:\/|$)/.test(name)) return relative(join(folder, name), around);
    if (name.startsWith("/")) return rooted(folder, name, around);
    const key = `${folder}\n${name}`;
    const known = bare.get(key) ?? named(folder, name, around);
    bare.set(key, known);
    return known;
  };
}

function relative(path: string | undefined, around: Surroundings): Resolved {
  if (path === undefined) return { files: [], missing: true };
  const { files, manifests } = around;
  const file = path === "" ? undefined : files.file(path);
  if (file !== undefined) return { files: [file] };
  // A folder is entered where its manifest says.
  const manifest = manifests.byFolder.get(path);
  if (manifest) return entering(manifest, "", around);
  const index = files.fileOrIndex(path);
  return index === undefined ? notThere(path, around) : { files: [index] };
}

/** Not in the tree: what a build makes, generated code, or a mistake. */
function notThere(path: string, { files, manifests }: Surroundings): Resolved {
  const manifest = manifests.above(dirname(path));
  if (manifest === undefined) return { files: [], missing: true };
  const { folder } = manifest;
  const source = beforeBuild(folder, path, files);
  if (source !== undefined) return { files: [source] };
  const [first = ""] = (folder === "" ? path : path.slice(folder.length + 1)).split("/");
  const unbuilt = BUILT_FOLDER.test(first) && !files.hasFolder(folder === "" ? first : `${folder}/${first}`);
  return unbuilt || namedByManifest(manifest, path) ? { files: [], built: folder } : { files: [], missing: true };
}

function namedByManifest({ folder, fields }: Manifest, path: string): boolean {
  return ["main", "module", "browser", "bin"].some((field) => {
    const value = fields[field];
    const target = typeof value === "string" ? join(folder, value) : undefined;
    return target !== undefined && (target === path || target.replace(/\.[cm]?js$/, "") === path);
  });
}

/** `/src/main.ts` of a page served from its package. */
function rooted(folder: string, name: string, { files, manifests }: Surroundings): Resolved {
  const base = manifests.above(folder)?.folder ?? "";
  const found = [base, ""].flatMap((one) => files.file(join(one, name) ?? "") ?? []);
  return { files: found.slice(0, 1), ...(found.length === 0 && { missing: true as const }) };
}

function named(folder: string, name: string, around: Surroundings): Resolved {
  const { files, manifests, aliases } = around;
  const own = name.startsWith("#") ? manifests.above(folder) : undefined;
  if (own) {
    const targets = ownImport(own, name);
    const found = targets.flatMap((target) => (target.startsWith(".") ? (sourceOf(own.folder, target, files) ?? []) : named(folder, target, around).files));
    if (found.length > 0) return { files: [...new Set(found)] };
  }
  for (const target of aliasTargets(name, folder, aliases)) {
    const found = files.fileOrIndex(target) ?? beforeBuild(manifests.above(target)?.folder ?? "", target, files);
    if (found !== undefined) return { files: [found] };
    const manifest = manifests.byFolder.get(target);
    if (manifest) return entering(manifest, "", around);
  }
  const packageName = packageOf(name);
  const manifest = manifests.byName.get(packageName);
  if (manifest) return entering(manifest, name.slice(packageName.length + 1), around);
  const guessed = conventional(folder, name, around);
  return guessed ? { files: [guessed] } : { files: [], external: packageName };
}

/** `@scope/name/sub` -> `@scope/name`. */
export const packageOf = (specifier: string): string => (specifier.startsWith("@") ? specifier.split("/").slice(0, 2).join("/") : (specifier.split("/")[0] ?? specifier));

function entering(manifest: Manifest, subpath: string, { files }: Surroundings): Resolved {
  const { files: found, built } = wayInto(manifest, subpath, files);
  // What only a build gives may hold any source; the index beside it is likely but not all.
  return { files: found, ...(built && { built: manifest.folder }) };
}

/** `@/x`, `~/x` and `#x` mean the source folder in nearly every project that has them, also where a framework says so and no file. */
function conventional(folder: string, name: string, { files, manifests }: Surroundings): string | undefined {
  const rest = /^(?:@\/|~~?\/|@@\/|~|#\/?)([^/].*)$/.exec(name)?.[1];
  if (rest === undefined) return undefined;
  const bases = [...new Set([manifests.above(folder)?.folder ?? "", ""])];
  for (const base of bases) {
    for (const source of ["src", "", "app", "lib"]) {
      const path = join(base, `${source}/${rest}`);
      const found = path === undefined ? undefined : files.fileOrIndex(path);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}
