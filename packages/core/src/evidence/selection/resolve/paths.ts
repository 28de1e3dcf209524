/** Folder of a path; `""` for the root. */
export const dirname = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf("/")));

/** A repository path of a folder and what is named from there; undefined when that leads out of the repository. */
export function join(folder: string, path: string): string | undefined {
  const segments = folder === "" ? [] : folder.split("/");
  for (const segment of path.split("/")) {
    if (segment === "" || segment === ".") continue;
    if (segment !== "..") segments.push(segment);
    else if (segments.pop() === undefined) return undefined;
  }
  return segments.join("/");
}

/** The folder itself and every one above it, innermost first, `""` last. */
export function* foldersAbove(folder: string): Generator<string> {
  for (let at = folder; at !== ""; at = dirname(at)) yield at;
  yield "";
}

export const isBelow = (path: string, folder: string): boolean => folder === "" || path.startsWith(`${folder}/`);
