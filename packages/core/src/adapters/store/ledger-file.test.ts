import { appendFileSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ledgerFile } from "./ledger-file.ts";

const AT = "2026-01-01T00:00:00.000Z";
const floor = (commit: string) => ({ kind: "floor", surface: "checkout", commit, lines: 90 }) as const;
const folder = (): string => mkdtempSync(join(tmpdir(), "proofline-ledger-"));

test("an empty ledger has no records and no problems", async () => {
  expect(await ledgerFile(folder()).read()).toMatchObject({ records: [], problems: [] });
});

test("what was appended is read back as one unbroken chain, also from several writers at once", async () => {
  const dir = folder();
  await Promise.all(Array.from({ length: 8 }, (_, n) => ledgerFile(dir).append([floor(`c${n}`)], AT)));
  const { records, problems } = await ledgerFile(dir).read();
  expect(problems).toEqual([]);
  expect(records.map((record) => record.sequence)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
});

test("a line torn by a kill is cut off before the next is written, and nothing acknowledged is lost", async () => {
  const dir = folder();
  await ledgerFile(dir).append([floor("a")], AT);
  appendFileSync(join(dir, "ledger.jsonl"), '{"schema":"proofline/ledger/1","seq');
  await ledgerFile(dir).append([floor("b")], AT);
  const { records, problems, torn } = await ledgerFile(dir).read();
  expect({ count: records.length, problems, torn }).toEqual({ count: 2, problems: [], torn: "" });
});

test("the lock of a dead process is taken over", async () => {
  const dir = folder();
  await ledgerFile(dir).append([floor("a")], AT);
  writeFileSync(join(dir, "ledger.jsonl.lock"), "999999999");
  await ledgerFile(dir).append([floor("b")], AT);
  expect((await ledgerFile(dir).read()).records).toHaveLength(2);
});

test("an edited record is named", async () => {
  const dir = folder();
  await ledgerFile(dir).append([floor("a"), floor("b")], AT);
  const file = join(dir, "ledger.jsonl");
  writeFileSync(file, readFileSync(file, "utf8").replace('"lines":90', '"lines":10'));
  expect((await ledgerFile(dir).read()).problems[0]).toMatchObject({ line: 1 });
});

test("keeps itself out of Git", async () => {
  const dir = folder();
  await ledgerFile(dir).append([floor("a")], AT);
  expect(readFileSync(join(dir, ".gitignore"), "utf8")).toBe("*\n");
});

test("what another process appended between reading and appending is chained to, not overwritten", async () => {
  const dir = folder();
  const [mine, theirs] = [ledgerFile(dir), ledgerFile(dir)];
  await mine.append([floor("a")], AT);
  await mine.read();
  await theirs.append([floor("b")], AT);
  await mine.append([floor("c")], AT);
  await mine.append([floor("d")], AT);
  const { records, problems } = await mine.read();
  expect(problems).toEqual([]);
  expect(records.map((record) => record.sequence)).toEqual([1, 2, 3, 4]);
});
