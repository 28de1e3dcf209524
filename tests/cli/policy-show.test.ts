import { expect, test } from "vitest";
import { proofline } from "../support/cli.ts";
import { makeRepo } from "../support/repo.ts";

const policy = (repo: Parameters<typeof proofline>[0], ...args: readonly string[]) => JSON.parse(proofline(repo, ["policy", "show", "--format", "json", ...args]).stdout) as { origin: string; readFrom: string; pending?: object; gates: { gate: string; mode: string }[] };
const local = ({ gates }: ReturnType<typeof policy>) => gates.find(({ gate }) => gate === "local")?.mode;

test("a configuration that is not merged is spoken of, and --working-tree shows what it would make", () => {
  const repo = makeRepo();
  repo.commit("Start", { "README.md": "x\n" });
  expect(policy(repo)).not.toHaveProperty("pending");
  repo.write("proofline.yaml", "gates:\n  local: { mode: observe }\n");
  const today = policy(repo);
  expect([today.origin, local(today), today.pending]).toEqual(["defaults", "enforce", { file: "proofline.yaml", notOn: "main" }]);
  expect(proofline(repo, ["policy", "show"]).stdout).toContain("proofline.yaml in your working tree is not yet on main: shown is what decides today; --working-tree shows the other");
  const then = policy(repo, "--working-tree");
  expect([then.origin, local(then)]).toEqual(["proofline.yaml", "observe"]);
  expect(then).not.toHaveProperty("pending");
  expect(proofline(repo, ["policy", "show", "--working-tree"]).stdout).toContain("read from the working tree");
});

test("committed on a branch it is as little on the target; once merged nothing is said", () => {
  const repo = makeRepo();
  repo.commit("Start", { "README.md": "x\n" });
  repo.branch("gate");
  repo.commit("Gate", { "proofline.yaml": "gates:\n  local: { mode: observe }\n" });
  expect(policy(repo).pending).toEqual({ file: "proofline.yaml", notOn: "main" });
  repo.switchTo("main");
  repo.merge("gate");
  repo.write("README.md", "y\n");
  expect(policy(repo)).toMatchObject({ origin: "proofline.yaml" });
  expect(policy(repo)).not.toHaveProperty("pending");
});

test("a mistake in the working tree's file is told with its line by --working-tree, and does not hide what decides today", () => {
  const repo = makeRepo();
  repo.commit("Start", { "README.md": "x\n" });
  repo.write("proofline.yaml", "area: []\n");
  expect(proofline(repo, ["policy", "show"]).status).toBe(0);
  const run = proofline(repo, ["policy", "show", "--working-tree"]);
  expect([run.status, run.stdout]).toEqual([2, ""]);
  expect(run.stderr).toContain("proofline.yaml:1:1");
});
