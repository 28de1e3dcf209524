import type { ChangeRequest, HistoryGap, ResolvedChange } from "#change";
import { missingObject, noCommits, unknownRevision } from "../errors.ts";
import { emptyTree, findCommit, type CommitHead } from "../objects/revisions.ts";
import type { ObjectReader } from "../objects/object-reader.ts";
import type { Git } from "../process/git.ts";
import { indexTree, workingTree, type TreeMade } from "../trees/working-tree.ts";
import { patchTree } from "../trees/patch-tree.ts";
import { deepen, fetchBranch, fetchCommit, isShallow } from "./deepen.ts";
import { firstCommit, nameOf, refuseOther, usualBase, wantedBase, type Base, type BaseWanted } from "./find-base.ts";
import { mergeBaseOf, reachesOnly } from "./merge-base.ts";

export interface ResolveSource {
  readonly git: Git;
  readonly objects: ObjectReader;
}

const FETCH_FIX = "Fetch more history: `git fetch --unshallow`; with actions/checkout set `fetch-depth: 0`, on GitLab `GIT_DEPTH: 0`.";

/** Names both sides of a change as object ids. In CI, history that a shallow clone lacks is fetched where a remote answers. */
export async function resolveChange(source: ResolveSource, request: ChangeRequest): Promise<ResolvedChange> {
  const { git } = source;
  // The tree does not depend on the base (a patch's does), so both are looked for at once.
  const making = request.head.kind === "worktree" ? workingTree(git) : request.head.kind === "index" ? indexTree(git) : undefined;
  const [[head, base], made] = await Promise.all([sidesOf(source, request), making]);
  if (request.head.kind === "patch") return patchedBase(source, base, request.head);
  const { mergeBase, gaps } = await forkOf(source, base, head);
  const commit = mergeBase === undefined ? undefined : await commitAt(source, mergeBase, base);
  const empty = emptyTree(git.place.format);
  const shallow = git.place.shallow && (await isShallow(git));
  return {
    base: base.commit.id,
    baseName: base.name,
    ...headOf(request, head, made),
    mergeBase: commit?.id ?? empty,
    mergeBaseTree: commit?.tree ?? empty,
    ...(head && { headCommit: head.id }),
    shallow,
    gaps: [...(made?.gaps ?? []), ...gaps, ...(shallow ? [shallowGap] : [])],
  };
}

const shallowGap: HistoryGap = { part: "history", because: "this clone is shallow: figures from older commits are not known", fix: FETCH_FIX };

function headOf(
  request: ChangeRequest,
  head: CommitHead | undefined,
  made: TreeMade | undefined,
): Pick<ResolvedChange, "head" | "headName" | "headKind" | "headTree"> {
  const { kind } = request.head;
  if (kind === "commit") return { head: head?.id ?? "", headName: request.head.rev, headKind: kind, headTree: head?.tree ?? "" };
  const tree = made?.tree ?? "";
  return { head: tree, headName: kind === "index" ? "the index" : "the working tree", headKind: kind, headTree: tree };
}

/** Commit the head stands on (undefined in an unborn branch), and the base. */
async function sidesOf(source: ResolveSource, request: ChangeRequest): Promise<readonly [CommitHead | undefined, Base]> {
  const { git } = source;
  const rev = request.head.kind === "commit" ? request.head.rev : "HEAD";
  const found = await orFetched(source, rev);
  if (typeof found === "string") {
    refuseOther(found, rev, "head");
    if (rev === "HEAD" && request.head.kind === "commit" && (await isUnborn(git))) throw noCommits({ path: git.place.root });
    if (request.head.kind === "commit") throw unknownRevision({ rev, role: "head", shallow: git.place.shallow });
  }
  const head = typeof found === "string" ? undefined : found;
  return [head, await findBase(source, wantedBase(git, request.base, head), head)];
}

/** True where HEAD names a branch on which nobody has committed yet. */
async function isUnborn(git: Git): Promise<boolean> {
  const { code, out } = await git.run(["symbolic-ref", "--quiet", "HEAD"]);
  return code === 0 && (await git.run(["show-ref", "--verify", "--quiet", "--", out.toString("utf8").trim()])).code !== 0;
}

