import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { PlanReport, TechnicalSpec } from "../../packages/core/src/operations/index.ts";
import { proofline } from "../support/cli.ts";
import { makeRepo, type TestRepository } from "../support/repo.ts";

const STORY = `---
id: ST-guest-checkout
title: Check out without an account
targets: ["web:src/checkout/**", "pay:src/orders/**"]
---

## Behaviour

### AC-1 · promised

When a guest confirms the order, the shop shall charge the card once.

### AC-2 · promised

If the card is declined, the shop shall keep the cart for 30 days.

## Constraints

- C-1: placing an order answers in under 800 ms at p95

## Access

| role  | cancel order |
|-------|--------------|
| guest | deny         |
`;
const WEB = {
  "package.json": '{ "name": "web", "private": true, "dependencies": { "react": "19.0.0" }, "devDependencies": { "@playwright/test": "1.50.0" } }\n',
  "src/checkout/Pay.tsx": 'export function Pay() { return <button onClick={() => fetch("/orders", { method: "POST" })}>Pay</button>; }\n',
  "e2e/pay.spec.ts": 'import { test } from "@playwright/test";\n// @verifies ST-guest-checkout#AC-1\ntest("pays once", async () => {});\n',
  CODEOWNERS: "/src/checkout/ @acme/web\n",
};
const PAY = {
  "package.json": '{ "name": "pay", "private": true, "dependencies": { "koa": "2.0.0" }, "devDependencies": { "vitest": "3.0.0" } }\n',
  "src/orders/routes.ts": 'router.post("/orders", placeOrder);\nexport const router = 1;\n',
  "src/orders/store.ts": 'export const save = () => query("INSERT INTO orders VALUES (1)");\n',
  "migrations/0001_orders.sql": "CREATE TABLE orders (id int);\n",
  "openapi.yaml": "openapi: 3.1.0\npaths:\n  /orders:\n    post: { operationId: placeOrder }\n",
  "test/store.test.ts": 'import { save } from "../src/orders/store";\n// @verifies ST-guest-checkout#AC-2\ntest("keeps", () => save());\n',
};

/** A product of four repositories: stories, a front end, a back end and one the story does not touch. */
function product(): { readonly stories: TestRepository; readonly pay: TestRepository } {
  const at = (files: Readonly<Record<string, string>>): TestRepository => {
    const repo = makeRepo();
    repo.commit("Start", files);
    return repo;
  };
  const [web, pay, brand] = [at(WEB), at(PAY), at({ "README.md": "# Brand\n" })];
  const members = [["web", web], ["pay", pay], ["brand", brand]] as const;
  const config = `workspace:\n  repositories:\n${members.map(([name, { dir }]) => `    - { name: ${name}, at: ${dir} }\n`).join("")}`;
  return { stories: at({ "proofline.yaml": config, "proofline/stories/ST-guest-checkout.md": STORY }), pay };
}

function plan(repo: TestRepository, ...args: readonly string[]): PlanReport & { readonly of: (name: string) => TechnicalSpec } {
  const { stdout, stderr } = proofline(repo, ["spec", "plan", "guest-checkout", "--format", "json", ...args]);
  if (stdout === "") throw new Error(stderr);
  const report = JSON.parse(stdout) as PlanReport;
  return { ...report, of: (name) => report.specs.find(({ spec }) => spec.repository === name)?.spec as TechnicalSpec };
}

const FILE = "proofline/technical-specs/ST-guest-checkout/pay.md";

