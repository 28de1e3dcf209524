import { z } from "zod";
import { isProoflineError } from "#kernel";
import type { Posting } from "#operations";
import { fitMarkdown } from "../fit-markdown.ts";
import { carriesMarker, markerOf, wantedComment } from "../marker.ts";
import { keepOneComment, type CommentBox, type CommentResult, type OwnComment } from "../one-comment.ts";
import type { GitLabClient } from "./client.ts";

/** GitLab takes a million characters; nobody reads more than this. */
const BODY_BYTES = 100_000;

const account = z.object({ id: z.number() });
const note = z.object({ id: z.number(), body: z.string(), system: z.boolean().optional(), author: account });
const mergeRequest = z.object({ sha: z.string().nullable(), web_url: z.string().optional() });

/** Leaves one note of ours on the merge request, or none; never touches anybody else's, whatever marker it carries. */
export async function setNote(client: GitLabClient, posting: Posting): Promise<CommentResult & { readonly notes: readonly string[] }> {
  const wanted = wantedComment(posting);
  if (wanted === undefined || posting.pullRequest === undefined) return { comment: "none", notes: [] };
  const at = `${client.project}/merge_requests/${posting.pullRequest}`;
  const { sha, web_url: page } = await client.get(at, mergeRequest);
  if (sha !== null && sha !== posting.headSha) {
    return { comment: "none", notes: [`The merge request has moved on to ${sha.slice(0, 7)}: the note is left to that run.`] };
  }
  const marked = `${markerOf(posting.checkName, posting.headSha)}\n${withoutCommands(wanted.body)}`;
  const body = fitMarkdown(marked, BODY_BYTES, "The whole text is in the job's log and in the JSON document.");
  return { ...(await keepOneComment(noteBox(client, at, posting.checkName, page), { ...wanted, body })), notes: [] };
}

/**
 * GitLab does what a line of a note orders (`/approve`, `/merge`), with the rights of whose token it is. Names of tests and messages in ours come from strangers:
 * a backslash in front leaves the words and takes the order away.
 */
export const withoutCommands = (body: string): string => body.replace(/^([^\S\n]*)\/(?=[a-z_]+(?:\s|$))/gim, "$1\\/");

function noteBox(client: GitLabClient, at: string, checkName: string, page: string | undefined): CommentBox {
  let self: number | undefined;
  const own = ({ id, body }: z.infer<typeof note>): OwnComment => ({ id, body, ...(page === undefined ? {} : { url: `${page}#note_${id}` }) });
  return {
    async own() {
      self ??= (await client.get("/user", account)).id;
      const all = await client.list(`${at}/notes`, note, { sort: "asc", order_by: "created_at" });
      return all
        .filter((item) => item.system !== true && item.author.id === self && carriesMarker(item.body, checkName))
        .sort((a, b) => a.id - b.id)
        .map(own);
    },
    create: async (body) => own(await client.send("POST", `${at}/notes`, { body }, note)),
    edit: async (id, body) => unlessGone(async () => own(await client.send("PUT", `${at}/notes/${id}`, { body }, note))),
    remove: async (id) => void (await unlessGone(() => client.remove(`${at}/notes/${id}`))),
  };
}

async function unlessGone<T>(change: () => Promise<T>): Promise<T | undefined> {
  try {
    return await change();
  } catch (error) {
    if (isProoflineError(error, "forge/not-there")) return undefined;
    throw error;
  }
}
