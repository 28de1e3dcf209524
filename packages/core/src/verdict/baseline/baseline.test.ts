import fc from "fast-check";
import { expect, test } from "vitest";
import type { CheckId, Finding } from "#kernel";
import { baselineFrom as baselineOn, diffBaseline, isDebt, EMPTY_BASELINE, parseBaseline, renderBaseline, shrinkBaseline } from "./baseline.ts";

const DAY = "2026-11-21";
const baselineFrom = (findings: readonly Finding[]) => baselineOn(findings, DAY);
const fingerprint = fc.string({ unit: fc.constantFrom(..."0123456789abcdef"), minLength: 64, maxLength: 64 });
const finding = fc
  .record({
    fingerprint,
    check: fc.constantFrom<CheckId>("tests/failing", "security/secret"),
    because: fc.string(),
    file: fc.option(fc.string({ minLength: 1 }), { nil: undefined }),
  })
  .map(({ file, ...rest }): Finding => ({
    ...rest,
    answer: "broken",
    effect: "block",
    mode: "enforce",
    subject: "s",
    places: file === undefined ? [] : [{ file }],
  }));
const findings = fc.uniqueArray(finding, { selector: (one) => one.fingerprint, maxLength: 6 });

test("what is rendered is read back, and does not depend on the order of findings", async () => {
  await fc.assert(
    fc.asyncProperty(findings, async (all) => {
      const text = renderBaseline(baselineFrom(all));
      expect((await parseBaseline(text)).entries).toEqual(new Map([...baselineFrom(all).entries]));
      expect(renderBaseline(baselineFrom(all.toReversed()))).toBe(text);
    }),
  );
});

test("it only shrinks: what is gone leaves, nothing comes in, and checks that did not look keep theirs", () => {
  fc.assert(
    fc.property(findings, findings, fc.array(fc.nat(5)), (all, fresh, picks) => {
      const before = baselineFrom(all);
      const present = all.filter((_, index) => picks.includes(index));
      const after = shrinkBaseline(before, { findings: [...present, ...fresh], lookedAt: (entry) => entry.check === "tests/failing", exists: () => true });
      expect(diffBaseline(before, after).grown).toEqual([]);
      for (const entry of diffBaseline(before, after).gone) {
        expect(entry.check).toBe("tests/failing");
        expect(present.map((one) => one.fingerprint)).not.toContain(entry.fingerprint);
      }
    }),
  );
});

const one = (more: Partial<Finding> = {}): Finding => ({
  check: "security/reported", fingerprint: "a".repeat(64), answer: "broken", effect: "ask", mode: "enforce", because: "b", subject: "s", places: [{ file: "src/pay.js", line: 3 }], ...more,
}); // prettier-ignore

test("an entry of a check that looks at changes alone leaves when its file is gone, or when what broke under its fingerprint holds", () => {
  const before = baselineFrom([one()]);
  const shrink = (findings: readonly Finding[], exists: boolean) => shrinkBaseline(before, { findings, lookedAt: () => false, exists: () => exists }).entries.size;
  expect(shrink([], true)).toBe(1);
  expect(shrink([], false)).toBe(0);
  expect(shrink([one({ answer: "holds", places: [] })], true)).toBe(0);
  expect(shrink([one()], false)).toBe(1);
  expect(shrink([one({ answer: "unknown" })], true)).toBe(1);
});

test("an entry says where, since when and why, in few words", () => {
  const [entry] = baselineFrom([one({ because: "x".repeat(1_000) })]).entries.values();
  expect(entry).toEqual({ check: "security/reported", fingerprint: "a".repeat(64), path: "src/pay.js", since: DAY, because: `${"x".repeat(299)}…` });
});

test.each([
  ["a note", { effect: "note" }],
  ["a missing answer", { answer: "unknown" }],
  ["what a change owes", { check: "risk/needs-approval" }],
  ["a change to the gate", { check: "gate/changed" }],
  ["a floor, which could fall further", { check: "coverage/surface-floor" }],
  ["what somebody waived", { waived: { by: "@ann", reason: "r", until: "2027-01-01", kind: "waiver" } }],
] as const)("%s is no debt", (_, more) => {
  expect([isDebt(one(more)), isDebt(one())]).toEqual([false, true]);
});

test("a grown entry is told: growing the baseline alters the gate", () => {
  const grown = baselineFrom([
    { check: "tests/failing", fingerprint: "a".repeat(64), answer: "broken", effect: "block", mode: "enforce", because: "b", subject: "s", places: [] },
  ]);
  expect(diffBaseline(EMPTY_BASELINE, grown)).toMatchObject({ grown: [{ fingerprint: "a".repeat(64) }], gone: [] });
  expect(diffBaseline(grown, EMPTY_BASELINE)).toMatchObject({ grown: [], gone: [{ check: "tests/failing" }] });
});

test.each([
  "",
  "{",
  "[]",
  '{"schema":"proofline/baseline/2","findings":[]}',
  '{"schema":"proofline/baseline/1","findings":[{"fingerprint":"x","check":"a/b"}]}',
  '{"schema":"proofline/baseline/1","findings":[],"more":1}',
  `{"schema":"proofline/baseline/1","findings":[{"fingerprint":"${"a".repeat(64)}","check":"a/b","since":"today"}]}`,
])("%s is refused, never taken for empty", async (text) => {
  await expect(parseBaseline(text)).rejects.toMatchObject({ code: "baseline/unreadable" });
});
