import { z } from "zod";
import { isProoflineError } from "#kernel";
import type { Posting, Published } from "#operations";
import { fitText } from "../fit-markdown.ts";
import type { GitLabClient } from "./client.ts";

/** GitLab's limits: 255 characters each (Commits API, “Set commit pipeline status”). */
const DESCRIPTION_BYTES = 255;
const URL_LENGTH = 255;
const status = z.object({ id: z.number(), status: z.string(), description: z.string().nullish(), target_url: z.string().nullish() });

export interface StatusResult {
  readonly check: Published["check"];
  readonly checkUrl?: string;
  readonly notes: readonly string[];
}

/**
 * Leaves one commit status of this name that says the posting's decision. GitLab knows neither "neutral" nor "action required": what
 * is only observed succeeds and says so, an enforced question fails and says whom it asks.
 */
export async function setStatus(client: GitLabClient, posting: Posting): Promise<StatusResult> {
  const state = stateOf(posting);
  const description = fitText(posting.mode === "enforce" ? posting.title : `${posting.mode}: ${posting.title}`, DESCRIPTION_BYTES);
  const link = posting.detailsUrl === undefined ? {} : { checkUrl: posting.detailsUrl };
  const earlier = await newest(client, posting);
  if (earlier?.status === state) {
    const notes = earlier.description === description ? [] : ["The earlier status of this commit stays; GitLab does not let its text be changed."];
    return { check: "unchanged", ...link, notes };
  }
  const body = { state, name: posting.checkName, description, ...(posting.detailsUrl === undefined || posting.detailsUrl.length > URL_LENGTH ? {} : { target_url: posting.detailsUrl }) };
  try {
    await client.send("POST", `${client.project}/statuses/${posting.headSha}`, body, status);
  } catch (error) {
    // GitLab refuses to set a state twice: fine when another run was faster and says the same.
    const same = isProoflineError(error, "forge/refused") && (await newest(client, posting))?.status === state;
    if (!same) throw error;
    return { check: "unchanged", ...link, notes: [] };
  }
  return { check: earlier === undefined ? "created" : "updated", ...link, notes: [] };
}

async function newest(client: GitLabClient, posting: Posting): Promise<z.infer<typeof status> | undefined> {
  const all = await client.list(`${client.project}/repository/commits/${posting.headSha}/statuses`, status, { name: posting.checkName });
  return [...all].sort((a, b) => b.id - a.id)[0];
}

const stateOf = ({ mode, conclusion }: Posting): "success" | "failed" => (mode !== "enforce" || conclusion === "ship" ? "success" : "failed");
