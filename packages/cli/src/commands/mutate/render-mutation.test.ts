import { expect, test } from "vitest";
import type { MutationReport } from "@proofline/core/operations";
import { makePaint } from "../../render/paint.ts";
import { renderMutation } from "./render-mutation.ts";

const report = (more: Partial<MutationReport> = {}): MutationReport => ({
  schema: "proofline/mutation/1",
  base: "a".repeat(40),
  head: "b".repeat(40),
  headKind: "commit",
  complete: true,
  counts: { killed: 7, survived: 1, uncovered: 0, unknown: 0, "left-out": 0 },
  survivors: [{ file: "src/fee.ts", line: 2, endLine: 2, says: ">= became >", diff: ["- if (n >= 3) return 0;", "+ if (n > 3) return 0;"], reaching: 1, nearest: { file: "test/fee.test.ts", title: "takes none" }, alike: 0 }],
  unreached: [],
  mutants: [{ file: "src/fee.ts", line: 2, endLine: 2, column: 7, before: "n >= 3", after: "n > 3", says: ">= became >", fate: "survived" }],
  notes: [],
  isolation: "own clone",
  tookMs: 5_200,
  ...more,
});
const text = (more: Partial<MutationReport> = {}, width = 80): string => renderMutation(report(more), makePaint(false), width);

test("says the fault, its diff and the test to extend", () => {
  expect(text()).toBe(`proofline mutate   bbbbbbb against aaaaaaa

On 1 changed line a fault goes unnoticed (7 of 8 faults are noticed).

 src/fee.ts:2  nobody noticed when >= became >
     - if (n >= 3) return 0;
     + if (n > 3) return 0;
     one test reaches it: test/fee.test.ts: takes none

 Faults   7 noticed · 1 unnoticed
 Runs     in 5.2 s; own clone`);
});

test("no line is wider than the terminal, and nothing of the repository drives it", () => {
  const [one] = report().survivors;
  const survivors = one ? [{ ...one, file: `src/${"deep/".repeat(20)}a.ts`, says: "“\u001b[31mred” ".repeat(20), diff: [`- ${"x".repeat(300)}`, "+ \u001b]0;title\u0007"] }] : [];
  const lines = text({ survivors, notes: ["word ".repeat(60)] }, 60).split("\n");
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(60);
  expect(lines.join("")).not.toContain("\u001b");
});

test.each([
  [{ survivors: [], counts: { killed: 3, survived: 0, uncovered: 0, unknown: 0, "left-out": 0 } }, "No fault on the changed lines goes unnoticed: 3 noticed."],
  [{ survivors: [], counts: { killed: 5, survived: 0, uncovered: 0, unknown: 3, "left-out": 0 } }, "No fault on the changed lines goes unnoticed: 5 noticed, 3 could not be judged."],
  [{ survivors: [], counts: { killed: 5, survived: 0, uncovered: 7, unknown: 1, "left-out": 0 } }, "Every fault that a test reaches is noticed (5); no test reaches 7 more, 1 could"],
  [{ survivors: [], mutants: [], because: "the change brings no code that can be broken" }, "The change brings no code that can be broken."],
  [{ survivors: [], counts: { killed: 0, survived: 0, uncovered: 2, unknown: 0, "left-out": 0 } }, "No test was seen to reach the changed lines"],
  [{ survivors: [], complete: false, because: "mocha is not installed", counts: { killed: 0, survived: 0, uncovered: 0, unknown: 2, "left-out": 0 } }, "No fault could be tried: mocha is not installed."],
])("without a survivor it says what that means (%#)", (more, says) => expect(text(more as Partial<MutationReport>)).toContain(says));

test("what the headline says is not said again as a reason", () => {
  const because = "mutants are not tried with uvu";
  const [mutant] = report().mutants;
  const unknown = mutant ? [{ ...mutant, fate: "unknown" as const, because }] : [];
  const said = text({ survivors: [], complete: false, because, mutants: unknown, counts: { killed: 0, survived: 0, uncovered: 0, unknown: 1, "left-out": 0 } });
  expect(said.toLowerCase().split("mutants are not tried with uvu")).toHaveLength(2);
});

test("where a line has more faults than the one shown, it says how to see them", () => {
  const [one] = report().survivors;
  const shown = text({ survivors: one ? [{ ...one, alike: 9 }] : [] });
  expect(shown.replace(/\s+/g, " ")).toContain("9 more faults on this line go unnoticed too");
  expect(shown).toContain("\n More     --format json lists every fault of a line");
  expect(text()).not.toContain(" More ");
});
