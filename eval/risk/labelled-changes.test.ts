import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { LabelledCommit } from "./label-clone.ts";
import { readPacked, toChanges, writePacked } from "./labelled-changes.ts";
import { REPOSITORIES } from "./repositories.ts";

const DAY = 86_400;
const commit = (id: string, day: number, inducing = false): LabelledCommit => ({
  id,
  parent: "p",
  time: day * DAY,
  message: "m",
  inducing,
  files: [{ path: "src/a.ts", added: day, deleted: 1 }],
});

it("leaves out commits too young to have a fair label, and those that change no file", () => {
  const changes = toChanges([commit("old", 1, true), { ...commit("bare", 2), files: [] }, commit("young", 400), commit("newest", 500)]);
  expect(changes.map((change) => [change.id, change.inducing])).toEqual([["old", true]]);
});

it("reads back what it packed", () => {
  const folder = mkdtempSync(join(tmpdir(), "proofline-labels-"));
  const changes = toChanges([commit("a", 1, true), commit("b", 2), commit("c", 900)]);
  writePacked(join(folder, "x.csv.gz"), changes);
  expect(readPacked(join(folder, "x.csv.gz"))).toEqual(changes);
  rmSync(folder, { recursive: true });
});

it("keeps the splits apart", () => {
  expect(new Set(REPOSITORIES.map((repository) => repository.name)).size).toBe(REPOSITORIES.length);
  expect(REPOSITORIES.filter((repository) => repository.split === "test").length).toBeGreaterThanOrEqual(4);
});
