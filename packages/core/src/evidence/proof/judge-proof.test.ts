import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ChangeType } from "#change";
import { judgeProof } from "./judge-proof.ts";
import type { ProofOutcome, ProofTest, SideOutcome, WhyRed } from "./proof.ts";

const test = (head: SideOutcome, base: SideOutcome, why?: WhyRed, name = "rounds"): ProofTest => ({
  id: { file: "test/price.test.ts", suite: ["price"], name },
  head,
  base,
  ...(why && { why, failure: { kind: "unknown", message: "expected 1 to be 2" } }),
});
const judge = (type: ChangeType, tests: readonly ProofTest[], aboutHang = false) => judgeProof({ type, tests, aboutHang });

/** The table of the design, section 3.7, row by row. */
const TABLE: readonly (readonly [string, readonly ProofTest[], Readonly<Record<ChangeType, ProofOutcome>>])[] = [
  ["red by an expectation", [test("green", "red", "assertion")], { fix: "proven", feature: "proven", refactor: "refuted", docs: "not owed", chore: "not owed" }],
  ["red because the tested code threw", [test("green", "red", "expected-error")], { fix: "proven", feature: "proven", refactor: "refuted", docs: "not owed", chore: "not owed" }],
  ["red for what the change adds", [test("green", "red", "absent-before")], { fix: "not proven", feature: "proven", refactor: "not owed", docs: "not owed", chore: "not owed" }],
  ["red by a load error", [test("green", "red", "load-error")], { fix: "not proven", feature: "not proven", refactor: "not owed", docs: "not owed", chore: "not owed" }],
  ["red for a missing package", [test("green", "red", "missing-package")], { fix: "not proven", feature: "not proven", refactor: "not owed", docs: "not owed", chore: "not owed" }],
  ["red for the surroundings", [test("green", "red", "environment")], { fix: "not proven", feature: "not proven", refactor: "not owed", docs: "not owed", chore: "not owed" }],
  ["not collected", [test("green", "absent", "nothing-collected")], { fix: "not proven", feature: "not proven", refactor: "not owed", docs: "not owed", chore: "not owed" }],
  ["red by a timeout", [test("green", "red", "timeout")], { fix: "not proven", feature: "not proven", refactor: "not owed", docs: "not owed", chore: "not owed" }],
  ["all green", [test("green", "green")], { fix: "refuted", feature: "not proven", refactor: "not owed", docs: "not owed", chore: "not owed" }],
];

describe("what the changed tests on the code before a change say", () => {
  for (const [row, tests, outcomes] of TABLE) {
    it.each(Object.entries(outcomes) as [ChangeType, ProofOutcome][])(`${row}: a %s is %s`, (type, outcome) => {
      expect(judge(type, tests).outcome).toBe(outcome);
    });
  }

  it("takes one proving test among others that only describe what was there", () => {
    const judged = judge("fix", [test("green", "green"), test("green", "red", "assertion", "half up"), test("green", "red", "missing-package", "other")]);
    expect(judged.outcome).toBe("proven");
    expect(judged.because).toBe("“price › half up” is red without the change and green with it");
    expect(judged.deciding.map((one) => one.id.name)).toEqual(["half up"]);
  });

  it("calls a feature that is only absent before a weak proof", () => {
    expect(judge("feature", [test("green", "red", "absent-before")])).toMatchObject({ outcome: "proven", weak: "absent-before" });
  });

  it("counts a timeout where the change says it is about a hang", () => {
    expect(judge("fix", [test("green", "red", "timeout")], true).outcome).toBe("proven");
  });

  it.each([
    ["red", [test("red", "red", "assertion", "other")], "“price › other” is red on the head"],
    ["unstable", [test("unstable", "green", undefined, "other")], "“price › other” passes and fails on the same code"],
    ["new and skipped", [test("skipped", "skipped", undefined, "new")], "“price › new” comes with the change and is skipped here"],
  ] as const)("refutes no fix one of whose tests is %s on the head", (_, more, said) => {
    const judged = judgeProof({ type: "fix", tests: [test("green", "green"), ...more], aboutHang: false, brings: (id) => id.name === "new" });
    expect(judged.outcome).toBe("not proven");
    expect(judged.because).toContain(said);
    expect(judgeProof({ type: "fix", tests: [test("green", "green"), test("skipped", "skipped", undefined, "old")], aboutHang: false, brings: (id) => id.name === "new" }).outcome).toBe("refuted");
  });

  it("says a name in one line, and a long one by its start", () => {
    const { because } = judge("fix", [test("green", "red", "assertion", `a\n\tb ${"x".repeat(5000)}`)]);
    expect(because).toMatch(/^“price › a b x+…” is red/);
    expect(because.length).toBeLessThan(300);
  });

  it.each([
    ["red on the head", [test("red", "red", "assertion")], "is red on the head"],
    ["skipped on the head", [test("skipped", "skipped")], "the only test is skipped"],
    ["unstable on the head", [test("unstable", "red", "assertion")], "passes and fails on the same code"],
    ["nothing collected", [], "no test was collected on the head"],
  ])("proves nothing with a test that is %s", (_, tests, said) => {
    const judged = judge("fix", tests);
    expect(judged.outcome).toBe("not proven");
    expect(judged.because).toContain(said);
  });

  it("lets an unstable test decide nothing, in either direction", () => {
    expect(judge("fix", [test("green", "unstable"), test("green", "green")]).outcome).toBe("not proven");
  });

  it("says that tests are skipped when it refutes", () => {
    expect(judge("fix", [test("green", "green"), test("skipped", "skipped", undefined, "dates")]).because).toContain("and one is skipped");
  });

  const sides = fc.constantFrom<SideOutcome>("green", "red", "unstable", "skipped", "absent");
  const whys = fc.constantFrom<WhyRed>("assertion", "expected-error", "absent-before", "load-error", "missing-package", "environment", "timeout", "crash", "nothing-collected", "unknown");
  const anyTest = fc.record({ head: sides, base: sides, why: whys, name: fc.string() }).map(({ head, base, why, name }) => (base === "red" || base === "absent" ? test(head, base, why, name) : test(head, base, undefined, name)));
  const types = fc.constantFrom<ChangeType>("fix", "feature", "refactor", "docs", "chore");

  it("is proven only by a test that is green on the head and red without the change, for a reason that counts", () => {
    fc.assert(
      fc.property(types, fc.array(anyTest), fc.boolean(), (type, tests, hang) => {
        const { outcome, deciding } = judge(type, tests, hang);
        if (outcome !== "proven") return;
        expect(deciding.length).toBeGreaterThan(0);
        for (const one of deciding) expect([one.head, one.base]).toEqual(["green", "red"]);
        const counts = ["assertion", "expected-error", ...(hang ? ["timeout"] : []), ...(type === "feature" ? ["absent-before"] : [])];
        for (const one of deciding) expect(counts).toContain(one.why);
      }),
    );
  });

  it("does not depend on the order of the tests", () => {
    fc.assert(fc.property(types, fc.array(anyTest), (type, tests) => judge(type, tests).outcome === judge(type, tests.toReversed()).outcome));
  });

  it("stays proven whatever other tests are added to a fix", () => {
    fc.assert(fc.property(fc.array(anyTest), (others) => judge("fix", [...others, test("green", "red", "assertion")]).outcome === "proven"));
  });
});
