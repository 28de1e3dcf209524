import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { atMost, reported, type Figure } from "../figure.ts";
import { git } from "../synthetic-repo.ts";
import { measureProcesses, type Command, type Taken } from "../time-process.ts";
import { cli } from "./check.ts";

const CRITERIA = 10;
const TESTS_PER_FILE = 10;
/** Tests for each criterion. */
const PROOFS = 2;

/** `spec trace` of 250 and of 1,000 stories with 10 criteria each and two tests for each of those, joined with a JUnit report of all tests. */
export function storyTrace(): Figure[] {
  const small = measure(250);
  const large = measure(1_000);
  const name = "spec trace, 1,000 stories, 20,000 tests";
  const about = `${large.files} test files, a report of ${(large.bytes / 1024 / 1024).toFixed(1)} MB`;
  return [
    atMost(`${name}, cold`, large.cold.wallMs, 5_000, "ms", about),
    reported(`${name}, cold, processor`, large.cold.cpuMs, "ms", "all threads"),
    atMost(`${name}, warm`, large.warm.wallMs, 2_000, "ms", about),
    reported(`${name}, warm, processor`, large.warm.cpuMs, "ms", "all threads"),
    atMost(`${name}, memory`, large.megabytes, 500, "MB", "cold"),
    atMost("spec trace, time per story", (large.cold.cpuMs - small.start.cpuMs) / 1_000 / ((small.cold.cpuMs - small.start.cpuMs) / 250), 1.5, "x", "1,000 stories against 250, without the start, processor time"),
    reported("spec trace, 250 stories, cold", small.cold.wallMs, "ms", `${small.files} test files`),
  ];
}

interface Measured {
  readonly cold: Taken;
  readonly warm: Taken;
  /** Of the program that has nothing to trace. */
  readonly start: Taken;
  readonly megabytes: number;
  readonly files: number;
  readonly bytes: number;
}

function measure(stories: number): Measured {
  const dir = mkdtempSync(join(tmpdir(), "proofline-bench-"));
  const empty = mkdtempSync(join(tmpdir(), "proofline-bench-"));
  try {
    const { files, report } = makeStories(dir, stories);
    git(empty, "init", "-q");
    git(empty, "commit", "-qm", "chore: nothing", "--allow-empty");
    const memory = join(dir, ".git", "memory");
    const watch = join(dir, ".git", "watch.mjs");
    // Node's own figure for the whole life of the process, written as it ends.
    writeFileSync(watch, `import { writeFileSync } from "node:fs"; process.on("exit", () => writeFileSync(${JSON.stringify(memory)}, String(process.resourceUsage().maxRSS)));`);
    const forget = (): void => rmSync(join(dir, ".proofline"), { recursive: true, force: true });
    const args = ["spec", "trace", "--repo", dir, "--evidence", report, "--format", "json"];
    const cold: Command = { file: process.execPath, args: ["--import", pathToFileURL(watch).href, cli, ...args], before: forget };
    refuseUnproven(cold, stories);
    const [coldTook = NOTHING] = measureProcesses([cold], 3);
    const megabytes = Number(readFileSync(memory, "utf8")) / 1024;
    const [warm = NOTHING, start = NOTHING] = measureProcesses([{ file: process.execPath, args: [cli, ...args] }, { file: process.execPath, args: [cli, "spec", "trace", "--repo", empty] }], 3);
    return { cold: coldTook, warm, start, megabytes, files, bytes: readFileSync(report).length };
  } finally {
    for (const folder of [dir, empty]) rmSync(folder, { recursive: true, force: true });
  }
}

const NOTHING: Taken = { wallMs: 0, cpuMs: 0 };

/** A trace that found nothing is fast. */
function refuseUnproven({ file, args }: Command, stories: number): void {
  const { stdout, stderr } = spawnSync(file, args, { encoding: "utf8", env: { ...process.env, CI: "" }, maxBuffer: 1 << 29 });
  const { promised } = JSON.parse(stdout || "{}") as { readonly promised?: { readonly verified: number } };
  if (promised?.verified !== stories * CRITERIA) throw new Error(`not everything was proven: ${stderr || JSON.stringify(promised)}`);
}

/** One way of saying what a test proves after the other: annotation, comment, tag. */
function testText(criteria: readonly string[], n: number): string {
  const tests = criteria.map((criterion, k) => {
    const title = `proves ${n} ${k}`;
    const body = `async ({ page }) => {\n    await page.goto("/shop/${n}");\n    await page.getByRole("button", { name: "Pay ${k}" }).click();\n    await expect(page.getByText("total ${n * k}")).toBeVisible();\n    await expect(page.locator("#items")).toHaveCount(${k});\n  }`;
    if (k % 3 === 0) return `  test("${title}", { tag: "@${criterion.split("#")[0]}", annotation: { type: "criterion", description: "${criterion}" } }, ${body});\n`;
    return k % 3 === 1 ? `  // @verifies ${criterion}\n  test("${title}", ${body});\n` : `  test("${title}", { tag: "@${criterion}" }, ${body});\n`;
  });
  return `import { expect, test } from "@playwright/test";\n\ntest.describe("shop ${n}", () => {\n${tests.join("\n")}});\n`;
}

function makeStories(dir: string, stories: number): { readonly files: number; readonly report: string } {
  git(dir, "init", "-q");
  mkdirSync(join(dir, "proofline/stories"), { recursive: true });
  const all: string[] = [];
  for (let n = 0; n < stories; n += 1) {
    const id = `ST-story-${n}`;
    const criteria = Array.from({ length: CRITERIA }, (_, k) => `### AC-${k + 1} · promised\n\nWhen a guest presses button ${k} of page ${n}, the shop shall show the total ${n * k} within 200 ms.\n\n- Given a full cart\n- When the guest presses “Pay”\n- Then one charge is made\n`);
    writeFileSync(join(dir, `proofline/stories/${id}.md`), `---\nid: ${id}\ntitle: Page ${n} of the shop\nowner: "@acme/shop"\narea: checkout\ntargets:\n  - src/page${n}/**\n---\n\n## Intent\n\nAs a guest I want page ${n}.\n\n## Behaviour\n\n${criteria.join("\n")}\n## Constraints\n\n- C-1: the page answers in under 800 ms at p95\n`);
    for (let proof = 0; proof < PROOFS; proof += 1) for (let k = 0; k < CRITERIA; k += 1) all.push(`${id}#AC-${k + 1}`);
  }
  const cases: string[] = [];
  let files = 0;
  for (let at = 0; at < all.length; at += TESTS_PER_FILE, files += 1) {
    const file = `e2e/part${files % 50}/shop${files}.spec.ts`;
    if (files < 50) mkdirSync(join(dir, `e2e/part${files}`), { recursive: true });
    const criteria = all.slice(at, at + TESTS_PER_FILE);
    writeFileSync(join(dir, file), testText(criteria, files));
    cases.push(`<testsuite name="${file}">${criteria.map((_, k) => `<testcase name="shop ${files} › proves ${files} ${k}" classname="${file}" time="0.5"/>`).join("")}</testsuite>`);
  }
  git(dir, "add", "-A");
  git(dir, "commit", "-qm", "feat: everything");
  const report = join(dir, ".git", "report.xml");
  writeFileSync(report, `<?xml version="1.0"?>\n<testsuites>${cases.join("\n")}</testsuites>\n`);
  return { files, report };
}