describe("spec plan", () => {
  test("every repository of the product is told what it owes, and the others why not", () => {
    const { stories } = product();
    const report = plan(stories);
    expect(report.specs.map(({ spec, state }) => [spec.repository, spec.place.parts, state])).toEqual([["web", ["front end"], "would-write"], ["pay", ["back end"], "would-write"]]);
    expect(report.unaffected.map(({ repository }) => repository)).toEqual(["here", "brand"]);
    expect(report.repositories.every(({ commit }) => /^[0-9a-f]{40}$/.test(commit ?? ""))).toBe(true);
  });

  test("interfaces are those found: routes with the operation that promises them, tables with their steps, calls across repositories", () => {
    const { stories } = product();
    const { of } = plan(stories);
    expect(of("pay").interfaces.routes).toEqual([{ method: "POST", path: "/orders", file: "src/orders/routes.ts", contract: { file: "openapi.yaml", operation: "placeOrder" } }]);
    expect(of("pay").interfaces.tables).toEqual([{ name: "orders", files: [{ file: "src/orders/store.ts", as: "code" }, { file: "migrations/0001_orders.sql", as: "step" }] }]);
    expect(of("web").interfaces.calls).toEqual([{ repository: "pay", route: "POST /orders", files: ["src/checkout/Pay.tsx"] }]);
    expect(of("pay").interfaces.calledBy).toMatchObject([{ repository: "web", files: ["src/checkout/Pay.tsx"] }]);
  });

  test("a proof counts at the layer it drives: one in a browser shows it everywhere, a unit test behind a route does not", () => {
    const { stories } = product();
    const { of } = plan(stories);
    const owed = (name: string): unknown => of(name).guarantees.map((one) => [one.name.replace("ST-guest-checkout", ""), one.layer, one.owed]);
    expect(owed("pay")).toEqual([["#AC-1", "integration", false], ["#AC-2", "integration", true], [" · guest · cancel order", "integration", true]]);
    expect(owed("web")).toEqual([["#AC-1", "e2e", false], ["#AC-2", "e2e", true]]);
    expect(of("pay").testsOwed.map(({ names }) => names)).toEqual(["ST-guest-checkout#AC-2", "ST-guest-checkout · guest · cancel order", "POST /orders", "orders"]);
  });

  test("what was not found is asked, and nothing is made up for it", () => {
    const { stories } = product();
    const questions = plan(stories).of("pay").questions.map(({ says }) => says);
    expect(questions).toEqual(["who answers for these files? No rule of CODEOWNERS names them.", "how is migrations/0001_orders.sql taken back?", "what reports the measurements? No telemetry library and no dashboard was found."]);
    expect(plan(stories).of("web").place.owners).toEqual([{ who: "@acme/web", files: 1 }]);
  });

  test("writing twice changes nothing; what people wrote stays, and what moved on is brought up to date", () => {
    const { stories, pay } = product();
    expect(plan(stories, "--write").specs.map(({ state }) => state)).toEqual(["written", "written"]);
    const first = readFileSync(join(stories.dir, FILE), "utf8");
    expect(first).not.toMatch(/```|[0-9a-f]{40}/);
    expect(plan(stories, "--write").specs.map(({ state }) => state)).toEqual(["unchanged", "unchanged"]);
    const edited = first.replace("Nobody writes here but people.", "We keep POST /orders.").replace("- **Affected** because", "- **Ours** because");
    writeFileSync(join(stories.dir, FILE), edited);
    pay.commit("feat: cancel", { "src/orders/routes.ts": 'router.post("/orders", placeOrder);\nrouter.delete("/orders/:id", cancel);\n' });
    const second = plan(stories, "--write").specs.find(({ file }) => file === FILE);
    expect(second).toMatchObject({ state: "updated", kept: ["place"] });
    const text = readFileSync(join(stories.dir, FILE), "utf8");
    expect(text).toContain("We keep POST /orders.");
    expect(text).toContain("- **Ours** because");
    expect(text).toContain("`DELETE /orders/:id`");
  });

  test("seen from a code repository its own spec is drafted", () => {
    const { stories, pay } = product();
    pay.commit("chore: where the stories stand", { "proofline.yaml": `workspace:\n  stories: ${stories.dir}\n` });
    expect(plan(pay).specs.map(({ spec, file }) => [spec.repository, file])).toEqual([["pay", FILE]]);
  });

  test("a story nobody wrote has its nearest namesake named; text fits the terminal", () => {
    const { stories } = product();
    expect(proofline(stories, ["spec", "plan", "ST-guest-chekout"])).toMatchObject({ status: 2, stderr: expect.stringContaining("ST-guest-checkout") as string });
    const { stdout, status } = proofline(stories, ["spec", "plan", "guest-checkout"]);
    expect(status).toBe(0);
    expect(stdout).toContain("2 repositories affected");
    expect(stdout.split("\n").every((line) => line.length <= 80)).toBe(true);
  });
});

test("what a repository says stays text in the file: it can't close a block or open another", () => {
  const repo = makeRepo();
  repo.commit("Start", { "package.json": '{ "name": "<!-- /generated -->", "private": true }\n', "proofline/stories/ST-guest-checkout.md": STORY.replace("charge the card once.", "charge <!-- /generated --> the card | once.").replace(/"web:[^\]]*/, '"src/**"'), "src/a.js": "export const a = 1;\n" });
  plan(repo, "--write");
  expect(plan(repo, "--write").specs).toMatchObject([{ state: "unchanged", kept: [] }]);
});
