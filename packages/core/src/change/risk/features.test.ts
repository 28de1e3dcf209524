import fc from "fast-check";
import { expect, it } from "vitest";
import { riskFeatures, type RiskFeatures, type RiskInputFile } from "./features.ts";

const anyFile: fc.Arbitrary<RiskInputFile> = fc.record({
  path: fc.array(fc.constantFrom("src", "lib", "a", "b.ts", "ü", ""), { minLength: 1, maxLength: 5 }).map((parts) => parts.join("/")),
  added: fc.oneof(fc.nat(), fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, -3, 1e300)),
  deleted: fc.oneof(fc.nat(), fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, -3, 1e300)),
  kind: fc.constantFrom("source", "test", "docs", "lock", "migration"),
});
const anyFiles = fc.array(anyFile, { maxLength: 12 });
const figures = (features: RiskFeatures): readonly number[] => Object.values(features);

it("sees nothing in an empty change", () => {
  expect(figures(riskFeatures({ files: [] })).every((value) => value === 0)).toBe(true);
});

it("counts source apart from tests, docs and lock files", () => {
  const features = riskFeatures({
    files: [
      { path: "src/billing/charge.ts", added: 30, deleted: 4, kind: "source" },
      { path: "src/billing/refund/refund.ts", added: 10, deleted: 0, kind: "source" },
      { path: "test/charge.test.ts", added: 50, deleted: 1, kind: "test" },
      { path: "package-lock.json", added: 4_000, deleted: 2_000, kind: "lock" },
    ],
  });
  expect(features).toEqual({ added: 4_090, sourceAdded: 40, sourceDeleted: 4, sourceFiles: 2, sourceDirectories: 2, subsystems: 1, rewrittenFiles: 1 });
});

it("takes a file of unknown kind for source, so that an unclassified change is not waved through", () => {
  expect(riskFeatures({ files: [{ path: "main.zig", added: 5, deleted: 0 }] }).sourceAdded).toBe(5);
});

it("keeps every figure finite and at least 0, whatever the counts", () => {
  fc.assert(fc.property(anyFiles, (files) => figures(riskFeatures({ files })).every((value) => Number.isFinite(value) && value >= 0)));
});

it("does not depend on the order of the files", () => {
  fc.assert(
    fc.property(anyFiles, (files) => {
      expect(riskFeatures({ files: [...files].reverse() })).toEqual(riskFeatures({ files }));
    }),
  );
});

it("never falls in any figure when a file joins the change", () => {
  fc.assert(
    fc.property(anyFiles, anyFile, (files, more) => {
      const [before, after] = [figures(riskFeatures({ files })), figures(riskFeatures({ files: [...files, more] }))];
      expect(after.every((value, index) => value >= (before[index] ?? 0))).toBe(true);
    }),
  );
});
