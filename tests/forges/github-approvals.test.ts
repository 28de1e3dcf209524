import { describe, expect, test } from "vitest";
import { HEAD, OLD, useGitHub } from "./github-bench.ts";

const github = useGitHub();

describe("approvals", () => {
  const ask = (owners: readonly string[]) =>
    github.forge().approvals({ repo: "acme/shop", pullRequest: 7, headSha: HEAD, areas: [{ name: "payments", owners }] });

  test("count the newest deciding review of each person on the head", async () => {
    github.host.addReview("kim", "CHANGES_REQUESTED", HEAD);
    github.host.addReview("kim", "APPROVED", HEAD);
    github.host.addReview("kim", "COMMENTED", HEAD);
    github.host.addReview("lee", "APPROVED", HEAD);
    github.host.addReview("lee", "CHANGES_REQUESTED", HEAD);
    const reading = await ask(["@kim", "@lee"]);
    expect(reading.evidence).toMatchObject({ source: "reported", author: "mina", subject: HEAD });
    expect(reading.evidence.approvals.map(({ by }) => by)).toEqual(["kim"]);
    expect(reading.areas[0]).toMatchObject({ answer: "holds", approvedBy: ["kim"] });
  });

  test("of an earlier commit, of agents, of the author and dismissed ones don't count, each said", async () => {
    github.host.addReview("kim", "APPROVED", OLD);
    github.host.addReview("coderabbitai[bot]", "APPROVED", HEAD, "Bot");
    github.host.addReview("claude", "APPROVED", HEAD);
    github.host.addReview("mina", "APPROVED", HEAD);
    github.host.addReview("lee", "DISMISSED", HEAD);
    const reading = await ask(["@kim", "@claude", "@mina", "@lee"]);
    expect(reading.areas[0]).toMatchObject({ answer: "broken", because: "Nobody who counts has approved this commit." });
    expect(reading.stale.map(({ by }) => by)).toEqual(["kim"]);
    expect(reading.evidence.approvals.filter(({ principal }) => principal === "agent").map(({ by }) => by)).toEqual(["coderabbitai[bot]", "claude"]);
    expect(reading.discounted).toEqual([
      { by: "mina", because: "authors don't approve their own change" },
      { by: "lee", because: "the review was dismissed" },
    ]);
  });

  test("of a review whose commit is gone are stale", async () => {
    github.host.addReview("kim", "APPROVED", null);
    expect((await ask(["@kim"])).areas[0]?.answer).toBe("broken");
  });

  test("by a member of the owning team hold", async () => {
    github.host.teams.set("acme/payments", ["kim"]);
    github.host.addReview("kim", "APPROVED", HEAD);
    expect((await ask(["@acme/payments"])).areas[0]).toMatchObject({ answer: "holds", approvedBy: ["kim"] });
  });

  test("by somebody outside the team are no approval of its area", async () => {
    github.host.teams.set("acme/payments", ["kim"]);
    github.host.addReview("lee", "APPROVED", HEAD);
    expect((await ask(["@acme/payments"])).areas[0]?.answer).toBe("broken");
  });

  test("are unknown when the token can't see the team, and nobody is called approved", async () => {
    github.host.addReview("lee", "APPROVED", HEAD);
    const reading = await ask(["@acme/payments"]);
    expect(reading.areas[0]).toMatchObject({ answer: "unknown", approvedBy: [] });
    expect(reading.unknownTeams).toEqual([{ team: "@acme/payments", because: "the token may not read the team's members" }]);
  });

  test("by somebody who may not write to the repository count for nothing, owner or not, and that is said", async () => {
    github.host.addReview("stranger", "APPROVED", HEAD);
    for (const owners of [[], ["@stranger"]]) {
      const reading = await ask(owners);
      expect(reading.areas[0]?.answer).toBe("broken");
      expect(reading.evidence.approvals).toEqual([]);
      expect(reading.discounted).toEqual([{ by: "stranger", because: "this account may not write to the repository" }]);
    }
  });

  test("by somebody whose permission can't be read hold for what they own by name, and are unknown where nobody owns it", async () => {
    github.host.permissions.set("pat", undefined);
    github.host.addReview("pat", "APPROVED", HEAD);
    expect((await ask(["@pat"])).areas[0]?.answer).toBe("holds");
    expect((await ask([])).areas[0]).toMatchObject({ answer: "unknown", because: expect.stringContaining("may write") });
  });

  test("each touched area needs one of its own owners", async () => {
    github.host.addReview("kim", "APPROVED", HEAD);
    const areas = [
      { name: "payments", owners: ["@kim"] },
      { name: "auth", owners: ["@lee"] },
      { name: "docs", owners: [] },
    ];
    const reading = await github.forge().approvals({ repo: "acme/shop", pullRequest: 7, headSha: HEAD, areas });
    expect(reading.areas.map(({ area, answer }) => [area, answer])).toEqual([
      ["payments", "holds"],
      ["auth", "broken"],
      ["docs", "holds"],
    ]);
  });
});

describe("the second half for forks", () => {
  const run = { event: "workflow_run", headSha: HEAD, fork: true, triggeredBy: { headRepo: "stranger/shop", headBranch: "fix", runId: 5 } };

  test("finds the pull request by the head's owner, branch and commit", async () => {
    github.host.pulls.set(8, { head: HEAD, author: "stranger", branch: "fix", headOwner: "stranger", open: true });
    github.host.pulls.delete(7);
    expect(await github.forge(run).bind()).toEqual({
      repo: "acme/shop",
      headSha: HEAD,
      pullRequest: 8,
      fork: true,
      targetBranch: "main",
      baseSha: "c".repeat(40),
    });
  });

  test("names no pull request when its head has moved on", async () => {
    github.host.pulls.clear();
    github.host.pulls.set(8, { head: OLD, author: "stranger", branch: "fix", headOwner: "stranger", open: true });
    expect(await github.forge(run).bind()).toEqual({ repo: "acme/shop", headSha: HEAD, fork: true });
  });
});
