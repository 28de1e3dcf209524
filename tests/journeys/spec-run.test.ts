import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { JourneyReport, VerdictDocument } from "../../packages/core/src/operations/index.ts";
import { bringPackages, chromiumHere, PLAYWRIGHT } from "../support/chromium.ts";
import { proofline, type CliRun } from "../support/cli.ts";
import { makeRepo, type TestRepository } from "../support/repo.ts";

const VERSION = "1.65.1";

const FILES = {
  ".gitignore": "node_modules\n.proofline\n",
  "package.json": `${JSON.stringify({ name: "books", private: true, type: "module", devDependencies: { "@playwright/test": VERSION } })}\n`,
  "playwright.config.ts": `import { defineConfig, devices } from "@playwright/test";
const port = Number(process.env["PORT"] ?? 4173);
export default defineConfig({
  testDir: "e2e",
  use: { baseURL: \`http://127.0.0.1:\${port}\` },
  projects: [{ name: "chromium", use: { ...devices["Desktop Chrome"] } }],
  webServer: { command: "node src/server.js", url: \`http://127.0.0.1:\${port}/\`, env: { PORT: String(port) } },
});
`,
  "src/server.js": `import { createServer } from "node:http";
const page = (body) => \`<!doctype html><title>Books</title><h1>Books</h1>\${body}\`;
createServer((request, response) => {
  response.setHeader("content-type", "text/html; charset=utf-8");
  response.end(page(request.url.startsWith("/cart") ? "<p>One book in your cart</p>" : '<form action="/cart"><button>Add to cart</button></form>'));
}).listen(Number(process.env.PORT), "127.0.0.1");
`,
  "e2e/buy.spec.ts": `import { expect, test } from "@playwright/test";
test("puts a book into the cart", { tag: "@JN-buy", annotation: { type: "criterion", description: "ST-cart#AC-1" } }, async ({ page }) => {
  await page.goto("/");
  await page.getByRole("button", { name: "Add to cart" }).click();
  await expect(page.getByText("One book in your cart")).toBeVisible({ timeout: 2000 });
});
`,
  "e2e/look.spec.ts": `import { expect, test } from "@playwright/test";
test("opens", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "Books" })).toBeVisible();
});
`,
  "proofline/stories/ST-cart.md": "---\nid: ST-cart\ntitle: A cart\n---\n\n## Behaviour\n\n### AC-1 · promised\n\nWhen a guest adds a book, the shop shall show one book in the cart.\n",
  "proofline/journeys/JN-buy.md": "---\nid: JN-buy\ntitle: Buy a book\nuser: guest\nimpact: 100\nwhy: nine of ten orders\ntargets: [\"src/**\"]\nstories: [ST-cart#AC-1]\ntests: [e2e/buy.spec.ts]\n---\n",
  "proofline/journeys/JN-look.yaml": "id: JN-look\ntitle: Look around\nuser: guest\nimpact: 10\nwhy: they come back\ntests: [e2e/look.spec.ts]\n",
};

const found = chromiumHere();
if (!found.there) process.stderr.write(`tests/journeys: no browser, so nothing is walked. ${found.why}\n`);

const reportIn = ({ stdout, stderr }: CliRun): JourneyReport => {
  if (stdout === "") throw new Error(stderr);
  return JSON.parse(stdout) as JourneyReport;
};
const checked = (repo: TestRepository, ...args: string[]): VerdictDocument => JSON.parse(proofline(repo, ["check", "--base", "main", "--head", "HEAD", "--gate", "pull-request", "--only", "journeys/unproven", "--format", "json", ...args]).stdout) as VerdictDocument;

