type Environment = Readonly<Record<string, string | undefined>>;

/** Events that run what has landed, by nobody else's trigger. `workflow_run` and `pull_request_target` stand on the default branch too, but for somebody's change. */
const GITHUB_EVENTS: ReadonlySet<string> = new Set(["push", "schedule", "workflow_dispatch"]);
const GITLAB_SOURCES: ReadonlySet<string> = new Set(["push", "schedule", "web"]);

/**
 * True in a job of CI that runs for what has landed on the default branch: only such a job's unsigned word becomes history.
 * `eventJson` is the text of the file `GITHUB_EVENT_PATH` names.
 */
export function isTargetJob(env: Environment, eventJson?: string): boolean {
  if (env["GITHUB_ACTIONS"] === "true") {
    const branch = defaultBranch(eventJson);
    return GITHUB_EVENTS.has(env["GITHUB_EVENT_NAME"] ?? "") && branch !== undefined && env["GITHUB_REF"] === `refs/heads/${branch}`;
  }
  if (env["GITLAB_CI"] === "true") {
    const branch = env["CI_DEFAULT_BRANCH"];
    return GITLAB_SOURCES.has(env["CI_PIPELINE_SOURCE"] ?? "") && Boolean(branch) && env["CI_COMMIT_BRANCH"] === branch;
  }
  return false;
}

function defaultBranch(eventJson: string | undefined): string | undefined {
  try {
    const { repository } = JSON.parse(eventJson ?? "{}") as { readonly repository?: { readonly default_branch?: unknown } };
    const branch = repository?.default_branch;
    return typeof branch === "string" && branch !== "" ? branch : undefined;
  } catch {
    return undefined;
  }
}
