import { expect, test } from "vitest";
import type { TraceReport } from "../../packages/core/src/operations/index.ts";
import { STORY, STORY_FILE } from "../support/cart-story.ts";
import { proofline } from "../support/cli.ts";
import { makeRepo } from "../support/repo.ts";

const uuid = (n: number): string => `1111111${n}-0000-4000-8000-000000000000`;
const result = (n: number, criterion: string, status: string): string => {
  const start = Date.now() + n;
  return JSON.stringify({ uuid: uuid(n), historyId: `h${n}`, name: `t${n}`, fullName: `shop:test/cart.test.js#t${n}`, status, start, stop: start + 1, labels: [{ name: "framework", value: "mocha" }, { name: "criterion", value: criterion }] });
};

test("a folder of Allure results is one run: its labels are links, its outcomes proofs, and what lies beside is left", () => {
  const repo = makeRepo();
  repo.commit("Start", { [STORY_FILE]: STORY, "test/cart.test.js": "test('t1', () => {}); test('t2', () => {});\n", ".gitignore": "allure-results\n" });
  repo.write(`allure-results/${uuid(1)}-result.json`, result(1, "ST-cart#AC-1", "passed"));
  repo.write(`allure-results/${uuid(2)}-result.json`, result(2, "ST-cart#AC-2", "broken"));
  repo.write(`allure-results/${uuid(3)}-container.json`, "{}");
  repo.write("allure-results/categories.json", "[]");
  const { stdout, stderr } = proofline(repo, ["spec", "trace", "--evidence", "allure-results/*.json", "--format", "json"]);
  if (stdout === "") throw new Error(stderr);
  const report = JSON.parse(stdout) as TraceReport;
  expect(report.results).toMatchObject([{ tool: "mocha", origin: "allure-results/*-result.json", tests: 2 }]);
  expect(report.stories[0]?.criteria.map(({ id, proof, links }) => [id, proof, links[0]?.by])).toEqual([["AC-1", "verified", "label"], ["AC-2", "failing", "label"], ["AC-3", "unproven", undefined]]);
  repo.write(`allure-results/${uuid(4)}-result.json`, '{"uuid":');
  expect(proofline(repo, ["spec", "trace", "--evidence", "allure-results/*.json"])).toMatchObject({ status: 2, stderr: expect.stringContaining(`${uuid(4)}-result.json`) as string });
});
