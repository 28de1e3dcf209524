import { z } from "zod";
import type { ForgeContext } from "#operations";
import { badEvent, noForge } from "../errors.ts";

type Environment = Readonly<Record<string, string | undefined>>;

const sha = z.string().regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/);
const repository = z.object({ full_name: z.string() });
const side = z.object({ sha, ref: z.string().optional(), repo: repository.nullish() });

/** The few fields of GitHub's events that are used; everything else is ignored. */
const eventSchema = z.object({
  pull_request: z
    .object({
      number: z.number().int().positive(),
      head: side,
      base: side,
      user: z.object({ login: z.string() }).nullish(),
      labels: z.array(z.object({ name: z.string() })).optional(),
    })
    .optional(),
  merge_group: z.object({ head_sha: sha, base_sha: sha, base_ref: z.string().optional() }).optional(),
  workflow_run: z
    .object({
      id: z.number().int(),
      head_sha: sha,
      head_branch: z.string().nullish(),
      head_repository: repository.nullish(),
      event: z.string().optional(),
    })
    .optional(),
  before: z.string().optional(),
  after: z.string().optional(),
});

type GitHubEvent = z.infer<typeof eventSchema>;

/** Reads a job of GitHub Actions. On `pull_request` the head is the pull request's own, not the merge GitHub tests. */
export function detectGitHub(env: Environment, eventJson?: string): ForgeContext {
  const repo = env["GITHUB_REPOSITORY"];
  if (repo === undefined || !/^[\w.-]+\/[\w.-]+$/.test(repo)) throw noForge({ wanted: "GitHub", missing: "GITHUB_REPOSITORY" });
  const event = readEvent(env["GITHUB_EVENT_PATH"] ?? "GITHUB_EVENT_PATH", eventJson);
  const token = env["GITHUB_TOKEN"] || env["GH_TOKEN"];
  return {
    kind: "github",
    apiUrl: (env["GITHUB_API_URL"] || "https://api.github.com").replace(/\/+$/, ""),
    repo,
    ...(token ? { token } : {}),
    tokenKind: "bearer",
    event: env["GITHUB_EVENT_NAME"] ?? "",
    ...serverOf(env, repo),
    ...changeOf(event, repo, env),
  };
}

function readEvent(file: string, text: string | undefined): GitHubEvent {
  if (text === undefined || text.trim() === "") return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw badEvent({ file, because: "it is not JSON" }, cause);
  }
  const read = eventSchema.safeParse(value);
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  throw badEvent({ file, because: `at ${issue?.path.join(".") || "the top"}: ${issue?.message ?? "it has another shape"}` });
}

function serverOf(env: Environment, repo: string): Pick<ForgeContext, "serverUrl" | "runUrl"> {
  const serverUrl = env["GITHUB_SERVER_URL"];
  const run = env["GITHUB_RUN_ID"];
  return {
    ...(serverUrl ? { serverUrl } : {}),
    ...(serverUrl && run ? { runUrl: `${serverUrl}/${repo}/actions/runs/${run}` } : {}),
  };
}

type ChangePart = Pick<ForgeContext, "headSha" | "baseSha" | "targetBranch" | "pullRequest" | "gate" | "fork" | "author" | "labels" | "triggeredBy">;

function changeOf(event: GitHubEvent, repo: string, env: Environment): ChangePart {
  if (event.pull_request !== undefined) return ofPullRequest(event.pull_request, repo);
  if (event.workflow_run !== undefined) return ofWorkflowRun(event.workflow_run, repo);
  if (event.merge_group !== undefined) {
    const { head_sha: headSha, base_sha: baseSha, base_ref: ref } = event.merge_group;
    return { headSha, baseSha, ...(ref ? { targetBranch: branchOf(ref) } : {}), gate: "merge-queue", fork: false, labels: [] };
  }
  const before = event.before !== undefined && /^0*$/.test(event.before) ? undefined : event.before;
  const sha = env["GITHUB_SHA"];
  const ref = env["GITHUB_REF"];
  return {
    ...(sha ? { headSha: sha } : {}),
    ...(before ? { baseSha: before } : {}),
    ...(ref?.startsWith("refs/heads/") ? { targetBranch: branchOf(ref) } : {}),
    gate: "pull-request",
    fork: false,
    labels: [],
  };
}

function ofPullRequest(pull: NonNullable<GitHubEvent["pull_request"]>, repo: string): ChangePart {
  return {
    headSha: pull.head.sha,
    baseSha: pull.base.sha,
    ...(pull.base.ref ? { targetBranch: pull.base.ref } : {}),
    pullRequest: pull.number,
    gate: "pull-request",
    // A deleted fork has no repository any more; its code is still a stranger's.
    fork: pull.head.repo?.full_name !== repo,
    ...(pull.user ? { author: pull.user.login } : {}),
    labels: (pull.labels ?? []).map((label) => label.name),
  };
}

function ofWorkflowRun(run: NonNullable<GitHubEvent["workflow_run"]>, repo: string): ChangePart {
  const headRepo = run.head_repository?.full_name ?? "";
  return {
    headSha: run.head_sha,
    gate: "pull-request",
    fork: headRepo !== repo,
    labels: [],
    triggeredBy: { headRepo, headBranch: run.head_branch ?? "", runId: run.id },
  };
}

const branchOf = (ref: string): string => ref.replace(/^refs\/heads\//, "");
