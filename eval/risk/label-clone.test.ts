import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { labelClone, type LabelledCommit } from "./label-clone.ts";
import { readHistory } from "./history.ts";

/** Enough unchanged lines for Git to see the rename. */
const REST = Array.from({ length: 12 }, (_, line) => `export const unit${line} = ${line};\n`).join("");

let folder = "";
let clone = "";

const git = (...args: readonly string[]): string =>
  execFileSync("git", ["-C", clone, "-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false", ...args], { encoding: "utf8" });

const commit = (message: string, files: Readonly<Record<string, string>>): void => {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(clone, path)), { recursive: true });
    writeFileSync(join(clone, path), text);
  }
  git("add", "-A");
  git("commit", "-qm", message);
};

const labels = (commits: readonly LabelledCommit[] | undefined): readonly string[] =>
  (commits ?? []).filter((one) => one.inducing).map((one) => one.message.trim());
const run = (name: string): Promise<readonly LabelledCommit[] | undefined> =>
  labelClone({ clone, out: join(folder, name), revision: "HEAD", say: () => undefined });

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "proofline-szz-"));
  clone = join(folder, "clone");
  mkdirSync(clone);
  git("init", "-q");
  commit("start", { "README.md": "x\n" });
  commit("feat: totals", {
    "src/total.js": `${REST}export const total = (a) => {\n  const first = a[0].price;\n  return first + 1;\n};\n`,
    "test/total.test.js": "total(1);\n",
  });
  commit("feat: names", { "src/name.js": "export const name = (user) => user.first + user.last;\n" });
  commit("chore: move", { "src/moved.txt": "x\n" });
  git("mv", "src/total.js", "src/sum.js");
  commit("refactor: indent", { "src/sum.js": `${REST}export const total = (a) => {\n      const first = a[0].price;\n      return first + 1;\n};\n` });
  commit("fix: total of nothing", {
    "src/sum.js": `${REST}export const total = (a) => {\n      const first = a[0]?.price ?? 0;\n      return first + 1;\n};\n`,
  });
  commit("fix(docs): guide", { "docs/guide.md": "y\n", "src/name.js": "export const name = (user) => user.first + ' ' + user.last;\n" });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("blames the commit that wrote the mended line, through a rename and a change of white space", async () => {
  expect(labels(await run("one.jsonl"))).toEqual(["feat: totals"]);
});

it("goes on where an interrupted run stopped and ends at the same labels", async () => {
  const first = await run("two.jsonl");
  const done = readFileSync(join(folder, "two.jsonl.progress"), "utf8");
  writeFileSync(join(folder, "two.jsonl.progress"), `${done}\n{"fix":"half-writ`);
  expect(await run("two.jsonl")).toEqual(first);
  expect(readFileSync(join(folder, "two.jsonl"), "utf8").split("\n")).toHaveLength(first?.length ?? -1);
});

it("says so when the revision is unknown", async () => {
  expect(await labelClone({ clone, out: join(folder, "none.jsonl"), revision: "no-such-branch", say: () => undefined })).toBeUndefined();
});

it("reads sizes under the new name of a renamed file", async () => {
  const history = await readHistory(clone, "HEAD");
  expect(history?.unread).toBe(0);
  const indent = history?.commits.find((one) => one.message.startsWith("refactor"));
  expect(indent?.files).toEqual([{ path: "src/sum.js", added: 2, deleted: 2 }]);
});
