import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { STORY, STORY_FILE as FILE } from "../support/cart-story.ts";
import { proofline } from "../support/cli.ts";
import { makeRepo } from "../support/repo.ts";

const repoWith = (files: Readonly<Record<string, string>>) => {
  const repo = makeRepo();
  repo.commit("Start", { "README.md": "x\n", ...files });
  return repo;
};
const json = (repo: Parameters<typeof proofline>[0], ...args: readonly string[]) => JSON.parse(proofline(repo, ["spec", ...args, "--format", "json"]).stdout) as Record<string, unknown>;

test("new, list, show and lint, from an empty repository on", () => {
  const repo = repoWith({});
  expect(proofline(repo, ["spec", "list"])).toMatchObject({ status: 0, stdout: expect.stringContaining("No stories here yet") });
  expect(proofline(repo, ["spec", "new", "Keep the cart", "--owner", "@acme/shop"]).status).toBe(0);
  const begun = proofline(repo, ["spec", "lint"]);
  expect([begun.status, begun.stdout.match(/open-question/g)?.length, begun.stdout]).toEqual([1, 1, expect.stringMatching(/7 open questions\. Write each answer/)]);
  expect(proofline(repo, ["spec", "show", "keep-the-cart"]).stdout).toContain("ST-keep-the-cart#AC-1");
  expect(proofline(repo, ["spec", "new", "Keep the cart"])).toMatchObject({ status: 2, stderr: expect.stringContaining("stories/exists") });
  expect(proofline(repo, ["spec", "show", "keep-the-card"])).toMatchObject({ status: 2, stderr: expect.stringContaining("Did you mean `ST-keep-the-cart`?") });
  expect(json(repo, "list")).toMatchObject({ stories: [{ id: "ST-keep-the-cart", owner: "@acme/shop" }], problems: [] });
});

test("a story nobody can fault is clear; a file that can't be read is told with its line", () => {
  const repo = repoWith({ [FILE]: STORY });
  expect(proofline(repo, ["spec", "lint"])).toMatchObject({ status: 0, stdout: expect.stringContaining("nothing to mend") });
  repo.write("proofline/stories/ST-bad.md", "---\nid: ST-bad\ntitel: x\n---\n");
  const bad = proofline(repo, ["spec", "lint"]);
  expect([bad.status, bad.stdout]).toEqual([1, expect.stringContaining("proofline/stories/ST-bad.md:3")]);
});

test("lint says that a test names a criterion nobody wrote; a right name says nothing", () => {
  const repo = repoWith({ [FILE]: STORY, "test/cart.test.js": `// @verifies ST-cart#AC-1\ntest("keeps", () => {});\n` });
  expect(proofline(repo, ["spec", "lint"]).stdout).not.toContain("does not exist");
  repo.write("test/cart.test.js", `// @verifies ST-cart#AC-17\ntest("keeps", () => {});\n`);
  expect(proofline(repo, ["spec", "lint"])).toMatchObject({ status: 0, stdout: expect.stringContaining("1 test names a criterion that does not exist. Which:  proofline spec trace") });
  expect(json(repo, "lint")).toMatchObject({ looseLinks: 1 });
});

test("import shows first, writes when told, and never over a story that is there", () => {
  const repo = repoWith({ "openspec/specs/cart/spec.md": "# cart Specification\n\n## Requirements\n### Requirement: Keep\nThe shop SHALL keep carts.\n\n#### Scenario: Tab\n- **WHEN** closed\n- **THEN** kept\n" });
  expect(json(repo, "import", ".")).toMatchObject({ written: false, stories: [{ file: FILE, state: "would-write", requirements: { found: 1, kept: 1 }, scenarios: { found: 1, kept: 1 } }] });
  expect(json(repo, "list")).toMatchObject({ stories: [] });
  expect(json(repo, "import", ".", "--write")).toMatchObject({ written: true, stories: [{ state: "written" }] });
  repo.write(FILE, STORY);
  expect(json(repo, "import", "openspec", "--write")).toMatchObject({ stories: [{ state: "exists" }] });
  expect(readFileSync(join(repo.dir, FILE), "utf8")).toBe(STORY);
  expect(proofline(repo, ["spec", "import", "README.md"])).toMatchObject({ status: 2, stderr: expect.stringContaining("stories/nothing-to-import") });
});

test("two people edit one story on two branches, and Git merges it", () => {
  const repo = repoWith({ [FILE]: STORY });
  repo.branch("limits");
  expect(proofline(repo, ["spec", "new", "ST-cart", "--criterion", "When a guest adds a hat for the hundredth time, the shop shall refuse the hat."]).status).toBe(0);
  repo.write(FILE, readFileSync(join(repo.dir, FILE), "utf8").replace("30 days", "60 days"));
  repo.commit("Limits");
  repo.switchTo("main");
  repo.branch("shipping");
  expect(proofline(repo, ["spec", "new", "ST-cart", "--criterion", "When an order is late, the shop shall write to the courier."]).status).toBe(0);
  repo.write(FILE, readFileSync(join(repo.dir, FILE), "utf8").replace("### AC-3 · planned", "### AC-3 · promised"));
  repo.commit("Shipping");
  repo.merge("limits");
  const { stories, problems } = json(repo, "list") as { stories: { criteria: { id: string; state: string; sentence: string }[] }[]; problems: unknown[] };
  expect(problems).toEqual([]);
  expect(stories[0]?.criteria.map(({ id, state }) => `${id} ${state}`)).toEqual(["AC-1 promised", "AC-refuse-hat planned", "AC-2 promised", "AC-3 promised", "AC-write-courier planned"]);
  expect(stories[0]?.criteria[2]?.sentence).toContain("60 days");
});

test("edits of one sentence are a conflict Git shows, and the story says so until it is settled", () => {
  const repo = repoWith({ [FILE]: STORY });
  repo.branch("more");
  repo.commit("More", { [FILE]: STORY.replace("30 days", "60 days") });
  repo.switchTo("main");
  repo.commit("Less", { [FILE]: STORY.replace("30 days", "10 days") });
  expect(() => repo.merge("more")).toThrow();
  expect(proofline(repo, ["spec", "lint"])).toMatchObject({ status: 1, stdout: expect.stringContaining("merge conflict") });
});