describe("without a browser", () => {
  test("journeys are not run, and it is said what is missing", () => {
    const repo = makeRepo();
    repo.commit("books", FILES);
    bringPackages(repo.dir, PLAYWRIGHT);
    const run = proofline(repo, ["spec", "run", "--journey", "buy", "--format", "json"], { env: { PLAYWRIGHT_CHROMIUM_EXECUTABLE_PATH: "/nowhere/chromium" } });
    expect(run.status).toBe(3);
    expect(reportIn(run).journeys).toMatchObject([{ id: "JN-buy", state: "not-run", because: expect.stringContaining("No Chromium is here") as string }]);
  });

  test("no journeys: said, and fine; a name nobody knows is bad input", () => {
    const repo = makeRepo();
    repo.commit("nothing", { "README.md": "x\n" });
    expect(proofline(repo, ["spec", "run"])).toMatchObject({ status: 0, stdout: expect.stringContaining("No journeys here yet") as string });
    repo.commit("one", { "proofline/journeys/JN-buy.md": FILES["proofline/journeys/JN-buy.md"] });
    expect(proofline(repo, ["spec", "run", "--journey", "JN-bui"])).toMatchObject({ status: 2, stderr: expect.stringContaining("JN-buy") as string });
  });
});

describe.skipIf(!found.there)("in a real browser", () => {
  let repo: TestRepository;
  let green: CliRun;
  beforeAll(() => {
    repo = makeRepo();
    repo.commit("books", FILES);
    bringPackages(repo.dir, PLAYWRIGHT);
    repo.branch("change");
    repo.commit("fix: a word", { "src/server.js": FILES["src/server.js"].replace("<title>Books", "<title>All books") });
  }, 60_000);

  test("before anybody walked, the pull request is asked about what it reaches, and only that; locally it is not owed", () => {
    const { findings, decision } = checked(repo);
    expect(decision).toBe("ask");
    expect(findings).toMatchObject([{ check: "journeys/unproven", answer: "unknown", effect: "ask", because: expect.stringContaining("JN-buy is reached") as string }]);
    expect(JSON.stringify(findings)).not.toContain("JN-look");
    expect(checked(repo, "--gate", "local").decision).toBe("ship");
  });

  test("walked, it is green on this commit: with trace and screenshot kept under their digests", () => {
    green = proofline(repo, ["spec", "run", "--layer", "feature", "--base", "main", "--head", "HEAD", "--format", "json"]);
    const report = reportIn(green);
    expect(report.journeys).toMatchObject([{ id: "JN-buy", state: "verified", tests: [{ title: "puts a book into the cart", outcome: "passed" }] }]);
    expect(green.status).toBe(0);
    expect(report.left).toEqual([{ id: "JN-look", because: "the change does not reach it" }]);
    const evidence = report.journeys[0]?.tests[0]?.evidence ?? [];
    expect(evidence.map(({ type }) => type)).toEqual(expect.arrayContaining(["application/zip", "image/png"]));
    for (const { path, digest } of evidence) expect(`sha256:${createHash("sha256").update(readFileSync(join(repo.dir, path))).digest("hex")}`).toBe(digest);
    expect(existsSync(join(repo.dir, report.evidence ?? "", "report.json"))).toBe(true);
  }, 120_000);

  test("then check and spec trace see it as ran on this commit", () => {
    expect(checked(repo)).toMatchObject({ decision: "ship", findings: [{ answer: "holds", because: "The journey JN-buy is green on this commit." }] });
    const trace = JSON.parse(proofline(repo, ["spec", "trace", "--format", "json"]).stdout) as { promised: { verified: number }; stories: readonly { criteria: readonly { links: readonly { record?: { source: string } }[] }[] }[] };
    expect(trace.promised.verified).toBe(1);
    expect(trace.stories[0]?.criteria[0]?.links[0]?.record?.source).toBe("ran");
  });

  test("a change that breaks the way is red, exit 1, and asked about by name", () => {
    repo.commit("feat: other words", { "src/server.js": FILES["src/server.js"].replace("One book in your cart", "1 book") });
    const run = proofline(repo, ["spec", "run", "--layer", "feature", "--base", "main", "--format", "json"]);
    expect(run.status).toBe(1);
    expect(reportIn(run).journeys).toMatchObject([{ id: "JN-buy", state: "failing", tests: [{ outcome: "failed", failure: { kind: "assertion" } }] }]);
    expect(checked(repo)).toMatchObject({ decision: "ask", findings: [{ answer: "broken", because: expect.stringContaining("JN-buy (Buy a book) is red on this commit") as string }] });
  }, 120_000);
});
