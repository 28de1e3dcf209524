import { expect, test } from "vitest";
import { STORY, STORY_FILE } from "../support/cart-story.ts";
import { decided, proofline, verdictOf } from "../support/cli.ts";
import { makeRepo, type TestRepository } from "../support/repo.ts";

const FILES = {
  "proofline.yaml": 'areas:\n  - { name: payment, paths: ["src/pay/**"], risk: high, owners: ["@acme/pay"] }\nqa:\n  - { risk: high }\n',
  [STORY_FILE]: STORY.replace('owner: "@acme/shop"', 'targets: ["src/pay/**"]'),
  "src/pay/fee.js": "export const fee = 1;\n",
};
const submodule = (repo: TestRepository, digit: string): void => {
  repo.git("update-index", "--add", "--cacheinfo", `160000,${digit.repeat(40)},vendor/pay`);
  repo.git("commit", "--quiet", "--message", "another vendor/pay");
};
const asked = (repo: TestRepository): readonly string[] => decided(verdictOf(repo, "--base", "main", "--head", "HEAD", "--gate", "pull-request", "--only", "qa/not-done"));

/** A change that was tried by hand, with a submodule in it. */
function tried(): TestRepository {
  const repo = makeRepo();
  repo.commit("Start", FILES);
  submodule(repo, "1");
  repo.branch("feature");
  repo.write("src/pay/fee.js", "export const fee = 2;\n");
  repo.git("commit", "--quiet", "--all", "--message", "feat: another fee");
  expect(proofline(repo, ["qa", "record", "--base", "main", "--head", "HEAD", "--by", "ada@example.com", "--outcome", "passed"]).status).toBe(0);
  repo.git("add", "proofline/qa");
  repo.git("commit", "--quiet", "--message", "QA: recorded");
  expect(asked(repo)).toEqual([]);
  return repo;
}

test("a submodule that points elsewhere was not tried", () => {
  const repo = tried();
  submodule(repo, "2");
  expect(asked(repo)).toEqual(["qa/not-done"]);
});

test("a promise that says something else since was not tried; notes leave it as it was", () => {
  const repo = tried();
  repo.write(STORY_FILE, `${FILES[STORY_FILE] ?? ""}\n## Notes\n\n- Hi\n`);
  repo.git("commit", "--quiet", "--all", "--message", "docs: a note");
  expect(asked(repo)).toEqual([]);
  repo.write(STORY_FILE, (FILES[STORY_FILE] ?? "").replace("the shop shall", "the shop shall always"));
  repo.git("commit", "--quiet", "--all", "--message", "feat: promise more");
  expect(asked(repo)).toEqual(["qa/not-done"]);
});
