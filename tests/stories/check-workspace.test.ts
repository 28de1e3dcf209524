import { describe, expect, test } from "vitest";
import { STORY, STORY_FILE } from "../support/cart-story.ts";
import { proofline, verdictOf } from "../support/cli.ts";
import { makeRepo, type TestRepository } from "../support/repo.ts";

const KEPT = "// @verifies ST-cart#AC-3\ntest('writes', () => {});\n";
const PROMISED = STORY.replace("### AC-3 · planned", "### AC-3 · promised");

const repoOf = (files: Readonly<Record<string, string>>): TestRepository => {
  const repo = makeRepo();
  repo.commit("Start", files);
  return repo;
};

/** Stories in one repository, that name a code repository whose tests prove them. */
function stories(web: string, config = `workspace:\n  repositories:\n    - { name: web, at: ${web} }\n`): TestRepository {
  const repo = repoOf({ "proofline.yaml": config, [STORY_FILE]: STORY });
  repo.branch("feature");
  repo.commit("feat: promise it", { [STORY_FILE]: PROMISED });
  return repo;
}

const judged = (repo: TestRepository) => {
  const verdict = verdictOf(repo, "--base", "main", "--only", "specs/unproven");
  return { ...verdict, unproven: verdict.findings.map(({ answer, effect, because, places }) => ({ answer, effect, because, places })), says: verdict.evidence.find(({ kind }) => kind === "story-trace")?.says };
};

describe("promises whose tests stand in another repository", () => {
  test("a test there proves what is promised here, and the verdict names its commit", () => {
    const web = repoOf({ "test/ship.test.js": KEPT });
    const { unproven, says, decision } = judged(stories(web.dir));
    expect(unproven).toMatchObject([{ answer: "holds" }]);
    expect(says).toBe(`stories: 1 promise of this change traced to tests, with the tests of web at ${web.git("rev-parse", "HEAD").trim().slice(0, 7)}`);
    expect(decision).toBe("ship");
  });

  test("its twin: no test there either, and it is asked", () => {
    expect(judged(stories(repoOf({ "test/ship.test.js": "test('writes', () => {});\n" }).dir)).unproven).toMatchObject([{ answer: "broken", because: expect.stringContaining("no test names it") as string }]);
  });

  test("a repository that can't be reached makes it unknown, and ends no verdict", () => {
    const { unproven, says } = judged(stories("/nowhere/at/all"));
    expect(unproven).toMatchObject([{ answer: "unknown", because: expect.stringMatching(/no test names it here; whether a test of web proves it could not be read/) as string }]);
    expect(says).toContain("web could not be read");
  });

  test("which repositories are read is the target branch's to say", () => {
    const web = repoOf({ "test/ship.test.js": KEPT });
    const repo = stories("/nowhere", "default-branch: main\n");
    repo.commit("chore: look there", { "proofline.yaml": `workspace:\n  repositories:\n    - { name: web, at: ${web.dir} }\n` });
    expect(judged(repo).unproven).toMatchObject([{ answer: "broken" }]);
  });
});

describe("a code repository whose stories stand elsewhere", () => {
  const code = (home: string): TestRepository => {
    const repo = repoOf({ "proofline.yaml": `workspace:\n  stories: ${home}\n`, "package.json": '{ "name": "web" }\n', "test/ship.test.js": KEPT, "src/a.js": "export const a = 1;\n" });
    repo.branch("feature");
    return repo;
  };

  test("a change that takes the last proof away is asked about it, and the verdict names the commit of the stories", () => {
    const home = repoOf({ [STORY_FILE]: PROMISED });
    const repo = code(home.dir);
    repo.commit("chore: tidy", { "test/ship.test.js": null });
    const { unproven, says } = judged(repo);
    expect(unproven).toMatchObject([{ answer: "broken", because: "ST-cart#AC-3 is promised, and this change takes away the last test that proved it.", places: [] }]);
    expect(says).toContain(`judged against the stories of ${home.dir.split("/").at(-1) ?? ""} at ${home.git("rev-parse", "HEAD").trim().slice(0, 7)}`);
  });

  test("its twins: another repository proves it still; a test that names it is only edited; no test is touched", () => {
    const other = repoOf({ "test/mail.test.js": KEPT });
    const home = repoOf({ [STORY_FILE]: PROMISED, "proofline.yaml": `workspace:\n  repositories:\n    - { name: mail, at: ${other.dir} }\n` });
    const moved = code(home.dir);
    moved.commit("chore: mail proves it", { "test/ship.test.js": null });
    expect(judged(moved).unproven.filter(({ answer }) => answer === "broken")).toEqual([]);
    expect(judged(moved).says).toContain("with the tests of mail at");
    const edited = code(home.dir);
    edited.commit("test: more", { "test/ship.test.js": `${KEPT}// ST-cart again\n` });
    expect(judged(edited).unproven.filter(({ answer }) => answer !== "holds")).toEqual([]);
    const quiet = code("/nowhere/at/all");
    quiet.commit("feat: a", { "src/a.js": "export const a = 2;\n" });
    expect(judged(quiet)).toMatchObject({ unproven: [], says: undefined });
  });

  test("its own old self among the members of the stories does not count as another proof", () => {
    const home = makeRepo();
    const repo = code(home.dir);
    home.commit("Start", { [STORY_FILE]: PROMISED, "proofline.yaml": `workspace:\n  repositories:\n    - { name: shop-web, at: ${repo.dir} }\n` });
    repo.commit("chore: tidy", { "test/ship.test.js": null });
    expect(judged(repo).unproven).toMatchObject([{ answer: "broken" }]);
  });

  test("stories that can't be read are a note, and decide nothing", () => {
    const repo = code("/nowhere/at/all");
    repo.commit("chore: tidy", { "test/ship.test.js": null });
    const { unproven, decision } = judged(repo);
    expect(unproven).toMatchObject([{ answer: "unknown", effect: "note" }]);
    expect(decision).toBe("ship");
  });

  test("links that lead nowhere are told against the stories that are read, not against none", () => {
    const home = repoOf({ [STORY_FILE]: PROMISED });
    const repo = code(home.dir);
    repo.commit("test: a typo", { "test/x.test.js": "// @verifies ST-cart#AC-33\ntest('x', () => {});\n// @verifies ST-cart#AC-1\ntest('y', () => {});\n" });
    const { stdout } = proofline(repo, ["check", "--base", "main", "--only", "specs/outdated-proof", "--no-run", "--format", "json"]);
    const { findings } = JSON.parse(stdout) as { readonly findings: readonly { readonly because: string }[] };
    expect(findings.map(({ because }) => because)).toEqual([expect.stringContaining("AC-33")]);
  });
});
