import type { TreeEntry } from "#change";
import type { ObjectReader } from "./object-reader.ts";
import { bytesOfPath } from "./path-text.ts";

/** Finds an entry of one folder by its name; `missing` when this clone does not hold the tree. */
type Folder = ((name: string) => TreeEntry | undefined) | "missing";

/** Looks paths up in trees; each tree is read once. */
export interface Trees {
  /** Entry of a path, its folder included; undefined when there is none, `missing` when a tree on the way can't be read. */
  entry(tree: string, path: string): Promise<TreeEntry | "missing" | undefined>;
}

const KEPT = 4_000;
const FOLDER_MODE = "40000";

export const isFolder = (entry: TreeEntry): boolean => entry.mode === FOLDER_MODE;

export function openTrees(objects: Pick<ObjectReader, "read">): Trees {
  const folders = new Map<string, Promise<Folder>>();
  const folder = (id: string): Promise<Folder> => {
    const known = folders.get(id);
    if (known) return known;
    if (folders.size >= KEPT) folders.clear();
    const read = objects
      .read(id)
      .then((found) => (typeof found === "string" || found.type !== "tree" || !found.content ? "missing" : entriesOf(found.content, found.id.length / 2)));
    folders.set(id, read);
    return read;
  };
  return {
    entry: async (tree, path) => {
      let at: TreeEntry = { path: "", mode: FOLDER_MODE, blob: tree };
      for (const name of path.split("/")) {
        if (!isFolder(at)) return undefined;
        const inside = await folder(at.blob);
        if (inside === "missing") return "missing";
        const next = inside(name);
        if (!next) return undefined;
        at = next;
      }
      return { ...at, path };
    },
  };
}

/** A tree object is `mode SP name NUL id`, again and again. Of a folder with thousands of files a few are asked for: only those are taken apart. */
function entriesOf(content: Buffer, idBytes: number): (name: string) => TreeEntry | undefined {
  const starts = new Map<string, number>();
  for (let at = 0; at < content.length;) {
    const space = content.indexOf(32, at);
    const end = content.indexOf(0, space);
    if (space < 0 || end < 0) break;
    starts.set(content.toString("latin1", space + 1, end), at);
    at = end + 1 + idBytes;
  }
  return (path) => {
    const at = starts.get(bytesOfPath(path).toString("latin1"));
    if (at === undefined) return undefined;
    const space = content.indexOf(32, at);
    const end = content.indexOf(0, space);
    return { path, mode: content.toString("latin1", at, space), blob: content.toString("hex", end + 1, end + 1 + idBytes) };
  };
}
