import type { Repository, ResolvedChange } from "#change";
import type { AssessInput } from "./input.ts";

/** Nobody said what to judge: the working tree where it differs from HEAD, except in CI, where a job may have left files in it. */
export async function resolveHead(
  { base, head }: Pick<AssessInput, "base" | "head">,
  repository: Pick<Repository, "resolve"> & { readonly bare: boolean },
  inCi: boolean,
): Promise<ResolvedChange> {
  const against = base === undefined ? {} : { base };
  if (head !== undefined) return repository.resolve({ ...against, head });
  const committed = { ...against, head: { kind: "commit", rev: "HEAD" } } as const;
  if (inCi || repository.bare) return repository.resolve(committed);
  const worktree = await repository.resolve({ ...against, head: { kind: "worktree" } });
  if (worktree.headCommit === undefined) return worktree;
  const atHead = await repository.resolve(committed);
  return atHead.headTree === worktree.headTree ? atHead : worktree;
}
