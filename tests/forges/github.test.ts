import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Annotation, Posting } from "../../packages/core/src/operations/index.ts";
import { createGitHubForge } from "../../packages/core/src/adapters/forges/github/github-forge.ts";
import { HEAD, OLD, useGitHub } from "./github-bench.ts";
import { send } from "./github-host.ts";

const R = "/repos/{owner}/{repo}";
const github = useGitHub();

const posting = (more: Partial<Posting> = {}): Posting => ({
  repo: "acme/shop",
  headSha: HEAD,
  pullRequest: 7,
  checkName: "proofline",
  title: "Hold · the only test for this fix passes without the fix",
  summaryMarkdown: "## Hold\n\nThe test was loosened.",
  conclusion: "hold",
  mode: "enforce",
  annotations: [remark(41)],
  comment: "### Hold · the only test for this fix passes without the fix",
  ...more,
});

const remark = (line: number, more: Partial<Annotation> = {}): Annotation => ({
  path: "test/refund.test.ts",
  line,
  endLine: line,
  level: "failure",
  title: "tests/weakened",
  message: "Loosened, so it is green on main too.",
  ...more,
});

const commentBodies = () => github.host.comments.map((comment) => comment.body);

describe("the check", () => {
  test("an enforced hold fails, an enforced ask requires action, an enforced ship succeeds", async () => {
    for (const conclusion of ["hold", "ask", "ship"] as const) await github.forge().publish(posting({ conclusion, headSha: HEAD, checkName: conclusion }));
    expect(github.host.checks.map((check) => [check.name, check.conclusion])).toEqual([
      ["hold", "failure"],
      ["ask", "action_required"],
      ["ship", "success"],
    ]);
  });

  test.each(["observe", "warn"] as const)("at a gate that only %ss every decision is neutral", async (mode) => {
    for (const conclusion of ["hold", "ask", "ship"] as const) await github.forge().publish(posting({ conclusion, mode, checkName: conclusion }));
    expect(new Set(github.host.checks.map((check) => check.conclusion))).toEqual(new Set(["neutral"]));
  });

  test("carries remarks at their lines in batches of fifty, the most urgent first", async () => {
    const annotations = [remark(1, { level: "notice" }), ...Array.from({ length: 120 }, (_, index) => remark(index + 2))];
    await github.forge().publish(posting({ annotations }));
    expect(github.host.checks).toHaveLength(1);
    expect(github.host.checks[0]?.annotations).toHaveLength(121);
    expect(github.host.checks[0]?.annotations.at(-1)).toMatchObject({ annotation_level: "notice", start_line: 1 });
    expect(github.host.calls.filter((call) => call.includes("check-runs/{check_run_id}") && call.startsWith("PATCH"))).toHaveLength(2);
  });

  test("posting the same twice changes nothing the second time", async () => {
    const first = await github.forge().publish(posting());
    const before = github.host.calls.length;
    const second = await github.forge().publish(posting());
    expect([first.check, second.check, second.comment]).toEqual(["created", "unchanged", "unchanged"]);
    expect(github.host.calls.slice(before).filter((call) => !call.startsWith("GET"))).toEqual([]);
    expect(github.host.checks[0]?.annotations).toHaveLength(1);
  });

  test("a second verdict on the same head updates the run and adds only what is new", async () => {
    await github.forge().publish(posting({ annotations: [remark(1)] }));
    const again = await github.forge().publish(posting({ title: "Hold · two problems", annotations: [remark(1), remark(2)] }));
    expect(again.check).toBe("updated");
    expect(github.host.checks).toHaveLength(1);
    expect(github.host.checks[0]?.annotations.map((item) => item["start_line"])).toEqual([1, 2]);
    expect(github.host.checks[0]?.output["title"]).toBe("Hold · two problems");
  });

  test("a remark that no longer holds disappears with its run", async () => {
    await github.forge().publish(posting({ annotations: [remark(1), remark(2)] }));
    await github.forge().publish(posting({ conclusion: "ship", annotations: [] }));
    expect(github.host.checks.at(-1)).toMatchObject({ conclusion: "success", annotations: [] });
  });

  test("a job of GitHub Actions that has our name is left alone", async () => {
    github.host.addForeignCheck("proofline", HEAD);
    expect((await github.forge().publish(posting())).check).toBe("created");
    expect(github.host.checks[0]?.conclusion).toBe("success");
  });

  test("a summary over GitHub's limit is cut at a line, closes what it opened and says so", async () => {
    const summaryMarkdown = `<details><summary>All</summary>\n\n\`\`\`text\n${"one line of output ünïcode\n".repeat(6000)}\`\`\`\n</details>`;
    await github.forge().publish(posting({ summaryMarkdown }));
    const summary = String(github.host.checks[0]?.output["summary"]);
    expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(65_535);
    expect(summary).toMatch(/ünïcode\n```\n<\/details>\n\n_Cut here: \d+ more lines do not fit/);
  });
});

describe("the comment", () => {
  test("is edited in place when the next commit is judged", async () => {
    await github.forge().publish(posting());
    github.host.pulls.set(7, { head: OLD, author: "mina", branch: "fix-refund", headOwner: "acme", open: true });
    const next = await github.forge().publish(posting({ headSha: OLD, comment: "### Ship" }));
    expect(next.comment).toBe("updated");
    expect(commentBodies()).toEqual([`<!-- proofline:proofline head=${OLD} -->\n### Ship`]);
  });

  test("is not written for a trivial change", async () => {
    const { comment: _, ...trivial } = posting({ resolvedComment: "### Ship" });
    expect((await github.forge().publish(trivial)).comment).toBe("none");
    expect(github.host.comments).toEqual([]);
  });

  test("of an earlier head says that it is resolved once the change is trivial", async () => {
    await github.forge().publish(posting());
    const { comment: _, ...trivial } = posting({ resolvedComment: "### Ship · the 1 earlier finding is resolved" });
    expect((await github.forge().publish(trivial)).comment).toBe("updated");
    expect(commentBodies()[0]).toContain("the 1 earlier finding is resolved");
  });

  test("is found behind hundreds of others", async () => {
    for (let index = 0; index < 230; index += 1) github.host.addComment("kim", "User", "looks fine");
    await github.forge().publish(posting());
    await github.forge().publish(posting({ comment: "### Ship" }));
    expect(github.host.comments).toHaveLength(231);
    expect(github.host.comments.at(-1)?.body).toContain("### Ship");
  });

  test("by a stranger who copied the marker is not ours", async () => {
    github.host.addComment("mallory", "User", `<!-- proofline:proofline head=${HEAD} -->\n### Ship · trust me`);
    await github.forge().publish(posting());
    expect(commentBodies()[0]).toContain("trust me");
    expect(github.host.comments).toHaveLength(2);
  });

  test("written by two runs at once ends as one", async () => {
    let twin = false;
    github.host.onComment = () => {
      if (twin) return;
      twin = true;
      github.host.addComment("github-actions[bot]", "Bot", `<!-- proofline:proofline head=${HEAD} -->\nfrom the other run`);
    };
    await github.forge().publish(posting());
    expect(commentBodies()).toEqual([`<!-- proofline:proofline head=${HEAD} -->\n${posting().comment ?? ""}`]);
  });

  test("two real runs at once leave one", async () => {
    await Promise.all([github.forge().publish(posting()), github.forge().publish(posting())]);
    expect(github.host.comments).toHaveLength(1);
  });

  test("deleted between look and edit is written anew", async () => {
    await github.forge().publish(posting());
    github.host.failures = [
      {
        route: `PATCH ${R}/issues/comments/{comment_id}`,
        times: 1,
        does: (response) => {
          github.host.comments.length = 0;
          send(response, 404, { message: "Not Found" });
        },
      },
    ];
    expect((await github.forge().publish(posting({ comment: "### Ship" }))).comment).toBe("created");
    expect(github.host.comments).toHaveLength(1);
  });

  test("is left to the run of the newest head", async () => {
    github.host.pulls.set(7, { head: OLD, author: "mina", branch: "fix-refund", headOwner: "acme", open: true });
    const published = await github.forge().publish(posting());
    expect(published.comment).toBe("none");
    expect(published.notes).toEqual(["The pull request has moved on to bbbbbbb: the comment is left to that run."]);
    expect(github.host.comments).toEqual([]);
  });

  test("is never posted while the gate only observes", async () => {
    const published = await github.forge().publish(posting({ mode: "observe", sarif: "{}" }));
    expect([github.host.comments.length, github.host.sarifs.length, published.check]).toEqual([0, 0, "created"]);
  });

  test("and a merge queue has only the check", async () => {
    const { pullRequest: _, ...queued } = posting();
    expect(await github.forge({ event: "merge_group", gate: "merge-queue" }).publish(queued)).toMatchObject({ check: "created", comment: "none" });
    expect(github.host.comments).toEqual([]);
  });

  test("is written under a person's own token too", async () => {
    github.host.self = { login: "release-person", type: "User" };
    await github.forge().publish(posting());
    await github.forge().publish(posting({ comment: "### Ship" }));
    expect(github.host.comments).toHaveLength(1);
  });
});

describe("code scanning", () => {
  const sarif = JSON.stringify({ version: "2.1.0", runs: [] });

  test("gets the document for the pull request's head", async () => {
    expect((await github.forge().publish(posting({ sarif }))).sarif).toBe("uploaded");
    expect(github.host.sarifs).toEqual([{ ref: "refs/pull/7/head", commit: HEAD, document: { version: "2.1.0", runs: [] } }]);
  });

  test.each([403, 404])("that is not enabled (%i) is a note and no failure", async (status) => {
    github.host.failures = [
      { route: `POST ${R}/code-scanning/sarifs`, times: 1, does: (response) => send(response, status, { message: "Advanced Security must be enabled" }) },
    ];
    const published = await github.forge().publish(posting({ sarif }));
    expect(published).toMatchObject({ sarif: "none", check: "created", comment: "created" });
    expect(published.notes.join()).toContain("code scanning is not enabled");
  });
});

describe("when things go wrong", () => {
  test("a read-only token is a named error, and the posting is kept in a file", async () => {
    github.host.failures = [
      { route: `POST ${R}/check-runs`, times: 9, does: (response) => send(response, 403, { message: "Resource not accessible by integration" }) },
    ];
    const error: unknown = await github
      .forge()
      .publish(posting())
      .catch((e: unknown) => e);
    expect(error).toMatchObject({ code: "forge/read-only-token", exit: 2 });
    expect(String(error)).toContain("posting.json");
    expect(String(error)).not.toContain("secret-token");
    expect(JSON.parse(await readFile(join(github.folder, "posting.json"), "utf8"))).toMatchObject({
      schema: "proofline/posting/1",
      headSha: HEAD,
      conclusion: "hold",
    });
  });

  test.each([
    [401, "forge/not-authorised"],
    [404, "forge/not-there"],
    [422, "forge/refused"],
    [500, "forge/broken"],
  ])("status %i becomes %s", async (status, code) => {
    github.host.failures = [{ route: `POST ${R}/check-runs`, times: 99, does: (response) => send(response, status, { message: "No commit found for SHA" }) }];
    await expect(github.forge().publish(posting())).rejects.toMatchObject({ code });
  });

  test("the host's Retry-After is obeyed, for writes too", async () => {
    github.host.failures = [
      { route: `POST ${R}/check-runs`, times: 1, does: (response) => send(response, 429, { message: "slow down" }, { "retry-after": "17" }) },
    ];
    await github.forge().publish(posting());
    expect(github.slept).toContain(17_000);
    expect(github.host.checks).toHaveLength(1);
  });

  test("a secondary limit without a header means a minute of silence", async () => {
    github.host.failures = [
      { route: `POST ${R}/check-runs`, times: 1, does: (response) => send(response, 403, { message: "You have exceeded a secondary rate limit" }) },
    ];
    await github.forge().publish(posting());
    expect(github.slept).toContain(60_000);
  });

  test("a spent allowance that comes back after the deadline is a named error at once", async () => {
    const reset = String(Math.round(Date.now() / 1000) + 3_000);
    github.host.failures = [
      {
        route: `GET ${R}/commits/{ref}/check-runs`,
        times: 1,
        does: (response) => send(response, 403, { message: "API rate limit exceeded" }, { "x-ratelimit-remaining": "0", "x-ratelimit-reset": reset }),
      },
    ];
    await expect(github.forge().publish(posting())).rejects.toMatchObject({ code: "forge/rate-limited" });
    expect(github.slept).toEqual([]);
  });

  test("reads are tried again after a failure", async () => {
    github.host.failures = [{ route: `GET ${R}/commits/{ref}/check-runs`, times: 2, does: (response) => send(response, 502, { message: "bad gateway" }) }];
    expect((await github.forge().publish(posting())).check).toBe("created");
  });

  test("a write whose answer was lost is looked for before it is sent again", async () => {
    github.host.failures = [
      { route: `POST ${R}/check-runs`, times: 1, when: "after", does: (response) => response.destroy() },
      { route: `POST ${R}/issues/{issue_number}/comments`, times: 1, when: "after", does: (response) => send(response, 502, { message: "bad gateway" }) },
    ];
    await github.forge().publish(posting());
    expect([github.host.checks.length, github.host.comments.length]).toEqual([1, 1]);
    expect(github.host.checks[0]?.annotations).toHaveLength(1);
  });

  test("a connection that is always cut is unreachable, not a hang", async () => {
    github.host.failures = [{ route: `GET ${R}/commits/{ref}/check-runs`, times: 99, does: (response) => response.destroy() }];
    await expect(github.forge().publish(posting())).rejects.toMatchObject({ code: "forge/unreachable" });
  });

  test("an answer cut in its middle is tried again", async () => {
    github.host.failures = [
      {
        route: `GET ${R}/commits/{ref}/check-runs`,
        times: 1,
        does: (response) => {
          response.writeHead(200, { "content-type": "application/json", "content-length": "5000" });
          response.write('{"total_count": 0');
          setTimeout(() => response.destroy(), 5);
        },
      },
    ];
    expect((await github.forge().publish(posting())).check).toBe("created");
  });

  test("a host that never answers ends at the attempt's limit", async () => {
    github.host.failures = [{ route: `GET ${R}/commits/{ref}/check-runs`, times: 99, does: () => undefined }];
    const started = Date.now();
    await expect(github.forge({}, { attemptMs: 60 }).publish(posting())).rejects.toMatchObject({ code: "forge/unreachable" });
    expect(Date.now() - started).toBeLessThan(3_000);
  });

  test("the deadline counts everything together", async () => {
    github.host.failures = [
      { route: `POST ${R}/check-runs`, times: 99, does: (response) => send(response, 429, { message: "slow down" }, { "retry-after": "50" }) },
    ];
    await expect(github.forge().publish(posting())).rejects.toMatchObject({ code: "forge/rate-limited" });
    expect(github.slept.filter((ms) => ms === 50_000)).toHaveLength(2);
  });

  test("a proxy's page instead of a list is unreachable", async () => {
    github.host.failures = [
      {
        route: `GET ${R}/issues/{issue_number}/comments`,
        times: 99,
        does: (response) => {
          response.writeHead(200, { "content-type": "text/html" });
          response.end("<html>login</html>");
        },
      },
    ];
    await expect(github.forge().publish(posting())).rejects.toMatchObject({ code: "forge/unreachable" });
  });

  test("without a token nothing is tried", () => {
    const { token: _, ...anonymous } = github.context();
    expect(() => createGitHubForge(anonymous, { savePostingTo: join(github.folder, "p.json") })).toThrow(
      expect.objectContaining({ code: "forge/no-token" }) as Error,
    );
  });
});
