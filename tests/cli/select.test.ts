import { expect, test } from "vitest";
import { proofline } from "../support/cli.ts";
import { makeRepo } from "../support/repo.ts";

const FILES = {
  "package.json": JSON.stringify({ name: "shop", scripts: { test: "vitest run" }, devDependencies: { vitest: "4.0.0" } }),
  "src/price.ts": "export const price = 1;\n",
  "src/cart.ts": 'import { price } from "./price.js";\nexport const cart = [price];\n',
  "src/other.ts": "export const other = 1;\n",
  "test/price.test.ts": 'import { price } from "../src/price";\ntest("price", () => expect(price).toBe(1));\n',
  "test/cart.test.ts": 'import { cart } from "../src/cart";\ntest("cart", () => expect(cart).toEqual([1]));\n',
  "test/other.test.ts": 'import { other } from "../src/other";\ntest("other", () => expect(other).toBe(1));\n',
};

function shop() {
  const repo = makeRepo();
  repo.commit("feat: shop", FILES);
  repo.branch("work");
  repo.commit("fix: price", { "src/price.ts": "export const price = 2;\n" });
  return repo;
}

test("select prints the tests in order with the way to each, and the runner's own command line", () => {
  const repo = shop();
  const { status, stdout } = proofline(repo, ["select"]);
  expect(status).toBe(0);
  expect(stdout).toContain("2 of 3 test files\n");
  expect(stdout).toMatch(/test\/price\.test\.ts {2}has its name <- src\/price\.ts\n test\/cart\.test\.ts {2}<- src\/cart\.ts <- src\/price\.ts\n/);
  expect(stdout).toContain(" npx vitest run test/price.test.ts test/cart.test.ts\n");
  expect(stdout.split("\n").every((line) => line.length <= 80)).toBe(true);
  expect(proofline(repo, ["select", "HEAD", "--command"]).stdout).toBe("npx vitest run test/price.test.ts test/cart.test.ts\n");
});

test("select as JSON, the same a second time, and cut to a budget from the end", () => {
  const repo = shop();
  const asked = (...args: string[]) => proofline(repo, ["select", "--format", "json", ...args]).stdout;
  const first = asked();
  expect(asked()).toBe(first);
  const { tests, cut, commands } = JSON.parse(asked("--budget", "1s")) as { tests: { file: string }[]; cut: { file: string }[]; commands: { files: string[] }[] };
  expect([tests.map(({ file }) => file), cut.map(({ file }) => file), commands.map(({ files }) => files)]).toEqual([["test/price.test.ts"], ["test/cart.test.ts"], [["test/price.test.ts"]]]);
});

test("select says when a data file may be read by anything", () => {
  const repo = makeRepo();
  repo.commit("feat: shop", FILES);
  repo.branch("work");
  repo.commit("fix: rates", { "data/rates.json": "{}\n" });
  const { stdout } = proofline(repo, ["select"]);
  expect(stdout).toContain("widened data/rates.json: who reads it is not known: 3 test files");
  expect(stdout).toContain("· data/rates.json: who reads it is not traced");
});

test("a budget that is none, and a flag against a named change, are usage errors", () => {
  const repo = shop();
  expect(proofline(repo, ["select", "--budget", "soon"]).status).toBe(2);
  expect(proofline(repo, ["select", "HEAD", "--base", "main"]).status).toBe(2);
});

test("blast draws who uses a file, in every format", () => {
  const repo = shop();
  const text = proofline(repo, ["blast", "src/price.ts"]).stdout;
  expect(text).toContain("1 file and 2 test files depend on it");
  expect(text).toContain(" src/price.ts  1 test\n └─ src/cart.ts  1 test\n");
  expect(proofline(repo, ["blast", "--format", "mermaid"]).stdout).toMatch(/^flowchart RL\n {2}subgraph p0\["shop"\]\n {4}n0\["src\/price\.ts"\]:::changed\n/);
  expect(proofline(repo, ["blast", "--format", "dot"]).stdout).toContain('n0 [label="src/price.ts", penwidth=3];');
  const { changed, tests } = JSON.parse(proofline(repo, ["blast", "--format", "json"]).stdout) as { changed: string[]; tests: { unit: number } };
  expect([changed, tests.unit]).toEqual([["src/price.ts"], 2]);
  expect(proofline(repo, ["blast", "src/none.ts"])).toMatchObject({ status: 2, stdout: "" });
});

test("names from a repository can't leave the picture or drive the terminal", () => {
  const repo = makeRepo();
  repo.commit("feat: x", { 'src/a"]; click n0 "x.ts': "export {};\n", "src/b.ts": "export {};\n" });
  const { stdout } = proofline(repo, ["blast", 'src/a"]; click n0 "x.ts', "--format", "mermaid"]);
  expect(stdout).toContain('["src/a#34;]#59; click n0 #34;x.ts"]');
});
