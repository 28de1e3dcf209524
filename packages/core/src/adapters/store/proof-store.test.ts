import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { proofStore } from "./proof-store.ts";

let folder: string;
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), "proof-store-")), "proofs");
});
afterEach(() => rmSync(join(folder, ".."), { recursive: true, force: true }));

const nameOf = (text: string): string => createHash("sha256").update(text).digest("hex");
const keep = (text: string, signed?: string): Promise<void> => proofStore({ folder }).keep(nameOf(text), text, signed);

it("finds a record by its first digits, and none where two have them or nobody has", async () => {
  await keep("one");
  expect(await proofStore({ folder }).find(nameOf("one").slice(0, 8))).toEqual({ text: "one", hex: nameOf("one") });
  expect(await proofStore({ folder }).find("0".repeat(64))).toBeUndefined();
  writeFileSync(join(folder, `${nameOf("one").slice(0, 8)}${"0".repeat(56)}.json`), "other");
  expect(await proofStore({ folder }).find(nameOf("one").slice(0, 8))).toBeUndefined();
});

it("keeps the 200 youngest with their signatures, and clears what a killed process left", async () => {
  mkdirSync(folder, { recursive: true });
  const old = Array.from({ length: 210 }, (_, at) => nameOf(`old ${at}`));
  for (const [at, name] of old.entries()) {
    for (const end of [".json", ".jsonl"]) {
      writeFileSync(join(folder, name + end), "old");
      utimesSync(join(folder, name + end), 1000 + at, 1000 + at);
    }
  }
  const half = join(folder, `${nameOf("half")}.json.123-abc`);
  writeFileSync(half, "ha");
  utimesSync(half, 1000, 1000);
  writeFileSync(join(folder, "notes.txt"), "somebody's own");
  await keep("new", "signed");
  const names = readdirSync(folder);
  expect(names.filter((name) => name.endsWith(".json"))).toHaveLength(200);
  expect(names.filter((name) => name.endsWith(".jsonl"))).toHaveLength(200);
  expect(names).toEqual(expect.arrayContaining([`${nameOf("new")}.json`, `${nameOf("new")}.jsonl`, "notes.txt"]));
  expect(names).not.toContain(`${old[0]}.json`);
  expect(names).not.toContain(`${nameOf("half")}.json.123-abc`);
});

it("mends a record somebody wrote into, and lets many write at once", async () => {
  await keep("one");
  writeFileSync(join(folder, `${nameOf("one")}.json`), "two");
  await Promise.all(Array.from({ length: 20 }, () => keep("one")));
  expect(await proofStore({ folder }).find(nameOf("one"))).toEqual({ text: "one", hex: nameOf("one") });
  expect(readdirSync(folder)).toEqual([`${nameOf("one")}.json`]);
});
