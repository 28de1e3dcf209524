import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Mutant } from "#change";
import type { Trial } from "./confirmation.ts";
import { ENOUGH, judgeStrength, judgeVacuous } from "./judge-strength.ts";

const mutant = (kind: Mutant["kind"] = "comparison"): Mutant => ({ file: "src/a.ts", line: 12, endLine: 12, start: 0, end: 2, before: ">=", after: ">", kind, unit: "a", says: ">= became > in src/a.ts:12" });
const trial = (more: Partial<Trial> = {}): Trial => ({ mutant: mutant(), caughtBefore: true, bends: true, now: { edited: true, others: false }, ...more });
const lost = (others: boolean, repeated = true): Trial => trial({ now: { edited: false, others }, repeated });
const kept = (count: number, more: Partial<Trial> = {}): Trial[] => Array.from({ length: count }, () => trial(more));

describe("an edited test", () => {
  test("one reproducible fault that no test notices is a loss, and the sentence names it", () => {
    const judged = judgeStrength([...kept(9), lost(false)], "edited");
    expect(judged).toMatchObject({ fact: "weaker", caughtBefore: 10, caughtNow: 9 });
    expect(judged.because).toBe("Run to see: when >= became > in src/a.ts:12, the old test turned red, and now no test does");
  });
  test("so is one that only others notice", () => expect(judgeStrength([...kept(9), lost(true)], "edited")).toMatchObject({ fact: "weaker", because: expect.stringContaining("(others still do)") as string }));
  test("a loss that was not seen twice decides nothing", () => expect(judgeStrength([...kept(9), lost(false, false)], "edited").fact).toBe("undecided"));
  test("it is as strong when enough faults are still caught", () => expect(judgeStrength(kept(ENOUGH), "edited").fact).toBe("as-strong"));
  test("and not when too few are", () => expect(judgeStrength(kept(ENOUGH - 1), "edited").fact).toBe("undecided"));
  test("faults caught elsewhere in the test do not clear the place that was edited", () => expect(judgeStrength(kept(20, { atEdit: false }), "edited").fact).toBe("undecided"));
  test.each(["throws", "gone"] as const)("nor do faults of kind %s, which anything notices", (kind) => expect(judgeStrength(kept(20, { mutant: mutant(kind) }), "edited").fact).toBe("undecided"));
  test("nor do faults that break what it looks at altogether, when none bends it", () => {
    expect(judgeStrength(kept(20, { bends: false }), "edited")).toMatchObject({ fact: "undecided", because: expect.stringContaining("none of them bent") as string });
    expect(judgeStrength([...kept(20, { bends: false }), trial()], "edited").fact).toBe("as-strong");
  });
  test("what was not answered does not count", () => {
    const { now: _, ...unanswered } = trial();
    expect(judgeStrength([...kept(ENOUGH - 1), unanswered], "edited").fact).toBe("undecided");
  });
  test("without code to break nothing is said", () => expect(judgeStrength([], "edited").because).toContain("no code was found"));
});

describe("a test that is gone", () => {
  test("others may take its place", () => expect(judgeStrength(kept(ENOUGH, { now: { edited: false, others: true } }), "gone").fact).toBe("as-strong"));
  test("but few faults do not show it", () => expect(judgeStrength(kept(ENOUGH - 1, { now: { edited: false, others: true } }), "gone").fact).toBe("undecided"));
  test("a fault nobody notices is a loss", () => expect(judgeStrength([...kept(9, { now: { edited: false, others: true } }), lost(false)], "gone").fact).toBe("weaker"));
});

const anyTrial: fc.Arbitrary<Trial> = fc.record({ mutant: fc.constantFrom(mutant(), mutant("throws")), caughtBefore: fc.boolean(), now: fc.record({ edited: fc.boolean(), others: fc.boolean() }), repeated: fc.boolean() });

test("a loss is never outweighed, and never comes from faults the old test did not catch", () => {
  fc.assert(
    fc.property(fc.array(anyTrial, { maxLength: 30 }), fc.constantFrom("edited" as const, "gone" as const), (trials, fate) => {
      const { fact } = judgeStrength(trials, fate);
      expect(judgeStrength([...trials, lost(false)], fate).fact).toBe("weaker");
      expect(judgeStrength([...trials, trial({ caughtBefore: false, now: { edited: false, others: false }, repeated: true })], fate).fact).toBe(fact);
    }),
  );
});

describe("a test that may not be able to fail", () => {
  const green = (count: number): Trial[] => Array.from({ length: count }, () => ({ mutant: mutant(), caughtBefore: false }));
  test("red by an assertion: it can", () => expect(judgeVacuous([...green(6), trial({ byAssertion: true })]).fact).toBe("can-fail"));
  test("green throughout: it can't", () => expect(judgeVacuous(green(6))).toMatchObject({ fact: "cannot-fail", because: "Run to see: it stayed green through all 6 faults put into the code round it" }));
  test("red by an error only: it checks nothing", () => expect(judgeVacuous([...green(5), trial({ byAssertion: false })])).toMatchObject({ fact: "cannot-fail", because: expect.stringContaining("only an error") as string }));
  test("too few faults say nothing", () => expect(judgeVacuous(green(2)).fact).toBe("undecided"));
});
