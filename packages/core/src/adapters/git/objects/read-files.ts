import type { FileContent, TreeEntry } from "#change";
import { LARGE_FILE } from "../process/environment.ts";
import type { ObjectReader } from "./object-reader.ts";
import { looksBinary, textOfBytes } from "./text-of-bytes.ts";
import { isFolder, type Trees } from "./trees.ts";

const ID = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;

/** Contents by id, each read once. */
export async function readBlobs(objects: Pick<ObjectReader, "read">, blobs: readonly string[]): Promise<ReadonlyMap<string, FileContent>> {
  const contents = await Promise.all([...new Set(blobs)].map((blob) => readBlob(objects, blob)));
  return new Map(contents.map((content) => [content.blob, content]));
}

/** Contents by path; what is not there, and folders, are absent. */
export async function readFiles(
  objects: Pick<ObjectReader, "read">,
  trees: Trees,
  tree: string,
  paths: readonly string[],
): Promise<ReadonlyMap<string, FileContent>> {
  const contents = await Promise.all([...new Set(paths)].map(async (path) => [path, await readEntry(objects, await trees.entry(tree, path))] as const));
  return new Map(contents.flatMap(([path, content]) => (content ? [[path, content] as const] : [])));
}

async function readEntry(objects: Pick<ObjectReader, "read">, entry: TreeEntry | "missing" | undefined): Promise<FileContent | undefined> {
  if (entry === undefined) return undefined;
  if (entry === "missing") return { blob: "", bytes: 0, why: "missing" };
  if (isFolder(entry)) return undefined;
  if (entry.mode === "160000") return { blob: entry.blob, bytes: 0, why: "submodule" };
  const content = await readBlob(objects, entry.blob);
  return entry.mode === "120000" ? { blob: content.blob, bytes: content.bytes, why: content.why ?? "symlink" } : content;
}

async function readBlob(objects: Pick<ObjectReader, "read">, blob: string): Promise<FileContent> {
  const found = ID.test(blob) ? await objects.read(blob, LARGE_FILE) : "missing";
  if (typeof found === "string" || found.type !== "blob") return { blob, bytes: 0, why: "missing" };
  if (!found.content) return { blob, bytes: found.bytes, why: "too-large" };
  return looksBinary(found.content) ? { blob, bytes: found.bytes, why: "binary" } : { blob, bytes: found.bytes, text: textOfBytes(found.content) };
}
