import type { ForgeContext } from "#operations";
import { noForge } from "../errors.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads a job of GitLab CI. A job's own token may read merge requests but neither comment nor set a status,
 * so a project or personal token in `GITLAB_TOKEN` is preferred.
 */
export function detectGitLab(env: Environment): ForgeContext {
  const project = env["CI_PROJECT_ID"];
  const apiUrl = env["CI_API_V4_URL"];
  if (!project) throw noForge({ wanted: "GitLab", missing: "CI_PROJECT_ID" });
  if (!apiUrl) throw noForge({ wanted: "GitLab", missing: "CI_API_V4_URL" });
  const own = env["GITLAB_TOKEN"];
  const token = own || env["CI_JOB_TOKEN"];
  return {
    kind: "gitlab",
    apiUrl: apiUrl.replace(/\/+$/, ""),
    repo: project,
    ...(token ? { token } : {}),
    tokenKind: own ? "bearer" : "job",
    event: env["CI_PIPELINE_SOURCE"] ?? "",
    gate: env["CI_MERGE_REQUEST_EVENT_TYPE"] === "merge_train" ? "merge-queue" : "pull-request",
    labels: (env["CI_MERGE_REQUEST_LABELS"] ?? "")
      .split(",")
      .map((label) => label.trim())
      .filter((label) => label !== ""),
    ...mergeRequestOf(env, project),
    ...present("serverUrl", env["CI_SERVER_URL"]),
    ...present("runUrl", env["CI_JOB_URL"] || env["CI_PIPELINE_URL"]),
    ...present("author", env["GITLAB_USER_LOGIN"]),
  };
}

function mergeRequestOf(env: Environment, project: string): Pick<ForgeContext, "fork" | "headSha" | "baseSha" | "targetBranch" | "pullRequest"> {
  const iid = Number(env["CI_MERGE_REQUEST_IID"]);
  const from = env["CI_MERGE_REQUEST_SOURCE_PROJECT_ID"];
  return {
    fork: from !== undefined && from !== "" && from !== project,
    // In a merged-results pipeline CI_COMMIT_SHA is GitLab's temporary merge, which nobody reviews.
    ...present("headSha", env["CI_MERGE_REQUEST_SOURCE_BRANCH_SHA"] || env["CI_COMMIT_SHA"]),
    ...present("baseSha", env["CI_MERGE_REQUEST_TARGET_BRANCH_SHA"] || env["CI_MERGE_REQUEST_DIFF_BASE_SHA"]),
    ...present("targetBranch", env["CI_MERGE_REQUEST_TARGET_BRANCH_NAME"] || env["CI_DEFAULT_BRANCH"]),
    ...(Number.isInteger(iid) && iid > 0 ? { pullRequest: iid } : {}),
  };
}

const present = <K extends string>(key: K, value: string | undefined): { readonly [key in K]?: string } =>
  (value ? { [key]: value } : {}) as { readonly [key in K]?: string };
