import type { CommitHead } from "../objects/revisions.ts";
import { failureOf } from "../process/failure.ts";
import type { Git } from "../process/git.ts";

/** The best commit both sides share; where several are equally good, the one Git names first. Undefined when none is known here. */
export async function mergeBaseOf(git: Git, base: CommitHead, head: CommitHead): Promise<string | undefined> {
  if (base.id === head.id || head.parents.includes(base.id)) return base.id;
  if (base.parents.includes(head.id)) return head.id;
  const { code, out, err } = await git.run(["merge-base", base.id, head.id]);
  if (code === 0) return out.toString("latin1").trim();
  if (code === 1) return undefined;
  throw failureOf("merge-base", err, git.place.root);
}

/**
 * True when every way back from the head ends at what the merge base reaches. In a shallow clone a way may end where history was cut off, and older commits
 * of the target would then pass for the change's own.
 */
export async function reachesOnly(git: Git, mergeBase: string, head: string): Promise<boolean> {
  return (await git.ask(["rev-list", "--max-parents=0", "--max-count=1", head, `^${mergeBase}`])).length === 0;
}
