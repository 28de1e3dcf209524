import { expect, test } from "vitest";
import type { Coverage, FileCoverage } from "../evidence.ts";
import { measureCoverage, percentOf } from "./measure-coverage.ts";
import { weakPlaces, type FileStanding } from "./weak-places.ts";

const file = (path: string, lines: readonly (readonly [number, number])[], branches: FileCoverage["branches"] = []): FileCoverage => ({ path, lines: new Map(lines), branches });
const report = (...files: readonly FileCoverage[]): Coverage => ({ kind: "coverage", format: "lcov", source: "reported", subject: "x", digest: "sha256:0", origin: "lcov.info", files: new Map(files.map((one) => [one.path, one])) });
const standing = (more: Partial<FileStanding> = {}): FileStanding => ({ changes: 0, risk: "low", functions: [{ name: "one", line: 1, endLine: 4 }, { name: "two", line: 6, endLine: 9 }], lines: 9, ...more }); // prettier-ignore

test("reports add up, files outside of the surface do not count, and a share is never rounded up to everything", () => {
  const reports = [report(file("a.ts", [[1, 1], [2, 0]], [{ line: 1, arm: "0:0", taken: 1 }, { line: 1, arm: "0:1" }]), file("b.ts", [[1, 0]])), report(file("a.ts", [[2, 3]]))]; // prettier-ignore
  expect(measureCoverage((path) => path === "a.ts", reports)).toEqual({ lines: { met: 2, of: 2 }, branches: { met: 1, of: 2 } });
  expect(measureCoverage((path) => path === "c.ts", reports)).toBeUndefined();
  expect(percentOf({ met: 9999, of: 10_000 })).toBe(99.9);
});

test("missed lines and branches count for the innermost function; what is risky and changes often comes first", () => {
  const missed = file("a.ts", [[2, 1], [3, 0], [7, 0], [8, 0]], [{ line: 3, arm: "0:0" }]); // prettier-ignore
  const places = weakPlaces(new Map([["a.ts", standing()]]), [report(missed)]);
  expect(places.map(({ name, missedLines, lines, missedBranches }) => [name, missedLines, lines, missedBranches])).toEqual([["one", 1, 2, 1], ["two", 2, 2, 0]]); // prettier-ignore
  const files = new Map([["a.ts", standing()], ["b.ts", standing({ risk: "high" })], ["c.ts", standing({ changes: 60 })]]); // prettier-ignore
  const same = ["a.ts", "b.ts", "c.ts"].map((path) => file(path, [[2, 0]]));
  expect(weakPlaces(files, [report(...same)]).map((place) => place.file)).toEqual(["c.ts", "b.ts", "a.ts"]);
});

test("a file that no report mentions is weak as a whole; one that is all covered is no place at all", () => {
  const files = new Map([["a.ts", standing()], ["b.ts", standing()]]); // prettier-ignore
  expect(weakPlaces(files, [report(file("a.ts", [[2, 1]]))])).toEqual([{ file: "b.ts", missedLines: 9, lines: 9, missedBranches: 0, branches: 0, unseen: true, changes: 0, risk: "low" }]);
});
