import { expect, test } from "vitest";
import type { CoverageReport, SurfaceCoverage } from "@proofline/core/operations";
import { makePaint } from "../../render/paint.ts";
import { renderCoverage } from "./render-coverage.ts";

const surface = (more: Partial<SurfaceCoverage> = {}): SurfaceCoverage => ({ name: "payments", files: 2, seen: 2, declared: true, covered: { lines: 78.5, branches: 50, of: { lines: 14, branches: 10 } }, layers: [], trend: [], ...more });
const report = (more: Partial<CoverageReport> = {}): CoverageReport => ({
  schema: "proofline/coverage/1",
  head: "b".repeat(40),
  headKind: "commit",
  sources: [{ origin: "lcov.info", source: "reported", files: 2 }],
  surfaces: [surface()],
  weakest: [],
  measuredTests: 0,
  ofChanges: 40,
  recorded: false,
  notes: [],
  ...more,
});
const text = (more: Partial<CoverageReport> = {}, width = 80): string => renderCoverage(report(more), makePaint(false), width);

test.each([
  [{ surfaces: [surface({ floor: { lines: 80 }, answer: "broken" })] }, "payments: below the floor."],
  [{ surfaces: [surface({ floor: { lines: 70 }, answer: "holds" })] }, "Every surface holds its floor."],
  [{ surfaces: [surface({ floor: { lines: 70 }, answer: "holds" }), surface({ name: "cart" })] }, "1 surface of 2 holds its floor."],
  [{ surfaces: [surface({ floor: { branches: 70 }, answer: "unknown" })] }, "payments: a floor is set, and nothing was measured to hold against it."],
  [{}, "No surface has a floor."],
  [{ surfaces: [] }, "There is no source here whose coverage could be told."],
  [{ surfaces: [surface({ name: "all sources", declared: false })] }, "No surface is declared, and no area here is of high risk."],
  [{ sources: [] }, "Nothing was measured: 1 surface to look at, and no report of lines."],
] as const)("the first sentence is the answer (%#)", (more, says) => expect(text(more as Partial<CoverageReport>).replace(/\n/g, " ")).toContain(says));

test("a floor says where it comes from, a place says why", () => {
  const said = text({
    surfaces: [surface({ floor: { lines: 81, configured: { lines: 70 }, recorded: { lines: 81 } }, answer: "broken", layers: [{ layer: "unit", tests: 3 }, { layer: "e2e", covered: { lines: 20 } }], trend: [{ at: "2026-11-01T00:00:00Z", commit: "c", covered: { lines: 81 } }] })],
    weakest: [{ file: "src/pay.ts", name: "refund", line: 4, missedLines: 0, lines: 14, missedBranches: 3, branches: 3, changes: 9, risk: "high", area: "money" }, { file: "src/new.ts", missedLines: 12, lines: 12, missedBranches: 0, branches: 0, changes: 0, risk: "low", unseen: true }],
  });
  expect(said).toContain("78.5 %   floor 81 %, recorded (was 70 %)");
  expect(said).toContain("  proved by unit (3 test files) · e2e (20 % of lines)\n  trend 81 → 78.5 % of lines: −2.5 since the last value");
  expect(said.replace(/\n +/g, " ")).toContain("1  src/pay.ts:4  refund() every line runs · no branch taken · its file changed in 9 of the last 40 changes · money, high risk");
  expect(said).toContain(" 2  src/new.ts\n    no report mentions it: about 12 lines that no test loads");
});

test("no line is wider than the terminal, and nothing of the repository drives it", () => {
  const lines = text({ surfaces: [surface({ name: `\u001b[31m${"deep ".repeat(30)}` })], weakest: [{ file: `src/${"deep/".repeat(30)}a.ts`, name: "\u001b]0;x\u0007", line: 1, missedLines: 2, lines: 2, missedBranches: 0, branches: 0, changes: 0, risk: "low" }], notes: ["word ".repeat(60)] }, 60).split("\n");
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(60);
  expect(lines.join("")).not.toContain("\u001b");
});
