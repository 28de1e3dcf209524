import { describe, expect, test } from "vitest";
import { openRepository } from "../../packages/core/src/adapters/git/index.ts";
import { yamlParser } from "../../packages/core/src/adapters/stories/index.ts";
import { storyPastHere } from "../../packages/core/src/compose.ts";
import { storyLibrary } from "../../packages/core/src/intent/index.ts";
import { storyHistory } from "../../packages/core/src/operations/stories/story-history.ts";
import type { HistoryReport, KeptHistory } from "../../packages/core/src/operations/index.ts";
import { STORY, STORY_FILE as FILE } from "../support/cart-story.ts";
import { makeRepo, type TestRepository } from "../support/repo.ts";

async function historyOf(repo: TestRepository, ...names: readonly string[]): Promise<HistoryReport> {
  const past = await storyPastHere({ dir: repo.dir, env: repo.env });
  return past.history({ names, at: "HEAD" }).finally(() => past.close());
}
const told = ({ entries }: HistoryReport): readonly string[] => entries.map(({ subject, news }) => `${subject}: ${news.map(({ criterion, story, kinds }) => `${criterion ?? story} ${kinds.join(" ")}`).join(", ")}`);
const edited = (before: string, after: string): string => STORY.replace(before, after);

describe("spec history", () => {
  test("tells by meaning what each commit did, newest first, and nothing of commits that did nothing", async () => {
    const repo = makeRepo();
    repo.commit("begin", { [FILE]: STORY });
    repo.commit("layout", { [FILE]: edited("put the hat into", "**put** the hat\ninto"), "src/a.js": "1\n" });
    repo.commit("wording", { [FILE]: edited("When a guest adds a hat, the shop shall put the hat into the cart.", "The shop shall put a hat into the cart when a guest adds a hat.") });
    repo.commit("longer", { [FILE]: edited("30 days", "60 days") });
    repo.commit("kept", { [FILE]: edited("30 days", "60 days").replace("AC-3 · planned", "AC-3 · promised") });
    expect(told(await historyOf(repo))).toEqual([
      "kept: AC-3 promised",
      "longer: AC-1 reworded, AC-2 changed",
      "wording: AC-1 reworded",
      "begin: ST-cart begun, AC-1 added, AC-2 added, AC-3 added",
    ]);
    expect(told(await historyOf(repo, "cart#AC-2"))).toEqual(["longer: AC-2 changed", "begin: AC-2 added"]);
  });

  test("who, because of what, with which proofs", async () => {
    const repo = makeRepo();
    repo.commit("begin", { [FILE]: STORY });
    repo.branch("longer");
    repo.commit("keep it longer\n\nFixes #7\n\nIncident: INC-3\nChange-Type: fix\nCo-authored-by: Claude <noreply@anthropic.com>", { [FILE]: edited("30 days", "60 days"), "test/cart.test.js": "// @verifies ST-cart#AC-2\n// @verifies ST-cart#AC-3\n" });
    repo.switchTo("main");
    repo.commit("other", { "src/a.js": "1\n" });
    repo.merge("longer", "Merge pull request #12 from ada/longer");
    const { entries } = await historyOf(repo);
    expect(entries[0]).toMatchObject({
      by: { name: "Ada" },
      agents: ["Claude"],
      because: { changeType: "fix", request: "#12", issues: ["#7"], incidents: ["INC-3"] },
      landed: { subject: "Merge pull request #12 from ada/longer" },
      news: [
        { criterion: "AC-2", before: expect.stringContaining("30 days") as string, after: expect.stringContaining("60 days") as string, proofs: [{ file: "test/cart.test.js", how: "linked" }] },
        { criterion: "AC-3", kinds: ["proofs"] },
      ],
    });
    expect(entries).toHaveLength(2);
  });

  test("a renamed story and a moved criterion are followed", async () => {
    const repo = makeRepo();
    repo.commit("begin", { [FILE]: STORY });
    repo.commit("rename", { [FILE]: null, "proofline/stories/ST-basket.md": edited("id: ST-cart", "id: ST-basket") });
    const block = /### AC-3[^]*$/.exec(STORY)?.[0] ?? "";
    repo.commit("move", { "proofline/stories/ST-basket.md": edited("id: ST-cart", "id: ST-basket").replace(block, ""), "proofline/stories/ST-order.md": `---\nid: ST-order\ntitle: Order\n---\n\n## Behaviour\n\n${block.replace("AC-3", "AC-1")}` });
    expect(told(await historyOf(repo, "ST-order#AC-1"))).toEqual(["move: AC-1 moved", "rename: ST-basket renamed", "begin: AC-3 added"]);
    expect(told(await historyOf(repo, "basket"))).toEqual(["rename: ST-basket renamed", "begin: ST-cart begun, AC-1 added, AC-2 added, AC-3 added"]);
  });

  test("a merge that joins says nothing; one that says something of its own does", async () => {
    const repo = makeRepo();
    repo.commit("begin", { [FILE]: STORY });
    repo.branch("side");
    repo.commit("side", { [FILE]: edited("write to the guest", "wave at the guest") });
    repo.switchTo("main");
    repo.commit("main", { [FILE]: edited("put the hat", "lay the hat") });
    repo.merge("side");
    expect(told(await historyOf(repo)).map((line) => line.split(":")[0]).toSorted()).toEqual(["begin", "main", "side"]);
    repo.write(FILE, edited("30 days", "90 days").replace("put the hat", "lay the hat").replace("write to the guest", "wave at the guest"));
    repo.git("add", "--all");
    repo.git("commit", "--quiet", "--amend", "--message", "evil");
    expect(told(await historyOf(repo))[0]).toBe("evil: AC-2 changed");
  });

  test("what never was is told, and a repository without stories is no error", async () => {
    const repo = makeRepo();
    repo.commit("begin", { "a.txt": "1\n" });
    expect((await historyOf(repo)).entries).toEqual([]);
    await expect(historyOf(repo, "ST-nope")).rejects.toMatchObject({ code: "stories/never-was" });
  });
});

