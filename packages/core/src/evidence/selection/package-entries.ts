import type { PackageEntries, SourceText } from "./import-graph.ts";

const FIELDS = ["main", "module", "source", "exports", "browser"];
/** Nested conditions of `exports`; nobody writes more. */
const DEEPEST = 6;

/** The files that manifests name as ways into their packages. A manifest that can't be read names none. */
export function packageEntries(manifests: readonly SourceText[]): PackageEntries {
  return new Map(manifests.map(({ path, text }) => [folderOf(path), entriesOf(folderOf(path), text)]));
}

const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf("/")));

function entriesOf(folder: string, text: string): readonly string[] {
  try {
    const manifest: unknown = JSON.parse(text);
    if (!isFields(manifest)) return [];
    const named = FIELDS.flatMap((field) => pathsIn(field === "exports" ? wayIn(manifest[field]) : manifest[field], DEEPEST));
    return named.flatMap((path) => inside(folder, path) ?? []);
  } catch {
    return [];
  }
}

/** Of `exports`, what a bare import of the package reaches. */
const wayIn = (value: unknown): unknown => (isFields(value) && "." in value ? value["."] : value);

function pathsIn(value: unknown, depth: number): readonly string[] {
  if (typeof value === "string") return [value];
  if (depth === 0) return [];
  if (Array.isArray(value)) return value.slice(0, 20).flatMap((one) => pathsIn(one, depth - 1));
  if (!isFields(value)) return [];
  // Other subpaths are imported by their own names.
  return Object.entries(value).slice(0, 20).flatMap(([key, one]) => (key.startsWith(".") ? [] : pathsIn(one, depth - 1))); // prettier-ignore
}

/** A path within the package, as the repository names it; undefined for patterns and for what points out of it. */
function inside(folder: string, path: string): string | undefined {
  const segments = path.split("/").filter((segment) => segment !== "" && segment !== ".");
  if (path.includes("*") || segments.length === 0 || segments.includes("..")) return undefined;
  return [...(folder === "" ? [] : [folder]), ...segments].join("/");
}

const isFields = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === "object" && value !== null && !Array.isArray(value);
