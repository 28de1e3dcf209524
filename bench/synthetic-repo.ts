import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface SyntheticRepo {
  readonly dir: string;
  remove(): void;
}

/** Runs Git in a folder, with fixed names and dates. */
export const git = (dir: string, ...args: readonly string[]): void => {
  const env = { ...process.env, GIT_AUTHOR_DATE: "2026-01-01T00:00:00Z", GIT_COMMITTER_DATE: "2026-01-01T00:00:00Z" };
  const base = ["-c", "user.name=Bench", "-c", "user.email=bench@example.com", "-c", "init.defaultBranch=main", "-c", "commit.gpgsign=false", "-c", "gc.auto=0"];
  const { status, stderr } = spawnSync("git", [...base, ...args], { cwd: dir, env, encoding: "utf8" });
  if (status !== 0) throw new Error(`git ${args.join(" ")}: ${stderr}`);
};

/** About 2.4 kB of TypeScript that differs from file to file. */
function moduleText(n: number): string {
  const functions = Array.from({ length: 12 }, (_, k) => `/** Adds ${k} to what it gets. */\nexport function step${n}x${k}(input: number): number {\n  const scaled = input * ${(n % 7) + 1} + ${k};\n  return scaled > ${n} ? scaled - ${k} : scaled;\n}\n`);
  return `import { step${n}x0 as first } from "./file${n}";\n\n${functions.join("\n")}`;
}

/** What a change does to a file of tests: `lost` takes a check from every one of them, which the tests round it may explain; `loosened` leaves a doubt that only the edited test answers; `added` is what most changes do. */
export type TestEdit = "lost" | "loosened" | "added";

/** Ten tests of a module, about 3 kB; after the edit one of them asks less, or there are eleven. */
function testText(n: number, edit?: TestEdit): string {
  const wanted = (k: number): string => (k === 3 && edit === "loosened" ? "toEqual" : "toBe");
  const tests = Array.from({ length: edit === "added" ? 11 : 10 }, (_, k) => `  test("step ${k} of ${n}", () => {\n    const seen = vi.fn(() => ${k});\n    const result = step${n}x${k}(${n} + seen());\n    expect(result).${wanted(k)}(${n * k});\n${k === 3 && edit === "lost" ? "" : "    expect(seen).toHaveBeenCalledTimes(1);\n"}    expect({ result, steps: [1, 2, ${k}] }).toEqual({ result: ${n}, steps: [1, 2, 3] });\n  });\n`);
  const names = Array.from({ length: 10 }, (_, k) => `step${n}x${k}`).join(", ");
  return `import { describe, expect, test, vi } from "vitest";\nimport { ${names} } from "./file${n}";\n\ndescribe("file ${n}", () => {\n${tests.join("\n")}});\n`;
}

/** Where the tests of the module of a number stand. */
export const testPath = (n: number): string => `src/part${n % 100}/file${n}.test.ts`;

/** Where the module of a number stands, from the root of the repository. */
export const modulePath = (n: number): string => `src/part${n % 100}/file${n}.ts`;

/**
 * A repository of `files` TypeScript files whose last commit changes `changed` of them, a few lines each; `tested` of the modules it changes have a file of
 * tests beside them, which comes on top and is edited with them.
 */
export function makeSyntheticRepo(files: number, changed: number, tested = 0, edit: TestEdit = "loosened"): SyntheticRepo {
  const dir = mkdtempSync(join(tmpdir(), "proofline-bench-"));
  git(dir, "init", "-q");
  const path = (n: number): string => join(dir, modulePath(n));
  for (let n = 0; n < files; n += 1) {
    if (n < 100) mkdirSync(join(dir, `src/part${n}`), { recursive: true });
    writeFileSync(path(n), moduleText(n));
    if (n < tested) writeFileSync(join(dir, testPath(n)), testText(n));
  }
  writeFileSync(join(dir, "package.json"), '{ "name": "bench", "version": "1.0.0" }\n');
  git(dir, "add", "-A");
  git(dir, "commit", "-qm", "feat: everything");
  for (let n = 0; n < changed; n += 1) {
    writeFileSync(path(n), moduleText(n).replace("const scaled = input *", "const scaled = 2 * input *").replace(/- (\d+) : scaled/, "- $1 - 1 : scaled"));
    if (n < tested) writeFileSync(join(dir, testPath(n)), testText(n, edit));
  }
  git(dir, "add", "-A");
  git(dir, "commit", "-qm", "refactor: scale twice");
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true }) };
}