async function findBase(source: ResolveSource, wanted: BaseWanted, head: CommitHead | undefined): Promise<Base> {
  const { git, objects } = source;
  const here = await firstCommit(objects, wanted);
  if (here) return nameOf(git, here);
  if (wanted.typed === undefined && wanted.branch === undefined) return usualBase(git, objects);
  const fetched = await fetchBase(source, wanted, head);
  if (!fetched) throw unknownRevision({ rev: wanted.typed ?? wanted.branch ?? "", role: "base", shallow: git.place.shallow });
  return fetched;
}

/** Tries what brings the least first: the named commit, the history around the head, the branch. */
async function fetchBase({ git, objects }: ResolveSource, wanted: BaseWanted, head: CommitHead | undefined): Promise<Base | undefined> {
  if (!git.ci) return undefined;
  const look = (): Promise<Base | undefined> => firstCommit(objects, wanted);
  const exact = wanted.candidates.find(({ rev }) => FULL_ID.test(rev))?.rev;
  if (wanted.typed !== undefined && exact !== undefined && (await fetchCommit(git, exact))) return look();
  const around =
    git.place.shallow && head ? await deepen(git, { commits: [head.id], ...(wanted.branch !== undefined && { branch: wanted.branch }) }, look) : undefined;
  if (around) return around;
  if (exact !== undefined && (await fetchCommit(git, exact))) return look();
  return wanted.branch !== undefined && (await fetchBranch(git, wanted.branch)) ? look() : undefined;
}

const FULL_ID = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;

async function orFetched({ git, objects }: ResolveSource, rev: string): ReturnType<typeof findCommit> {
  const found = await findCommit(objects, rev);
  return found === "missing" && FULL_ID.test(rev) && (await fetchCommit(git, rev)) ? findCommit(objects, rev) : found;
}

interface Fork {
  /** Undefined when the histories share nothing. */
  readonly mergeBase: string | undefined;
  readonly gaps: readonly HistoryGap[];
}

async function forkOf({ git }: ResolveSource, base: Base, head: CommitHead | undefined): Promise<Fork> {
  if (!head) return { mergeBase: undefined, gaps: [] };
  const look = (): Promise<string | undefined> => mergeBaseOf(git, base.commit, head);
  const found = (git.place.shallow ? await deepened(git, base, head, look) : undefined) ?? (await look());
  if (found !== undefined) return { mergeBase: found, gaps: [] };
  if (git.place.shallow && (await isShallow(git))) {
    const because = `this clone is too shallow to find where the change left ${base.name}: the diff is against its tip, so changes made there meanwhile appear reversed`;
    return { mergeBase: base.commit.id, gaps: [{ part: "diff", because, fix: FETCH_FIX }] };
  }
  const because = `the head and ${base.name} share no commit: everything on the head counts as new`;
  return { mergeBase: undefined, gaps: [{ part: "history", because, fix: "Name another base with `--base`, if one was forked from." }] };
}

/** A merge base with the whole way from it to the head; more history is fetched until both are here, in CI. */
async function deepened(git: Git, base: Base, head: CommitHead, look: () => Promise<string | undefined>): Promise<string | undefined> {
  const whole = async (): Promise<string | undefined> => {
    const found = await look();
    return found !== undefined && (await reachesOnly(git, found, head.id)) ? found : undefined;
  };
  return (await whole()) ?? deepen(git, fetchingFor(base, head), whole);
}

const fetchingFor = (base: Base, head: CommitHead): { commits: readonly string[]; branch?: string } => ({
  commits: [head.id, ...(base.branch === undefined ? [base.commit.id] : [])],
  ...(base.branch !== undefined && { branch: base.branch }),
});

async function commitAt({ objects }: ResolveSource, id: string, base: Base): Promise<CommitHead> {
  if (id === base.commit.id) return base.commit;
  const found = await findCommit(objects, id);
  if (typeof found === "string") throw missingObject({ id });
  return found;
}

/** A patch stands on the base itself. */
async function patchedBase({ git }: ResolveSource, base: Base, { file, text }: { readonly file: string; readonly text?: string }): Promise<ResolvedChange> {
  const tree = await patchTree(git, { tree: base.commit.tree, name: base.name }, { file, ...(text !== undefined && { text }) });
  return {
    base: base.commit.id,
    baseName: base.name,
    head: tree,
    headName: file === "-" ? "the patch" : file,
    headKind: "patch",
    headTree: tree,
    mergeBase: base.commit.id,
    mergeBaseTree: base.commit.tree,
    headCommit: base.commit.id,
    shallow: git.place.shallow,
    gaps: git.place.shallow ? [shallowGap] : [],
  };
}
