import { expect, test } from "vitest";
import { proofline } from "../support/cli.ts";
import { makeRepo, type TestRepository } from "../support/repo.ts";

const SOURCE = `export function refund(amount, paid) {
  if (amount > paid) throw new Error("too much");
  return amount;
}

export function partial(amounts, paid) {
  let left = paid;
  for (const amount of amounts) left -= amount;
  return left;
}
`;
const config = (floor: string): string => `surfaces:\n  - { name: payments, paths: [src/payments/**]${floor} }\nareas:\n  - { name: money, paths: [src/payments/**], risk: high, owners: ["@pay"] }\n`;

/** An lcov report in which these lines of the file ran, and these did not. */
const lcov = (ran: readonly number[], missed: readonly number[], branches = ""): string => `TN:\nSF:src/payments/refund.js\n${ran.map((line) => `DA:${line},1\n`).join("")}${missed.map((line) => `DA:${line},0\n`).join("")}${branches}end_of_record\n`;
const HALF = lcov([1, 2, 3], [7, 8, 9], "BRDA:2,0,0,1\nBRDA:2,0,1,0\n");

function shop(floor = ", floor: { lines: 40 }"): TestRepository {
  const repo = makeRepo();
  repo.commit("chore: start", { "README.md": "shop" });
  repo.commit("feat: shop", { "src/payments/refund.js": SOURCE, "proofline.yaml": config(floor), ".gitignore": "coverage\n.proofline\n" });
  return repo;
}

test("a surface beside its floor, with the place where a test is worth most", () => {
  const repo = shop();
  repo.write("coverage/lcov.info", HALF);
  const { status, stdout } = proofline(repo, ["coverage", "--evidence", "coverage/lcov.info"]);
  expect(status).toBe(0);
  expect(stdout).toContain("Every surface holds its floor.");
  expect(stdout).toMatch(/lines +█+░+ +50 % {3}floor 40 %/);
  expect(stdout).toContain(" 1  src/payments/refund.js:6  partial()\n    no test runs any of its 3 lines · its file changed in 1 of the last 1 change\n    · money, high risk\n");
  expect(stdout).toContain("refund()\n    every line runs · 1 of 2 branches never taken");
  expect(stdout.split("\n").every((line) => line.length <= 80)).toBe(true);
});

test("below a floor is a finding; a floor that nothing can be held against is a question; no floor is neither", () => {
  const repo = shop(", floor: { lines: 60 }");
  repo.write("coverage/lcov.info", HALF);
  expect(proofline(repo, ["coverage", "--evidence", "coverage/lcov.info"]).status).toBe(1);
  const unknown = proofline(repo, ["coverage"]);
  expect([unknown.status, unknown.stdout.includes("let Proofline run"), unknown.stdout.includes("nothing measured")]).toEqual([3, true, true]);
  const free = shop("");
  free.write("coverage/lcov.info", HALF);
  expect(proofline(free, ["coverage", "--evidence", "coverage/lcov.info"]).status).toBe(0);
});

test("what was recorded is the floor of what comes after, and the trend is told", () => {
  const repo = shop();
  const ask = (...more: string[]) => proofline(repo, ["coverage", "--evidence", "coverage/lcov.info", ...more]);
  repo.write("coverage/lcov.info", HALF);
  expect(ask("--record").stdout).toContain("these values are the floor of what comes after");
  repo.commit("chore: more", { "README.md": "x" });
  repo.write("coverage/lcov.info", lcov([1, 2, 3], [7, 8, 9, 10]));
  const { status, stdout } = ask();
  expect(status).toBe(1);
  expect(stdout).toContain("42.8 %   floor 50 %, recorded (was 40 %)");
  expect(stdout).toContain("trend 50 → 42.8 % of lines: −7.2 since the last value");
  const { surfaces } = JSON.parse(ask("--format", "json").stdout) as { surfaces: readonly unknown[] };
  expect(surfaces[0]).toMatchObject({ name: "payments", answer: "broken", covered: { lines: 42.8 }, floor: { lines: 50, configured: { lines: 40 }, recorded: { lines: 50 } }, trend: [{ covered: { lines: 50 } }] });
});

test("reports say whose they are by a label or by their folder", () => {
  const repo = shop();
  repo.write("coverage/a.info", HALF);
  repo.write("coverage/e2e/lcov.info", lcov([7, 8], [1, 2, 3, 9]));
  const { stdout } = proofline(repo, ["coverage", "--evidence", "unit=coverage/a.info", "coverage/e2e/*.info"]);
  expect(stdout).toContain("proved by unit (50 % of lines, 50 % of branches) · e2e (33.3 % of lines)");
  expect(stdout).toMatch(/lines +█+░+ +83\.3 %/);
});

test("without surfaces the areas of high risk stand in, and what to write is said", () => {
  const repo = makeRepo();
  repo.commit("feat: shop", { "src/auth/login.js": SOURCE });
  const { status, stdout } = proofline(repo, ["coverage"]);
  expect(status).toBe(0);
  expect(stdout).toContain("name what matters in proofline.yaml");
});

test("a run leaves what each test file runs through: select takes what no import leads to, the one that ran the change first", () => {
  const repo = makeRepo();
  const load = "const test = require('node:test');\nconst shop = require(Buffer.from('Li4vc3JjL3Nob3AuanM=', 'base64').toString());\n";
  repo.commit("feat: shop", {
    "package.json": JSON.stringify({ name: "shop", scripts: { test: "node --test test/a.test.js test/b.test.js" } }),
    "src/shop.js": "exports.price = function price() {\n  return 1;\n};\n\nexports.fee = function fee() {\n  return 2;\n};\n",
    "test/a.test.js": `${load}test('a', () => { shop.price(); });\n`,
    "test/b.test.js": `${load}test('b', () => { shop.fee(); });\n`,
    ".gitignore": ".proofline\n",
  });
  const change = "exports.price = function price() {\n  return 1;\n};\n\nexports.fee = function fee() {\n  return 3;\n};\n";
  repo.write("src/shop.js", change);
  expect(proofline(repo, ["select"]).stdout).toContain("no import leads there from a test: 2 test files");
  repo.write("src/shop.js", "exports.price = function price() {\n  return 1;\n};\n\nexports.fee = function fee() {\n  return 2;\n};\n");
  expect(proofline(repo, ["coverage", "--run"]).stdout).toContain("what 2 test files run through is known");
  repo.write("src/shop.js", change);
  const { stdout } = proofline(repo, ["select"]);
  expect(stdout).toContain("When last measured, 1 of them ran what changed; 1 ran past it and goes last.");
  expect(stdout).toContain(" test/b.test.js  loaded it when last measured <- src/shop.js · ran what changed\n test/a.test.js\n     loaded it when last measured <- src/shop.js · ran past what changed\n");
  expect(proofline(repo, ["select", "--command"]).stdout).toBe("node --test test/b.test.js test/a.test.js\n");
  expect(proofline(repo, ["select", "--command", "--skip-past"]).stdout).toBe("node --test test/b.test.js\n");
});
