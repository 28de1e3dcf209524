import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import type { PastChange, Repository } from "#change";
import { answerMemory, rememberHistory } from "./remembered.ts";
import { sealedFiles } from "./sealed-files.ts";

const root = mkdtempSync(join(tmpdir(), "proofline-sealed-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(root, "facts-"));
});
const open = (over: { most?: number; largest?: number; keyFile?: string } = {}) => sealedFiles({ folder, keyFile: join(root, "own.key"), most: 10, largest: 1_000, ...over });
const kept = (): string[] => readdirSync(folder).filter((name) => name !== ".gitignore");
const only = (): string => join(folder, kept()[0] ?? "");

test("gives back what was kept, under names of any length and content", async () => {
  const name = `../../etc/passwd\n${"x".repeat(100_000)}`;
  await open().write(name, "text\nwith lines “and” more");
  expect(await open().read(name)).toBe("text\nwith lines “and” more");
  expect(await open().read(`${name}.`)).toBeUndefined();
  expect(readFileSync(join(folder, ".gitignore"), "utf8")).toBe("*\n");
});

test.each([
  ["was touched since", () => writeFileSync(only(), readFileSync(only(), "utf8").replace("ship", "hold"))],
  ["was cut short", () => writeFileSync(only(), readFileSync(only(), "utf8").slice(0, -1))],
  ["is empty", () => writeFileSync(only(), "")],
  ["was sealed by nobody", () => writeFileSync(only(), "ship")],
  ["holds odd characters where the seal should be", () => writeFileSync(only(), `${"é".repeat(64)}ship`)],
])("a file that %s counts as absent, and is replaced by the next writing", async (_, damage) => {
  await open().write("a", "ship");
  damage();
  expect(await open().read("a")).toBeUndefined();
  await open().write("a", "ship");
  expect(await open().read("a")).toBe("ship");
});

test("a file that another person sealed, or that was sealed for another name, counts as absent", async () => {
  await open({ keyFile: join(root, "others.key") }).write("a", "ship");
  expect(await open().read("a")).toBeUndefined();
  await open().write("a", "ship");
  const good = readFileSync(only());
  await open().write("b", "hold");
  for (const name of kept()) writeFileSync(join(folder, name), good);
  expect(await open().read("b")).toBeUndefined();
});

test("keeps the newest, and nothing larger than allowed", async () => {
  for (let n = 0; n < 10; n += 1) {
    await open().write(`old ${n}`, "text");
    for (const name of kept()) utimesSync(join(folder, name), 1_000 + n, 1_000 + n);
  }
  await open().write("new", "text");
  expect(kept()).toHaveLength(9);
  expect(await open().read("new")).toBe("text");
  await open().write("large", "x".repeat(1_001));
  expect(await open().read("large")).toBeUndefined();
});

test("takes away what it kept itself, and no other file of the folder", async () => {
  const others = Array.from({ length: 30 }, (_, n) => `letter-${n}.txt`);
  for (const name of others) writeFileSync(join(folder, name), "mine");
  for (let n = 0; n < 12; n += 1) await open().write(`fact ${n}`, "text");
  expect(kept().filter((name) => name.startsWith("letter-"))).toHaveLength(others.length);
  expect(kept().length - others.length).toBeLessThanOrEqual(10);
});

test.each([".proofline", ".proofline/cache", ".proofline/cache/facts"])("writes nothing where %s is a link, which a branch may have brought along", async (link) => {
  const checkout = mkdtempSync(join(root, "checkout-"));
  mkdirSync(join(checkout, link, ".."), { recursive: true });
  symlinkSync(folder, join(checkout, link));
  const files = sealedFiles({ folder: join(checkout, ".proofline/cache/facts"), keyFile: join(root, "own.key"), most: 10, largest: 1_000 });
  await files.write("a", "text");
  expect([readdirSync(folder), await files.read("a")]).toEqual([[], undefined]);
});

test("several writers at once leave whole files", async () => {
  await Promise.all(Array.from({ length: 20 }, (_, n) => open().write("same", `text ${n % 2}`)));
  expect(["text 0", "text 1"]).toContain(await open().read("same"));
});

test("where nothing can be written nothing is kept, and nobody fails", async () => {
  const nowhere = sealedFiles({ folder: join(root, "own.key", "below-a-file"), keyFile: join(root, "own.key"), most: 10, largest: 1_000 });
  await nowhere.write("a", "text");
  expect(await nowhere.read("a")).toBeUndefined();
});

test("answers are remembered for the same question and the same build alone", async () => {
  const answer = [{ answer: "broken", because: "it asks less.", subject: "x" }] as const;
  await answerMemory(open(), "one").keep("question", answer);
  expect(await answerMemory(open(), "one").recall("question")).toEqual(answer);
  expect(await answerMemory(open(), "one").recall("another question")).toBeUndefined();
  expect(await answerMemory(open(), "two").recall("question")).toBeUndefined();
});

const HEAD = "a".repeat(40);
function history(shallow: boolean, length = 3) {
  const asked: string[] = [];
  const changes = Array.from({ length }, (_, n): PastChange => ({ id: String(n), message: `change ${n}`, files: [{ path: "a.ts", added: n, deleted: 0 }] }));
  const pastChanges: Repository["pastChanges"] = (at) => {
    asked.push(at);
    return Promise.resolve(changes);
  };
  return { asked, repository: rememberHistory({ shallow, pastChanges }, open()) };
}

test("the changes before a commit are counted once, and told the same again", async () => {
  const first = history(false);
  const told = await first.repository.pastChanges(HEAD, 3);
  const second = history(false);
  expect(await second.repository.pastChanges(HEAD, 3)).toEqual(told);
  expect([first.asked, second.asked]).toEqual([[HEAD], []]);
  await second.repository.pastChanges(HEAD, 2);
  await second.repository.pastChanges("b".repeat(40), 3);
  expect(second.asked).toHaveLength(2);
});

test.each([
  ["a shallow clone may get deeper", true, HEAD, 3],
  ["a branch moves", false, "main", 3],
  ["less came than was asked for: blobs may be missing", false, HEAD, 4],
])("nothing is kept where it could change: %s", async (_, shallow, at, count) => {
  const { repository, asked } = history(shallow);
  await repository.pastChanges(at, count);
  await repository.pastChanges(at, count);
  expect(asked).toEqual([at, at]);
});
