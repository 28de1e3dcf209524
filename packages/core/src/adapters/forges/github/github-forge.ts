import { isProoflineError } from "#kernel";
import type { Forge, ForgeContext, Posting, Published } from "#operations";
import { readOnlyToken } from "../errors.ts";
import { hostPace, type Pace } from "../pace.ts";
import type { Fetch } from "../patient-fetch.ts";
import { savePosting } from "../save-posting.ts";
import { untilSettled } from "../until-settled.ts";
import { readApprovals } from "./approvals.ts";
import { setCheck } from "./check-run.ts";
import { connectGitHub, GITHUB_NEEDS } from "./client.ts";
import { uploadSarif } from "./code-scanning.ts";
import { setComment } from "./comments.ts";
import { bindChange } from "./second-half.ts";

export interface GitHubOptions {
  /** Where a posting goes that the token may not post. */
  readonly savePostingTo: string;
  readonly pace?: Pace;
  readonly fetch?: Fetch;
}

/** GitHub by REST: one check, one comment edited in place, code scanning, reviews. Raises `forge/no-token` at once when there is none. */
export function createGitHubForge(context: ForgeContext, options: GitHubOptions): Forge {
  const connect = () => connectGitHub(context, options.pace ?? hostPace, options.fetch);
  connect();
  // A merge queue's commit stands on no branch that lasts, so its SARIF would have nowhere to go.
  const ref = context.gate === "merge-queue" || context.targetBranch === undefined ? undefined : `refs/heads/${context.targetBranch}`;
  return {
    kind: "github",
    publish: (posting) => savedWhenRefused(posting, options.savePostingTo, () => publish(connect(), posting, ref)),
    approvals: (request) => readApprovals(connect(), request),
    bind: () => bindChange(connect(), context),
  };
}

async function publish(client: ReturnType<typeof connectGitHub>, posting: Posting, ref: string | undefined): Promise<Published> {
  const check = await untilSettled(() => setCheck(client, posting));
  const comment = await untilSettled(() => setComment(client, posting));
  const sarif = await uploadSarif(client, posting, ref);
  return { ...check, ...comment, ...sarif, notes: [...check.notes, ...comment.notes, ...sarif.notes] };
}

async function savedWhenRefused<T>(posting: Posting, file: string, post: () => Promise<T>): Promise<T> {
  try {
    return await post();
  } catch (error) {
    if (!isProoflineError(error, "forge/read-only-token")) throw error;
    const savedTo = await savePosting(posting, file);
    throw readOnlyToken({ host: "GitHub", call: "the posting", says: error.message, needs: GITHUB_NEEDS, savedTo }, error);
  }
}
