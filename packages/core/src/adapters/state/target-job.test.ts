import { expect, test } from "vitest";
import { isTargetJob } from "./target-job.ts";

const event = JSON.stringify({ repository: { default_branch: "main" } });
const github = (name: string, ref: string) => ({ GITHUB_ACTIONS: "true", GITHUB_EVENT_NAME: name, GITHUB_REF: ref });
const gitlab = (source: string, branch: string) => ({ GITLAB_CI: "true", CI_PIPELINE_SOURCE: source, CI_COMMIT_BRANCH: branch, CI_DEFAULT_BRANCH: "main" });

test.each([
  ["a push to the default branch", github("push", "refs/heads/main"), true],
  ["a nightly run", github("schedule", "refs/heads/main"), true],
  ["a push to another branch", github("push", "refs/heads/fix"), false],
  ["a tag called like the branch", github("push", "refs/tags/main"), false],
  ["a pull request", github("pull_request", "refs/pull/7/merge"), false],
  ["the second half of a fork's check, which stands on the default branch", github("workflow_run", "refs/heads/main"), false],
  ["pull_request_target, which does so too", github("pull_request_target", "refs/heads/main"), false],
  ["a merge queue", github("merge_group", "refs/heads/gh-readonly-queue/main/pr-7"), false],
  ["GitLab's push to the default branch", gitlab("push", "main"), true],
  ["GitLab's merge request", { ...gitlab("merge_request_event", ""), CI_MERGE_REQUEST_IID: "3" }, false],
  ["GitLab's other branch", gitlab("push", "fix"), false],
  ["a laptop", { GITHUB_REF: "refs/heads/main", GITHUB_EVENT_NAME: "push" }, false],
] as const)("%s", (_, env, expected) => {
  expect(isTargetJob(env, event)).toBe(expected);
});

test("an event that can't be read is no job of the target branch", () => {
  expect(isTargetJob(github("push", "refs/heads/main"), "{")).toBe(false);
  expect(isTargetJob(github("push", "refs/heads/"), JSON.stringify({ repository: { default_branch: "" } }))).toBe(false);
});
