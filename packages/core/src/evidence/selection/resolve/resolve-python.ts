import type { KnownFiles } from "./known-files.ts";
import { dirname, foldersAbove, join } from "./paths.ts";
import type { Resolved } from "./resolve-javascript.ts";

const MANIFEST = /(?:^|\/)(?:pyproject\.toml|setup\.py|setup\.cfg)$/;

/**
 * Resolves `a.b` and `..a` over the paths of a tree: from the folders above the file (pytest puts them on the path), from the root, `src` and `lib`, and from
 * each project's own. Importing a module runs the packages it stands in, so these are in the answer too.
 */
export function pythonResolver(files: KnownFiles, paths: readonly string[]): (from: string, name: string) => Resolved {
  const projects = paths.filter((path) => MANIFEST.test(path)).map(dirname);
  const roots = [...new Set(["", ...projects].flatMap((folder) => ["", "src", "lib", "python"].flatMap((source) => join(folder, source) ?? [])))].slice(0, 200);
  const absolute = new Map<string, Resolved>();
  return (from, name) => {
    const dots = /^\.+/.exec(name)?.[0].length ?? 0;
    if (dots > 0) {
      const folder = join(dirname(from), "../".repeat(dots - 1));
      return folder === undefined ? { files: [] } : { files: inFolder(folder, name.slice(dots), files) ?? [] };
    }
    const key = `${dirname(from)}\n${name}`;
    const known = absolute.get(key) ?? anywhere(name, [...foldersAbove(dirname(from)), ...roots], files);
    absolute.set(key, known);
    return known;
  };
}

function anywhere(name: string, roots: readonly string[], files: KnownFiles): Resolved {
  for (const root of roots) {
    const found = inFolder(root, name, files);
    if (found !== undefined) return { files: found };
  }
  return { files: [], external: name.split(".")[0] ?? name };
}

/** The module and the packages round it; undefined when it is not there. A last word that is no module is a name in one. */
function inFolder(root: string, name: string, files: KnownFiles): readonly string[] | undefined {
  const words = name === "" ? [] : name.split(".");
  const path = [root, ...words].filter((part) => part !== "").join("/");
  const module = [`${path}.py`, path === "" ? "__init__.py" : `${path}/__init__.py`].find((one) => files.has(one));
  if (module === undefined) return words.length > 0 && files.hasFolder(path) && path !== "" && path !== root ? [] : undefined;
  const around = words.slice(0, -1).map((_, at) => [root, ...words.slice(0, at + 1), "__init__.py"].filter((part) => part !== "").join("/"));
  return [module, ...around.filter((one) => one !== module && files.has(one))];
}
