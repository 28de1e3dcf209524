import type { Repository } from "#change";

/** A tree: `base` with these paths as they are in `from`, and gone where `from` lacks them. The base's source with the head's tests. */
export async function overlayTree(repository: Pick<Repository, "composeTree" | "listFiles">, base: string, from: string, paths: readonly string[]): Promise<string> {
  const wanted = new Set(paths);
  const there = new Map((await repository.listFiles(from)).filter((entry) => wanted.has(entry.path)).map((entry) => [entry.path, entry]));
  return repository.composeTree(base, new Map(paths.map((path) => [path, there.get(path) ?? null])));
}