describe("what was computed before", () => {
  async function again(repo: TestRepository, kept: KeptHistory): Promise<HistoryReport> {
    const repository = await openRepository(repo.dir, { env: repo.env });
    const memory = { read: async () => kept, keep: async () => undefined };
    return storyHistory({ repository, library: await storyLibrary(), yaml: yamlParser, memory })({ names: [], at: "HEAD" }).finally(() => repository.close());
  }

  test("is taken over, and only what came since is read", async () => {
    const repo = makeRepo();
    repo.commit("begin", { [FILE]: STORY });
    const before = await historyOf(repo);
    expect(await again(repo, before)).toEqual(before);
    repo.commit("longer", { [FILE]: edited("30 days", "60 days") });
    expect(await again(repo, before)).toEqual(await historyOf(repo));
    const marked = { ...before, entries: before.entries.map((entry) => ({ ...entry, subject: "kept" })) };
    expect((await again(repo, marked)).entries.map(({ subject }) => subject)).toEqual(["longer", "kept"]);
  });

  test("is left where history was rewritten, or is no commit at all", async () => {
    const repo = makeRepo();
    repo.commit("begin", { [FILE]: STORY });
    repo.commit("longer", { [FILE]: edited("30 days", "60 days") });
    const before = await historyOf(repo);
    repo.git("commit", "--quiet", "--amend", "--message", "amended");
    expect(await again(repo, before)).toEqual(await historyOf(repo));
    expect(await again(repo, { ...before, at: "--output=x" })).toEqual(await historyOf(repo));
  });
});

describe("spec at", () => {
  test("stories as they stood at a day, a time, a tag", async () => {
    const repo = makeRepo();
    repo.commit("begin", { [FILE]: STORY });
    repo.git("tag", "v1");
    repo.commit("longer", { [FILE]: edited("30 days", "60 days") });
    const past = await storyPastHere({ dir: repo.dir, env: repo.env });
    const sentence = async (moment: string): Promise<string | undefined> => (await past.at(moment)).stories[0]?.criteria[1]?.sentence;
    try {
      expect(await sentence("v1")).toContain("30 days");
      expect(await sentence("HEAD")).toContain("60 days");
      expect(await sentence("2024-01-01")).toContain("60 days");
      expect(await sentence("2024-01-01T00:00:30Z")).toContain("30 days");
      await expect(past.at("2023-12-31")).rejects.toMatchObject({ code: "stories/bad-moment" });
      await expect(past.at("2024-02-31")).rejects.toMatchObject({ code: "stories/bad-moment" });
      await expect(past.at("v9")).rejects.toMatchObject({ code: "git/unknown-revision" });
    } finally {
      await past.close();
    }
  });
});
