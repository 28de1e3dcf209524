import fc from "fast-check";
import { expect, it } from "vitest";
import { riskFeatures, type RiskFeatures } from "./features.ts";
import { scoreRisk } from "./score-risk.ts";

const size = fc.oneof(fc.nat({ max: 500 }), fc.constantFrom(0, 1e9, Number.MAX_SAFE_INTEGER));
const anyFeatures: fc.Arbitrary<RiskFeatures> = fc.record({ added: size, sourceAdded: size, sourceDeleted: size, sourceFiles: size, sourceDirectories: size, subsystems: size, rewrittenFiles: size }); // prettier-ignore
const names = ["added", "sourceAdded", "sourceDeleted", "sourceFiles", "sourceDirectories", "subsystems", "rewrittenFiles"] as const;

const empty = riskFeatures({ files: [] });
const wide = riskFeatures({
  files: ["auth", "billing", "mail", "search"].flatMap((area) =>
    [1, 2].map((part) => ({ path: `src/${area}/part-${part}.ts`, added: 40, deleted: 10, kind: "source" })),
  ),
});

it("finds nothing to say about an empty change, and scores it below any other", () => {
  expect(scoreRisk(empty).reasons).toEqual([]);
  fc.assert(fc.property(anyFeatures, (features) => scoreRisk(features).score >= scoreRisk(empty).score));
});

it("never scores a change lower because one figure grows", () => {
  fc.assert(
    fc.property(anyFeatures, fc.constantFrom(...names), fc.nat({ max: 10_000 }), (features, name, more) => {
      const grown = { ...features, [name]: features[name] + more };
      expect(scoreRisk(grown).score).toBeGreaterThanOrEqual(scoreRisk(features).score);
    }),
  );
});

it("stays within 0 and 1 for the largest numbers", () => {
  fc.assert(
    fc.property(anyFeatures, (features) => {
      const { score } = scoreRisk(features);
      expect(score).toBeGreaterThan(0);
      expect(score).toBeLessThanOrEqual(1);
    }),
  );
});

it("gives the same answer every time", () => {
  fc.assert(fc.property(anyFeatures, (features) => JSON.stringify(scoreRisk(features)) === JSON.stringify(scoreRisk({ ...features }))));
});

it("tells only what raises the risk, strongest first, in words about the change", () => {
  const { reasons } = scoreRisk(wide);
  expect(reasons.map((reason) => reason.words)).toEqual([
    "adds 320 lines of source across 8 files",
    "rewrites existing code in 8 files",
    "reaches into 4 parts of the source tree",
  ]);
  fc.assert(
    fc.property(anyFeatures, (features) => {
      const contributions = scoreRisk(features).reasons.map((reason) => reason.contribution);
      expect(contributions.every((value) => value > 0)).toBe(true);
      expect(contributions).toEqual([...contributions].sort((one, other) => other - one));
    }),
  );
});

it("is not moved by lines that are no source", () => {
  const docs = [{ path: "docs/guide.md", added: 9_000, deleted: 500, kind: "docs" }];
  expect(scoreRisk(riskFeatures({ files: docs }))).toEqual(scoreRisk(empty));
});

it("ranks a wide rewrite above a one-line edit", () => {
  const edit = riskFeatures({ files: [{ path: "src/auth/session.ts", added: 1, deleted: 1, kind: "source" }] });
  expect(scoreRisk(wide).score).toBeGreaterThan(2 * scoreRisk(edit).score);
});
