import { describe, expect, test } from "vitest";
import { detectForge } from "./detect.ts";
import { fitMarkdown, fitText } from "./fit-markdown.ts";
import { isAgent } from "./agents.ts";

const HEAD = "a".repeat(40);
const BASE = "b".repeat(40);
const github = {
  GITHUB_ACTIONS: "true",
  GITHUB_REPOSITORY: "acme/shop",
  GITHUB_SHA: "c".repeat(40),
  GITHUB_TOKEN: "t",
  GITHUB_API_URL: "https://api.github.com/",
  GITHUB_SERVER_URL: "https://github.com",
  GITHUB_RUN_ID: "17",
};
const pull = (more: object = {}) =>
  JSON.stringify({
    pull_request: {
      number: 7,
      head: { sha: HEAD, ref: "fix", repo: { full_name: "acme/shop" } },
      base: { sha: BASE, ref: "main", repo: { full_name: "acme/shop" } },
      user: { login: "mina" },
      labels: [{ name: "docs" }],
      ...more,
    },
  });

describe("GitHub", () => {
  test("a pull request is about its own head, not about the merge that GITHUB_SHA names", () => {
    expect(detectForge({ ...github, GITHUB_EVENT_NAME: "pull_request" }, pull())).toMatchObject({
      kind: "github",
      apiUrl: "https://api.github.com",
      headSha: HEAD,
      baseSha: BASE,
      targetBranch: "main",
      pullRequest: 7,
      gate: "pull-request",
      fork: false,
      author: "mina",
      labels: ["docs"],
      runUrl: "https://github.com/acme/shop/actions/runs/17",
    });
  });

  test.each([{ full_name: "stranger/shop" }, null])("a head in %j is a fork", (repo) => {
    expect(detectForge(github, pull({ head: { sha: HEAD, repo } }))?.fork).toBe(true);
  });

  test("a merge group has no pull request and a gate of its own", () => {
    const event = JSON.stringify({ merge_group: { head_sha: HEAD, base_sha: BASE, base_ref: "refs/heads/main" } });
    const context = detectForge({ ...github, GITHUB_EVENT_NAME: "merge_group" }, event);
    expect(context).toMatchObject({ headSha: HEAD, baseSha: BASE, targetBranch: "main", gate: "merge-queue" });
    expect(context).not.toHaveProperty("pullRequest");
  });

  test("a workflow_run speaks of the run that woke it", () => {
    const event = JSON.stringify({ workflow_run: { id: 5, head_sha: HEAD, head_branch: "fix", head_repository: { full_name: "stranger/shop" } } });
    expect(detectForge(github, event)).toMatchObject({ headSha: HEAD, fork: true, triggeredBy: { headRepo: "stranger/shop", headBranch: "fix", runId: 5 } });
  });

  test("a push compares with what was there; the first push of a branch has nothing to compare with", () => {
    expect(detectForge({ ...github, GITHUB_REF: "refs/heads/main" }, JSON.stringify({ before: BASE, after: HEAD }))).toMatchObject({
      headSha: github.GITHUB_SHA,
      baseSha: BASE,
      targetBranch: "main",
    });
    expect(detectForge(github, JSON.stringify({ before: "0".repeat(40) }))).not.toHaveProperty("baseSha");
  });

  test.each(["{", '{"pull_request":{"number":0}}', '{"pull_request":{"number":1,"head":{"sha":"--upload-pack"},"base":{"sha":"x"}}}'])(
    "an event %j is a named error",
    (event) => {
      expect(() => detectForge({ ...github, GITHUB_EVENT_PATH: "/e.json" }, event)).toThrow(expect.objectContaining({ code: "forge/bad-event" }) as Error);
    },
  );

  test("a repository name that is none is refused", () => {
    expect(() => detectForge({ ...github, GITHUB_REPOSITORY: "acme/shop/../x" })).toThrow(expect.objectContaining({ code: "forge/no-context" }) as Error);
  });
});

describe("GitLab", () => {
  const gitlab = {
    GITLAB_CI: "true",
    CI_PROJECT_ID: "42",
    CI_API_V4_URL: "https://gitlab.example/api/v4",
    CI_JOB_TOKEN: "job",
    CI_COMMIT_SHA: "c".repeat(40),
    CI_MERGE_REQUEST_IID: "3",
    CI_MERGE_REQUEST_SOURCE_PROJECT_ID: "42",
    CI_MERGE_REQUEST_SOURCE_BRANCH_SHA: HEAD,
    CI_MERGE_REQUEST_TARGET_BRANCH_NAME: "main",
    CI_MERGE_REQUEST_DIFF_BASE_SHA: BASE,
    CI_PIPELINE_SOURCE: "merge_request_event",
  };

  test("a merge request is about its own head also in a merged-results pipeline", () => {
    expect(detectForge(gitlab)).toMatchObject({
      kind: "gitlab",
      repo: "42",
      headSha: HEAD,
      baseSha: BASE,
      targetBranch: "main",
      pullRequest: 3,
      fork: false,
      tokenKind: "job",
      gate: "pull-request",
    });
  });

  test("a project's own token is preferred to the job's", () => {
    expect(detectForge({ ...gitlab, GITLAB_TOKEN: "own" })).toMatchObject({ token: "own", tokenKind: "bearer" });
  });

  test("forks and merge trains are told apart", () => {
    expect(detectForge({ ...gitlab, CI_MERGE_REQUEST_SOURCE_PROJECT_ID: "43", CI_MERGE_REQUEST_EVENT_TYPE: "merge_train" })).toMatchObject({
      fork: true,
      gate: "merge-queue",
    });
  });

  test("a branch pipeline has no merge request", () => {
    const { CI_MERGE_REQUEST_IID: _, CI_MERGE_REQUEST_SOURCE_BRANCH_SHA: __, ...branch } = gitlab;
    const context = detectForge(branch);
    expect(context).toMatchObject({ headSha: gitlab.CI_COMMIT_SHA });
    expect(context).not.toHaveProperty("pullRequest");
  });
});

test("outside continuous integration there is no forge", () => {
  expect(detectForge({ HOME: "/home/mina" })).toBeUndefined();
});

describe("cutting texts", () => {
  test("a text that fits stays as it is", () => {
    expect(fitMarkdown("# a\n", 100, "There.")).toBe("# a\n");
    expect(fitText("äö", 4)).toBe("äö");
  });

  test("one endless line is cut inside, at a character", () => {
    const cut = fitMarkdown("ü".repeat(5_000), 1_000, "See the log.");
    expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(1_000);
    expect(cut).toMatch(/^ü+…\n\n_Cut here: 1 more line does not fit\. See the log\._\n$/);
    expect(fitText("aü", 2)).toBe("…");
  });

  test("no cut ends inside a fence, however long the fence is", () => {
    const cut = fitMarkdown(`intro\n~~~~~text\n${"~~~ not the end\n".repeat(500)}~~~~~\n`, 1_000, "See the log.");
    expect(cut).toContain("\n~~~~~\n\n_Cut here");
  });
});

test.each([
  ["claude", false, true],
  ["Renovate[bot]", false, true],
  ["@copilot", false, true],
  ["mina", true, true],
  ["mina", false, false],
  ["claudette", false, false],
  ["project_42_bot_0a1b", false, true],
  ["house-agent", false, true],
] as const)("%s (host says bot: %s) is an agent: %s", (login, hostSays, agent) => {
  expect(isAgent(login, hostSays, ["@House-Agent"])).toBe(agent);
});
