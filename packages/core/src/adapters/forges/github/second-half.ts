import { isProoflineError } from "#kernel";
import type { BoundChange, ForgeContext } from "#operations";
import { badEvent } from "../errors.ts";
import type { GitHubClient } from "./client.ts";

/**
 * Finds the pull request whose run woke this trusted job. Head and number come from the event and the API; nothing is taken from what
 * the untrusted run left behind. A head that is no longer the pull request's gets no number, so only its check is set.
 */
export async function bindChange(client: GitHubClient, context: ForgeContext): Promise<BoundChange> {
  const headSha = context.headSha;
  if (headSha === undefined) throw badEvent({ file: "the event", because: "it names no commit" });
  const known = { repo: context.repo, headSha, fork: context.fork };
  if (context.pullRequest !== undefined) {
    const { targetBranch, baseSha, pullRequest } = context;
    return { ...known, pullRequest, ...(targetBranch === undefined ? {} : { targetBranch }), ...(baseSha === undefined ? {} : { baseSha }) };
  }
  const pull = (await byBranch(client, context, headSha)) ?? (await byCommit(client, headSha));
  return pull === undefined ? known : { ...known, pullRequest: pull.number, targetBranch: pull.base.ref, baseSha: pull.base.sha };
}

interface Pull {
  readonly number: number;
  readonly state: string;
  readonly head: { readonly sha: string };
  readonly base: { readonly ref: string; readonly sha: string };
}

/** `workflow_run.pull_requests` is empty for forks, so the head's owner and branch are asked for and its commit compared. */
async function byBranch(client: GitHubClient, { triggeredBy }: ForgeContext, headSha: string): Promise<Pull | undefined> {
  const headOwner = triggeredBy?.headRepo.split("/")[0];
  if (!headOwner || !triggeredBy?.headBranch) return undefined;
  const { owner, repo } = client;
  const { data } = await client.request("GET /repos/{owner}/{repo}/pulls", {
    owner,
    repo,
    state: "open",
    head: `${headOwner}:${triggeredBy.headBranch}`,
    per_page: 100,
  });
  return data.find((pull) => pull.head.sha === headSha);
}

async function byCommit(client: GitHubClient, headSha: string): Promise<Pull | undefined> {
  const { owner, repo } = client;
  try {
    const { data } = await client.request("GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls", { owner, repo, commit_sha: headSha });
    return data.find((pull) => pull.state === "open" && pull.head.sha === headSha);
  } catch (error) {
    if (isProoflineError(error, "forge/not-there") || isProoflineError(error, "forge/refused")) return undefined;
    throw error;
  }
}
