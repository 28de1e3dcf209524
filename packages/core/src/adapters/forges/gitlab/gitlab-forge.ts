import { isProoflineError } from "#kernel";
import type { Forge, ForgeContext, Posting, Published } from "#operations";
import { badEvent, readOnlyToken } from "../errors.ts";
import { hostPace, type Pace } from "../pace.ts";
import type { Fetch } from "../patient-fetch.ts";
import { savePosting, writeWhole } from "../save-posting.ts";
import { untilSettled } from "../until-settled.ts";
import { readApprovals } from "./approvals.ts";
import { connectGitLab, GITLAB_NEEDS, type GitLabClient } from "./client.ts";
import { codeQualityReport } from "./code-quality.ts";
import { setStatus } from "./commit-status.ts";
import { setNote } from "./notes.ts";

export interface GitLabOptions {
  /** Where a posting goes that the token may not post. */
  readonly savePostingTo: string;
  /** Files the job declares as artifacts; GitLab shows them at lines. */
  readonly reports?: { readonly codeQuality?: string; readonly sarif?: string };
  readonly pace?: Pace;
  readonly fetch?: Fetch;
}

/** GitLab by REST: one commit status, one note edited in place, approvals; remarks travel as report artifacts. */
export function createGitLabForge(context: ForgeContext, options: GitLabOptions): Forge {
  const connect = () => connectGitLab(context, options.pace ?? hostPace, options.fetch);
  connect();
  return {
    kind: "gitlab",
    publish: (posting) =>
      context.tokenKind === "job" ? writeFiles(posting, options) : savedWhenRefused(posting, options.savePostingTo, () => publish(connect(), posting, options.reports ?? {})),
    approvals: (request) => readApprovals(connect(), request),
    // A merge request of a fork runs its pipeline in the fork, so there is no second half that another run would wake.
    async bind() {
      if (context.headSha === undefined) throw badEvent({ file: "the job's environment", because: "it names no commit" });
      const { repo, headSha, fork, pullRequest, targetBranch, baseSha } = context;
      return {
        repo,
        headSha,
        fork,
        ...(pullRequest === undefined ? {} : { pullRequest }),
        ...(targetBranch === undefined ? {} : { targetBranch }),
        ...(baseSha === undefined ? {} : { baseSha }),
      };
    },
  };
}

type Reports = NonNullable<GitLabOptions["reports"]>;

/** Files need nobody's permission. While a gate only observes, nobody sees remarks at lines: the declared report is there and empty. */
async function writeReports(posting: Posting, reports: Reports): Promise<Published["sarif"]> {
  const observes = posting.mode === "observe";
  if (reports.codeQuality !== undefined) await writeWhole(reports.codeQuality, codeQualityReport(observes ? [] : posting.annotations));
  if (reports.sarif === undefined || posting.sarif === undefined || observes) return "none";
  await writeWhole(reports.sarif, posting.sarif);
  return "written";
}

/** All that a job's own token allows. */
async function writeFiles(posting: Posting, { reports = {}, savePostingTo }: GitLabOptions): Promise<Published> {
  const sarif = await writeReports(posting, reports);
  const savedTo = await savePosting(posting, savePostingTo);
  return { check: "none", comment: "none", sarif, notes: [`Neither status nor note was posted: that needs ${GITLAB_NEEDS}. What they would have said is in ${savedTo}.`] };
}

async function publish(client: GitLabClient, posting: Posting, reports: Reports): Promise<Published> {
  const sarif = await writeReports(posting, reports);
  const status = await untilSettled(() => setStatus(client, posting));
  const note = await untilSettled(() => setNote(client, posting));
  return { ...status, ...note, sarif, notes: [...status.notes, ...note.notes] };
}

async function savedWhenRefused<T>(posting: Posting, file: string, post: () => Promise<T>): Promise<T> {
  try {
    return await post();
  } catch (error) {
    if (!isProoflineError(error, "forge/read-only-token") && !isProoflineError(error, "forge/not-authorised")) throw error;
    const savedTo = await savePosting(posting, file);
    throw readOnlyToken({ host: "GitLab", call: "the posting", says: error.message, needs: GITLAB_NEEDS, savedTo }, error);
  }
}
