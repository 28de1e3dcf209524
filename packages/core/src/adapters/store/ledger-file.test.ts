import { appendFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { chainEntries, EMPTY_TAIL, keepWhatDecides, ledgerNotes, readLedger } from "#ledger";
import { ledgerFile } from "./ledger-file.ts";

const AT = "2026-01-01T00:00:00.000Z";
const floor = (commit: string) => ({ kind: "floor", surface: "checkout", commit, lines: 90 }) as const;
const folders: string[] = [];
const folder = (): string => {
  const made = mkdtempSync(join(tmpdir(), "proofline-ledger-"));
  folders.push(made);
  return made;
};
afterAll(() => {
  for (const made of folders) rmSync(made, { recursive: true, force: true });
});

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

test("a line torn by a kill is said, set aside before the next is written, and nothing acknowledged is lost", async () => {
  const dir = folder();
  await ledgerFile(dir).append([floor("a")], AT);
  appendFileSync(join(dir, "ledger.jsonl"), '{"schema":"proofline/ledger/1","seq');
  expect(ledgerNotes(await ledgerFile(dir).read())).toEqual([expect.stringContaining("ledger.torn")]);
  await ledgerFile(dir).append([floor("b")], AT);
  expect(readFileSync(join(dir, "ledger.torn"), "utf8")).toBe('{"schema":"proofline/ledger/1","seq\n');
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

test("a line that is just being written is not called torn", async () => {
  const dir = folder();
  await ledgerFile(dir).append([floor("a")], AT);
  appendFileSync(join(dir, "ledger.jsonl"), '{"half');
  writeFileSync(join(dir, "ledger.jsonl.lock"), `${process.pid} another`);
  expect(ledgerNotes(await ledgerFile(dir).read())).toEqual([]);
});

test("a lock that names nobody is waited for a second, not five, and then taken over", async () => {
  const dir = folder();
  await ledgerFile(dir).append([floor("a")], AT);
  const lock = join(dir, "ledger.jsonl.lock");
  writeFileSync(lock, "");
  utimesSync(lock, new Date(Date.now() - 1_500), new Date(Date.now() - 1_500));
  await ledgerFile(dir).append([floor("b")], AT);
  expect((await ledgerFile(dir).read()).records).toHaveLength(2);
  expect(readdirSync(dir).sort()).toEqual([".gitignore", "ledger.jsonl"]);
});

test("the lock of a living process is respected", async () => {
  const dir = folder();
  await ledgerFile(dir).append([floor("a")], AT);
  const lock = join(dir, "ledger.jsonl.lock");
  writeFileSync(lock, String(process.pid));
  const waiting = ledgerFile(dir).append([floor("b")], AT);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect((await ledgerFile(dir).read()).records).toHaveLength(1);
  rmSync(lock);
  await waiting;
  expect((await ledgerFile(dir).read()).records).toHaveLength(2);
});

test("many processes that find a dead owner's lock at once still write one chain", async () => {
  const dir = folder();
  await ledgerFile(dir).append([floor("start")], AT);
  writeFileSync(join(dir, "ledger.jsonl.lock"), "999999999");
  await Promise.all(Array.from({ length: 12 }, (_, n) => ledgerFile(dir).append([floor(`c${n}`)], AT)));
  const { records, problems } = await ledgerFile(dir).readWhole!();
  expect([records.length, problems]).toEqual([13, []]);
});

/** A ledger long enough for an index, with the index made. */
async function longLedger(): Promise<{ readonly dir: string; readonly file: string; readonly index: string }> {
  const dir = folder();
  const many = Array.from({ length: 1_200 }, (_, n) => floor(`c${n}`));
  writeFileSync(join(dir, "ledger.jsonl"), chainEntries(EMPTY_TAIL, many, AT).lines);
  await ledgerFile(dir).append([floor("made the index")], AT);
  const index = join(dir, "ledger.index.json");
  expect(existsSync(index)).toBe(true);
  return { dir, file: join(dir, "ledger.jsonl"), index };
}

test("with an index the reading is the same as without, and only what came since is read", async () => {
  const { dir, file, index } = await longLedger();
  await ledgerFile(dir).append([floor("later")], AT);
  const indexed = await ledgerFile(dir).read();
  const whole = readLedger(readFileSync(file, "utf8"));
  expect(indexed.records).toEqual(keepWhatDecides(whole.records));
  expect([indexed.tail, indexed.problems, indexed.torn]).toEqual([whole.tail, [], ""]);
  // What lies before the index is not looked at again: damage there is found by reading it whole.
  const text = readFileSync(file, "utf8");
  writeFileSync(file, text.replace('"commit":"c5"', '"commit":"c6"'));
  expect((await ledgerFile(dir).read()).problems).toEqual([]);
  expect((await ledgerFile(dir).readWhole!()).problems.map((problem) => problem.line)).toEqual([6, 7]);
  expect(statSync(index).mode & 0o077).toBe(0);
});

test.each([
  ["cut to nothing", (index: string) => writeFileSync(index, "")],
  ["not JSON", (index: string) => writeFileSync(index, "{")],
  ["of another shape", (index: string) => writeFileSync(index, '{"schema":"proofline/ledger-index/2"}')],
  ["gone", (index: string) => rmSync(index)],
])("an index that is %s costs time and nothing else", async (_, spoil) => {
  const { dir, index } = await longLedger();
  const before = await ledgerFile(dir).read();
  spoil(index);
  expect(await ledgerFile(dir).read()).toMatchObject({ tail: before.tail, problems: [] });
  await ledgerFile(dir).append([floor("goes on")], AT);
  expect((await ledgerFile(dir).readWhole!()).problems).toEqual([]);
});

test("an index of another ledger, or of one that was cut since, is not believed", async () => {
  const { dir, file } = await longLedger();
  const lines = readFileSync(file, "utf8").split("\n");
  writeFileSync(file, `${lines.slice(0, 100).join("\n")}\n`);
  expect((await ledgerFile(dir).read()).tail.sequence).toBe(100);
  const others = Array.from({ length: 1_300 }, (_, n) => floor(`other${n}`));
  writeFileSync(file, chainEntries(EMPTY_TAIL, others, AT).lines);
  expect((await ledgerFile(dir).read()).tail.sequence).toBe(1_300);
});
