import fc from "fast-check";
import { expect, test } from "vitest";
import type { CheckId, Finding } from "#kernel";
import { baselineFrom, diffBaseline, EMPTY_BASELINE, parseBaseline, renderBaseline, shrinkBaseline } from "./baseline.ts";

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
    fc.property(findings, fc.array(fc.nat(5)), (all, picks) => {
      const before = baselineFrom(all);
      const present = new Set(all.filter((_, index) => picks.includes(index)).map((one) => one.fingerprint));
      const after = shrinkBaseline(before, present, new Set<CheckId>(["tests/failing"]));
      expect(diffBaseline(before, after).grown).toEqual([]);
      for (const entry of diffBaseline(before, after).gone) {
        expect(entry.check).toBe("tests/failing");
        expect(present.has(entry.fingerprint)).toBe(false);
      }
    }),
  );
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
])("%s is refused, never taken for empty", async (text) => {
  await expect(parseBaseline(text)).rejects.toMatchObject({ code: "baseline/unreadable" });
});
