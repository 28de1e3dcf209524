import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Attachment, TestCase } from "#evidence";
import { keepAttachments } from "./keep-attachments.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "attachments-"));
  for (const name of ["tree", "elsewhere"]) mkdirSync(join(folder, name));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const left = (...paths: readonly string[]): TestCase[] => [{ id: { suite: [], name: "t" }, outcome: "passed", attachments: paths.map((path): Attachment => ({ name: "Shot 1", type: "image/png", path })) }];
const keep = async (cases: readonly TestCase[]): Promise<readonly Attachment[]> => (await keepAttachments(cases, { keep: join(folder, "kept"), from: [join(folder, "tree")] }))[0]?.attachments ?? [];

test("a file of the tree is kept by its digest, under a name of ours, and the same twice is one file", async () => {
  for (const name of ["a.png", "b.png"]) writeFileSync(join(folder, "tree", name), "picture");
  const digest = createHash("sha256").update("picture").digest("hex");
  const kept = await keep(left(join(folder, "tree", "a.png"), join(folder, "tree", "b.png")));
  expect(kept).toEqual(Array.from({ length: 2 }, () => ({ name: "Shot 1", type: "image/png", path: `shot-1-${digest.slice(0, 12)}.png`, digest: `sha256:${digest}`, bytes: 7 })));
  expect(readdirSync(join(folder, "kept"))).toEqual([`shot-1-${digest.slice(0, 12)}.png`]);
  expect(readFileSync(join(folder, "kept", kept[0]?.path ?? ""), "utf8")).toBe("picture");
});

test("the rest of the machine is none of a test's business: not by its path, not by a link, not by dots", async () => {
  const secret = join(folder, "elsewhere", "secret");
  writeFileSync(secret, "s");
  symlinkSync(secret, join(folder, "tree", "link.png"));
  expect(await keep(left(secret, join(folder, "tree", "link.png"), join(folder, "tree", "..", "elsewhere", "secret"), join(folder, "tree"), join(folder, "tree", "gone.png")))).toEqual([]);
});

test("a test without any is left as it is, and loses a list of which nothing could be kept", async () => {
  const [plain, lost] = await keepAttachments([{ id: { suite: [], name: "t" }, outcome: "passed" }, ...left("/nowhere")], { keep: join(folder, "kept"), from: [folder] });
  expect([plain && "attachments" in plain, lost && "attachments" in lost]).toEqual([false, false]);
});

test("what a test calls its file decides neither name nor ending", async () => {
  writeFileSync(join(folder, "tree", "x"), "x");
  const [odd] = (await keepAttachments([{ id: { suite: [], name: "t" }, outcome: "passed", attachments: [{ name: "../../.bashrc", type: "text/../../x", path: join(folder, "tree", "x") }] }], { keep: join(folder, "kept"), from: [join(folder, "tree")] }))[0]?.attachments ?? [];
  expect(odd?.path).toMatch(/^-bashrc-[0-9a-f]{12}\.bin$/);
});
