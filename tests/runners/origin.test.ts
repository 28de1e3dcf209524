import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { openOperations } from "../../packages/core/src/compose.ts";
import { DEFAULT_INPUT, silentProgress, type VerdictDocument } from "../../packages/core/src/operations/index.ts";
import { examineIsolation } from "../../packages/core/src/adapters/runners/isolation.ts";

const strict = await examineIsolation("strict");
if (!strict.achieved) it.skip(`strict isolation can't be had on this machine: ${strict.says}`);

const root = realpathSync(mkdtempSync(join(tmpdir(), "origin-")));
afterAll(() => rmSync(root, { recursive: true }));

const git = (...args: readonly string[]): string =>
  execFileSync("git", args, { cwd: root, encoding: "utf8", env: { PATH: process.env["PATH"], HOME: root, GIT_CONFIG_NOSYSTEM: "1" } }).trim();
const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};
const commit = (author: string, message: string): void => {
  git("add", "-A");
  git("commit", "-q", "--author", author, "-m", message);
};

const ADA = "Ada Lovelace <ada@example.com>";
const MALLORY = "Mallory Stranger <mallory@example.org>";
const test = (body: string): string => `require('node:test')('works', () => { require('node:assert').equal(require('./a.js'), ${body}); });\n`;

git("init", "-q", "-b", "main");
git("config", "user.name", "Ada Lovelace");
git("config", "user.email", "ada@example.com");
write("package.json", JSON.stringify({ name: "origin", scripts: { test: "node --test" } }));
write("a.js", "module.exports = 1;\n");
write("a.test.js", test("1"));
commit(ADA, "chore: start");
for (let at = 0; at < 6; at++) {
  write("notes.txt", `${at}\n`);
  commit(ADA, `chore: note ${at}`);
}

/** Judges a change of `a.js` and its test, committed with these words or left in the working tree. */
async function judge(
  change: (() => void) | undefined,
  more: { readonly trust?: boolean; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<VerdictDocument> {
  git("checkout", "-q", "-B", "work", "main");
  write("a.js", "module.exports = 2;\n");
  write("a.test.js", test("2"));
  change?.();
  const operations = await openOperations({ dir: root, env: { HOME: root, ...more.env }, progress: silentProgress, signal: new AbortController().signal });
  try {
    const head = change ? ({ kind: "commit", rev: "work" } as const) : ({ kind: "worktree" } as const);
    return (await operations.assessChange({ ...DEFAULT_INPUT, base: "main", head, gate: "local", trust: more.trust ?? false })).verdict;
  } finally {
    await operations.close();
    git("checkout", "-q", "-f", "main");
  }
}

const ran = (verdict: VerdictDocument): boolean => verdict.evidence.some((item) => item.kind === "test-run" && item.source === "ran");

describe.runIf(strict.achieved)("a change is run as its origin allows", () => {
  it("strictly, when somebody unknown wrote it, and says why", async () => {
    const verdict = await judge(() => commit(MALLORY, "feat: two"));
    expect(ran(verdict)).toBe(true);
    expect(verdict.isolation).toMatch(/^strict: .*is by somebody without a commit on the target in 90 days$/);
  });

  it("strictly, when the person's own commit names an agent", async () => {
    const verdict = await judge(() => commit(ADA, "feat: two\n\nCo-authored-by: Claude <noreply@anthropic.com>"));
    expect(ran(verdict)).toBe(true);
    expect(verdict.isolation).toMatch(/^strict: .*names an agent as its co-author$/);
  });

  it("as ever, when the person wrote it, committed or not, or vouches for it", async () => {
    for (const verdict of [
      await judge(() => commit(ADA, "feat: two")),
      await judge(undefined),
      await judge(() => commit(MALLORY, "feat: two"), { trust: true }),
    ]) {
      expect(ran(verdict)).toBe(true);
      expect(verdict.isolation).toMatch(/^own clone/);
    }
  });
});
