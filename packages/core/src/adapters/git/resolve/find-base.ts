import { ambiguousRevision, noCommits, noDefaultBranch, notACommit } from "../errors.ts";
import { findCommit, type CommitHead, type Revision } from "../objects/revisions.ts";
import type { ObjectReader } from "../objects/object-reader.ts";
import type { Git } from "../process/git.ts";
import { targetOfCi } from "./target-of-ci.ts";

export interface Base {
  readonly commit: CommitHead;
  /** What the user would call it. */
  readonly name: string;
  /** The branch of the remote to fetch when history is missing. */
  readonly branch?: string;
}

/** Where to look for the base, and what to fetch when it is not there. */
export interface BaseWanted {
  readonly candidates: readonly Candidate[];
  readonly branch?: string;
  /** As the user typed it. */
  readonly typed?: string;
}

interface Candidate {
  readonly rev: string;
  readonly name: string;
}

const REMOTE = "refs/remotes/origin/";
const USUAL = ["main", "master", "trunk", "develop"];

/** The places a branch may be in: of two, the remote's is the one that others see. */
const placesOf = (branch: string): readonly Candidate[] => [REMOTE, "refs/heads/"].map((folder) => ({ rev: folder + branch, name: branch }));

/** What to look for: what was typed, else CI's target, else the default branch. */
export function wantedBase(git: Git, typed: string | undefined, head: CommitHead | undefined): BaseWanted {
  if (typed !== undefined) return wantedByName(typed);
  const target = git.ci ? targetOfCi(git.caller) : undefined;
  if (!target) return { candidates: [{ rev: `${REMOTE}HEAD`, name: "origin/HEAD" }] };
  const [first, second] = head?.parents ?? [];
  const merged = target.mergedByHost === head?.id && first !== undefined && second !== undefined ? [first] : [];
  const exact = [...merged, ...(target.commit ? [target.commit] : [])].map((rev) => ({ rev, name: target.branch }));
  return { ...(BRANCH_NAME.test(target.branch) && { branch: target.branch }), candidates: [...exact, ...placesOf(target.branch)] };
}

/** A branch people know by name may be here only as the remote's. */
function wantedByName(typed: string): BaseWanted {
  const branch = typed.replace(/^(?:refs\/heads\/|refs\/remotes\/origin\/|origin\/)/, "");
  const candidates = [{ rev: typed, name: typed }];
  if (!BRANCH_NAME.test(branch) || /\.\.|@\{|^HEAD$|^[0-9a-f]{40,64}$/.test(branch)) return { typed, candidates };
  return { typed, branch, candidates: [...candidates, { rev: REMOTE + branch, name: typed }] };
}

/** Narrower than Git's rule: a name that could be read as an option, a range or another refspec is never fetched. */
export const BRANCH_NAME = /^[\p{L}\p{N}_][\p{L}\p{N}_./+@#%=,-]*$/u;

/** The first candidate that is a commit. Fails where a candidate is something else. */
export async function firstCommit(objects: Pick<ObjectReader, "read">, wanted: BaseWanted): Promise<Base | undefined> {
  const found = await Promise.all(wanted.candidates.map(({ rev }) => findCommit(objects, rev)));
  for (const [index, revision] of found.entries()) {
    const name = wanted.candidates[index]?.name ?? "";
    if (typeof revision !== "string") return { commit: revision, name, ...(wanted.branch !== undefined && { branch: wanted.branch }) };
    refuseOther(revision, name, "base");
  }
  return undefined;
}

/** Refuses what a revision names besides commits; `missing` passes. */
export function refuseOther(revision: Exclude<Revision, CommitHead>, rev: string, role: string): void {
  if (revision === "ambiguous") throw ambiguousRevision({ rev, role });
  if (revision !== "missing") throw notACommit({ rev, role, type: revision });
}

/** The default branch by its usual names, once the remote's own word for it is not known. A bare repository's HEAD is such a word: nobody works there. */
export async function usualBase(git: Git, objects: Pick<ObjectReader, "read">): Promise<Base> {
  const own = git.place.bare ? (await git.run(["symbolic-ref", "--quiet", "--short", "HEAD"])).out.toString("utf8").trim() : "";
  const configured = (await git.run(["config", "--get", "init.defaultBranch"])).out.toString("utf8").trim();
  const names = [...new Set([own, configured, ...USUAL])].filter((name) => name !== "");
  const found = await firstCommit(objects, { candidates: names.flatMap(placesOf) });
  if (found) return { ...found, branch: found.name };
  if ((await findCommit(objects, "HEAD")) === "missing" && (await git.ask(["for-each-ref", "--count=1"])).length === 0)
    throw noCommits({ path: git.place.root });
  throw noDefaultBranch({ tried: ["origin/HEAD", ...names] });
}

/** `origin/HEAD` stands for a branch: its name is what people know. */
export async function nameOf(git: Git, base: Base): Promise<Base> {
  if (base.name !== "origin/HEAD") return base;
  const { code, out } = await git.run(["symbolic-ref", "--quiet", `${REMOTE}HEAD`]);
  const ref = out.toString("utf8").trim();
  return code === 0 && ref.startsWith(REMOTE) ? { ...base, name: ref.slice(REMOTE.length), branch: ref.slice(REMOTE.length) } : base;
}
