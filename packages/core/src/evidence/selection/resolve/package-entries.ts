import { isFields, type Fields } from "./jsonc.ts";
import type { KnownFiles } from "./known-files.ts";
import type { Manifest } from "./manifests.ts";
import { join } from "./paths.ts";

/** Nested conditions of `exports`; nobody writes more. */
const DEEPEST = 6;
const MOST = 40;
const SOURCE_FOLDERS = ["src", "", "source", "lib"];
const BUILT = /^(?:dist[\w-]*|build|out|lib|es|esm|cjs|umd|built|compiled|types|typings|output|_?esm\d{0,4}|bundle|release)$/;

/** Where an import into a package leads: files, or only what its build makes (`built`). Nothing where the package has no such way in. */
export interface WayIn {
  readonly files: readonly string[];
  readonly built: boolean;
}

/** The files a package opens for `subpath` (`""` for the package itself), whatever condition asks: each is somebody's way in. */
export function wayInto({ folder, fields }: Manifest, subpath: string, files: KnownFiles): WayIn {
  const named = namedTargets(fields, subpath);
  const found = unique(named.flatMap((target) => sourceOf(folder, target, files) ?? []));
  if (found.length > 0) return { files: found, built: false };
  // What a manifest does not name is still found by tools that ask the file system.
  const guessed = guess(folder, subpath === "" ? "index" : subpath, files);
  if (guessed !== undefined && (subpath !== "" || named.length === 0)) return { files: [guessed], built: false };
  if (guessed !== undefined) return { files: [guessed], built: named.length > 0 };
  return { files: [], built: true };
}

/** What `imports` of a manifest stands for, from `#name`. */
export function ownImport({ fields }: Manifest, specifier: string): readonly string[] {
  return isFields(fields["imports"]) ? matched(fields["imports"], specifier) : [];
}

/** The source of a file a manifest names: itself, or what a build would have made it of. */
export function sourceOf(folder: string, target: string, files: KnownFiles): string | undefined {
  const path = inside(folder, target);
  if (path === undefined) return undefined;
  const exact = files.fileOrIndex(path);
  if (exact !== undefined && !/\.d\.[cm]?ts$/.test(exact)) return exact;
  return beforeBuild(folder, path, files) ?? exact;
}

/** `dist/esm/a.js` was made of `src/a.ts`: up to three leading folders are the build's. */
export function beforeBuild(folder: string, path: string, files: KnownFiles): string | undefined {
  const segments = (folder === "" ? path : path.slice(folder.length + 1)).replace(/\.d(?=\.[cm]?ts$)/, "").split("/");
  if (!BUILT.test(segments[0] ?? "")) return undefined;
  for (let skip = 1; skip <= 3 && skip < segments.length; skip += 1) {
    const rest = segments.slice(skip).join("/");
    for (const source of SOURCE_FOLDERS) {
      const candidate = joined(folder, source, rest);
      const found = candidate === path ? undefined : (files.file(candidate) ?? files.file(candidate.replace(/\.(?:min|prod|dev|production|development|umd|esm|cjs|global|browser)(?=\.)/g, "")) ?? files.file(candidate.replace(/\.[cm]?[jt]sx?$/, "")));
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function namedTargets(fields: Fields, subpath: string): readonly string[] {
  const { exports } = fields;
  if (exports !== undefined && exports !== null) {
    const opened = isFields(exports) && Object.keys(exports).some((key) => key.startsWith(".")) ? matched(exports, subpath === "" ? "." : `./${subpath}`) : subpath === "" ? strings(exports, DEEPEST) : [];
    return [...opened, ...(subpath === "" ? ["source", "main", "module"] : []).flatMap((field) => strings(fields[field], 1))];
  }
  return subpath === "" ? ["source", "main", "module", "browser"].flatMap((field) => strings(fields[field], 1)) : [];
}

/** Targets of the exact key, else of the pattern with the longest start. */
function matched(map: Fields, key: string): readonly string[] {
  if (key in map) return strings(map[key], DEEPEST);
  const patterns = Object.keys(map).slice(0, 500).filter((one) => one.includes("*")).toSorted((a, b) => b.indexOf("*") - a.indexOf("*")); // prettier-ignore
  for (const pattern of patterns) {
    const [start = "", end = ""] = pattern.split("*", 2);
    if (!key.startsWith(start) || !key.endsWith(end) || key.length < start.length + end.length) continue;
    const star = key.slice(start.length, key.length - end.length);
    return strings(map[pattern], DEEPEST).map((target) => target.replaceAll("*", star));
  }
  return [];
}

function strings(value: unknown, depth: number): readonly string[] {
  if (typeof value === "string") return [value];
  if (depth === 0) return [];
  if (Array.isArray(value)) return value.slice(0, MOST).flatMap((one) => strings(one, depth - 1));
  return isFields(value) ? Object.values(value).slice(0, MOST).flatMap((one) => strings(one, depth - 1)) : []; // prettier-ignore
}

function guess(folder: string, path: string, files: KnownFiles): string | undefined {
  for (const source of ["", "src", "lib", "source"]) {
    const found = files.fileOrIndex(joined(folder, source, path));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A path within the package; undefined for what points out of it. */
function inside(folder: string, target: string): string | undefined {
  if (target.split("/").includes("..") || target.includes("*")) return undefined;
  const path = join(folder, target);
  return path === folder || path === undefined ? undefined : path;
}

const joined = (...parts: readonly string[]): string => parts.filter((part) => part !== "").join("/");
const unique = (items: readonly string[]): readonly string[] => [...new Set(items)];
