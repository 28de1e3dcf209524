import type { ObjectAnswer, ObjectReader } from "./object-reader.ts";

/** What reading needs of a commit object. */
export interface CommitHead {
  readonly id: string;
  readonly tree: string;
  /** As written in the object; in a shallow clone they may not be there. */
  readonly parents: readonly string[];
  /** Seconds since the epoch. */
  readonly committedAt: number;
}

export type Revision = CommitHead | "missing" | "ambiguous" | "tree" | "blob";

/** A tag may point at a tag; a chain this long was made to keep readers busy. */
const TAGS_DEEP = 8;

/** The commit a revision names, tags followed. */
export async function findCommit(objects: Pick<ObjectReader, "read">, rev: string): Promise<Revision> {
  let found: ObjectAnswer = await objects.read(rev, SMALL);
  for (let depth = 0; depth < TAGS_DEEP && typeof found !== "string" && found.type === "tag"; depth += 1) {
    const target = /^object ([0-9a-f]+)$/m.exec(found.content?.toString("latin1") ?? "")?.[1];
    found = target === undefined ? "missing" : await objects.read(target, SMALL);
  }
  if (typeof found === "string") return found;
  if (found.type === "commit") return found.content ? commitHead(found.id, found.content.toString("latin1")) : "missing";
  return found.type === "tag" ? "missing" : found.type;
}

const SMALL = 16 * 1024 * 1024;

function commitHead(id: string, text: string): CommitHead {
  const head = text.slice(0, Math.max(0, text.indexOf("\n\n")) || text.length);
  return {
    id,
    tree: /^tree ([0-9a-f]+)/.exec(head)?.[1] ?? "",
    parents: [...head.matchAll(/^parent ([0-9a-f]+)$/gm)].map((match) => match[1] ?? ""),
    committedAt: Number(/^committer .* (-?\d+) [+-]\d+$/m.exec(head)?.[1] ?? 0),
  };
}

/** Tree id of a commit, tag or tree. */
export async function treeOf(objects: Pick<ObjectReader, "read">, id: string): Promise<string | undefined> {
  if (isEmptyTree(id)) return id;
  const found = await findCommit(objects, id);
  if (typeof found !== "string") return found.tree;
  if (found !== "tree") return undefined;
  const tree = await objects.read(id);
  return typeof tree === "string" ? undefined : tree.id;
}

const EMPTY_TREES = { sha1: "4b825dc642cb6eb9a060e54bf8d69288fbee4904", sha256: "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321" };

/** Git knows the empty tree without it being stored anywhere. */
export const emptyTree = (format: string): string => (format === "sha256" ? EMPTY_TREES.sha256 : EMPTY_TREES.sha1);

export const isEmptyTree = (id: string): boolean => id === EMPTY_TREES.sha1 || id === EMPTY_TREES.sha256;
