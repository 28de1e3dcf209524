import type { Environment } from "../process/environment.ts";

/** What a CI system says about the target of the change it runs for. */
export interface TargetOfCi {
  /** The branch's name without `refs/heads/`. */
  readonly branch: string;
  /** Commit the change is to be put on, where the system names it. */
  readonly commit?: string;
  /** Commit with which the host itself merged target and change for this run: its first parent is the target. Any other merge is the change's own. */
  readonly mergedByHost?: string;
}

const BRANCH_VARIABLES = [
  "GITHUB_BASE_REF",
  "CI_MERGE_REQUEST_TARGET_BRANCH_NAME",
  "BITBUCKET_PR_DESTINATION_BRANCH",
  "CHANGE_TARGET",
  "SYSTEM_PULLREQUEST_TARGETBRANCH",
  "BUILDKITE_PULL_REQUEST_BASE_BRANCH",
  "CI_COMMIT_TARGET_BRANCH",
] as const;

/** Reads the target from the variables of GitHub, GitLab, Bitbucket, Jenkins, Azure, Buildkite, Woodpecker, Drone and Travis. */
export function targetOfCi(env: Environment): TargetOfCi | undefined {
  const ref = env["GITHUB_REF"] ?? "";
  const queue = /^refs\/heads\/gh-readonly-queue\/(.+)\/pr-\d+-([0-9a-f]{40,64})$/.exec(ref);
  if (queue) return { branch: queue[1] ?? "", commit: queue[2] ?? "" };
  for (const name of BRANCH_VARIABLES) {
    const branch = plain(env[name]);
    if (branch !== undefined) return { branch, ...(name === "GITHUB_BASE_REF" && /^refs\/pull\/\d+\/merge$/.test(ref) && env["GITHUB_SHA"] && { mergedByHost: env["GITHUB_SHA"] }) };
  }
  const drone = env["DRONE_PULL_REQUEST"] ? plain(env["DRONE_TARGET_BRANCH"]) : undefined;
  const travis = /^\d+$/.test(env["TRAVIS_PULL_REQUEST"] ?? "") ? plain(env["TRAVIS_BRANCH"]) : undefined;
  const branch = drone ?? travis;
  return branch === undefined ? undefined : { branch };
}

const plain = (name: string | undefined): string | undefined => name?.trim().replace(/^refs\/heads\//, "") || undefined;
