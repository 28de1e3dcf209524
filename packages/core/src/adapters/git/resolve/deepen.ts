import type { Git } from "../process/git.ts";

/** How history is fetched, step by step: most changes are short. */
const STEPS = ["--deepen=50", "--deepen=250", "--deepen=1000", "--unshallow"];
const STEP_MS = 60_000;
const TOTAL_MS = 150_000;

export interface Fetching {
  /** Full ids or names of branches of the remote. */
  readonly branch?: string;
  readonly commits: readonly string[];
}

/**
 * Fetches more history until `enough` is content; answers what it said, undefined when the remote does not answer or all is fetched. Writes to the clone, so only in CI,
 * where the clone is the job's own. Nothing but the named branch and commits is fetched.
 */
export async function deepen<T>(git: Git, wanted: Fetching, enough: () => Promise<T | undefined>): Promise<T | undefined> {
  if (!git.ci) return undefined;
  const until = Date.now() + TOTAL_MS;
  for (const step of STEPS) {
    const left = until - Date.now();
    if (left <= 0 || !(await fetchMore(git, step, wanted, Math.min(left, STEP_MS)))) return undefined;
    const found = await enough();
    if (found !== undefined) return found;
    if (!(await isShallow(git))) return undefined;
  }
  return undefined;
}

/** Fetches the branch's tip, for a clone that was made of another branch alone. */
export async function fetchBranch(git: Git, branch: string): Promise<boolean> {
  return git.ci && (await fetch(git, [...((await isShallow(git)) ? ["--depth=50"] : []), "origin", refspec(branch)], STEP_MS));
}

/** Fetches one commit that is named and not here. Hosts let anyone who may read ask for it by its id. */
export async function fetchCommit(git: Git, id: string): Promise<boolean> {
  return git.ci && (await fetch(git, ["--depth=50", "origin", id], STEP_MS));
}

async function fetchMore(git: Git, step: string, { branch, commits }: Fetching, timeoutMs: number): Promise<boolean> {
  const wants = [...commits, ...(branch === undefined ? [] : [refspec(branch)])];
  if (await fetch(git, [step, "origin", ...wants], timeoutMs)) return true;
  // The branch may have gone, or the host may not give commits by id: what the clone follows anyway is then the best there is.
  return fetch(git, [step, "origin"], timeoutMs);
}

const fetch = async (git: Git, args: readonly string[], timeoutMs: number): Promise<boolean> =>
  (await git.run(["fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--no-auto-maintenance", ...args], { network: true, timeoutMs })).code === 0;

/** Updates the remote's branch and nothing else. */
const refspec = (branch: string): string => `+refs/heads/${branch}:refs/remotes/origin/${branch}`;

export async function isShallow(git: Git): Promise<boolean> {
  return (await git.ask(["rev-parse", "--is-shallow-repository"])).toString("latin1").trim() === "true";
}
