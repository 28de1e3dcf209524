import type { Posting } from "#operations";
import { isProoflineError } from "#kernel";
import { fitMarkdown } from "../fit-markdown.ts";
import { carriesMarker, markerOf, wantedComment } from "../marker.ts";
import { keepOneComment, type CommentBox, type CommentResult, type OwnComment } from "../one-comment.ts";
import type { GitHubClient } from "./client.ts";

const BODY_BYTES = 65_000; // GitHub takes 65,536 characters
/** The account a job's own token writes as; such a token may not ask who it is. */
const ACTIONS_BOT = "github-actions[bot]";

/** Leaves one comment of ours on the pull request, or none; never touches anybody else's, whatever marker it carries. */
export async function setComment(client: GitHubClient, posting: Posting): Promise<CommentResult & { readonly notes: readonly string[] }> {
  const wanted = wantedComment(posting);
  if (wanted === undefined || posting.pullRequest === undefined) return { comment: "none", notes: [] };
  const moved = await headMovedOn(client, posting.pullRequest, posting.headSha);
  if (moved !== undefined) {
    return { comment: "none", notes: [`The pull request has moved on to ${moved.slice(0, 7)}: the comment is left to that run.`] };
  }
  const marked = `${markerOf(posting.checkName, posting.headSha)}\n${wanted.body}`;
  const body = fitMarkdown(marked, BODY_BYTES, "The whole text is in the job's log and in the JSON document.");
  return { ...(await keepOneComment(commentBox(client, posting.pullRequest, posting.checkName), { ...wanted, body })), notes: [] };
}

/** A slow run for an earlier head must not overwrite what was said about a later one. */
async function headMovedOn({ owner, repo, request }: GitHubClient, pull: number, head: string): Promise<string | undefined> {
  const { data } = await request("GET /repos/{owner}/{repo}/pulls/{pull_number}", { owner, repo, pull_number: pull });
  return data.head.sha === head ? undefined : data.head.sha;
}

function commentBox(client: GitHubClient, pull: number, checkName: string): CommentBox {
  const { owner, repo, request } = client;
  let self: string | undefined;
  return {
    async own() {
      self ??= await whoAmI(client);
      const all = await client.pages(async (page) => {
        const at = { owner, repo, issue_number: pull, per_page: 100, page };
        return (await request("GET /repos/{owner}/{repo}/issues/{issue_number}/comments", at)).data;
      });
      return all
        .filter((comment) => comment.user?.login === self && carriesMarker(comment.body ?? "", checkName))
        .sort((a, b) => Number(a.id) - Number(b.id))
        .map(ownComment);
    },
    async create(body) {
      const { data } = await request("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", { owner, repo, issue_number: pull, body });
      return ownComment(data);
    },
    async edit(id, body) {
      const at = { owner, repo, comment_id: id, body };
      const answer = await unlessGone(() => request("PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}", at));
      return answer && ownComment(answer.data);
    },
    async remove(id) {
      await unlessGone(() => request("DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}", { owner, repo, comment_id: id }));
    },
  };
}

async function whoAmI({ request }: GitHubClient): Promise<string> {
  try {
    return (await request("GET /user")).data.login;
  } catch (error) {
    if (isProoflineError(error, "forge/read-only-token")) return ACTIONS_BOT;
    throw error;
  }
}

async function unlessGone<T>(change: () => Promise<T>): Promise<T | undefined> {
  try {
    return await change();
  } catch (error) {
    if (isProoflineError(error, "forge/not-there")) return undefined;
    throw error;
  }
}

const ownComment = (comment: { readonly id: number | bigint; readonly body?: string | undefined; readonly html_url: string }): OwnComment => ({
  id: comment.id,
  body: comment.body ?? "",
  url: comment.html_url,
});
