import fc from "fast-check";
import { expect, test } from "vitest";
import type { Answer, CheckId, Effect, Mode, Observation } from "#kernel";
import { checks, NO_RUN, policyOf, verdict, waiver } from "../../../../tests/support/judging.ts";
import { decisionRank } from "./strictness.ts";

const anyObservation: fc.Arbitrary<Any> = fc.record({
  check: fc.constantFrom(...checks.map((check) => check.id)),
  answer: fc.constantFrom<Answer>("holds", "broken", "unknown", "not-applicable"),
  subject: fc.constantFrom("s", "t"),
  file: fc.option(fc.constantFrom("a.ts", "b.ts"), { nil: undefined }),
  line: fc.nat(3),
  effect: fc.option(fc.constantFrom<Effect>("block", "ask", "note"), { nil: undefined }),
});
interface Any {
  readonly check: CheckId;
  readonly answer: Answer;
  readonly subject: string;
  readonly file: string | undefined;
  readonly line: number;
  readonly effect: Effect | undefined;
}
const grouped = (all: readonly Any[]): Partial<Record<CheckId, Observation[]>> => {
  const byCheck: Partial<Record<CheckId, Observation[]>> = {};
  for (const { check, answer, subject, file, line, effect } of all) {
    (byCheck[check] ??= []).push({
      answer,
      because: "b",
      subject,
      ...(file === undefined ? {} : { places: [{ file, line: line + 1 }] }),
      ...(effect === undefined ? {} : { effect }),
    });
  }
  return byCheck;
};
const observations = fc.array(anyObservation, { maxLength: 12 });
const anyConfig = fc.record({
  gate: fc.constantFrom<Mode>("observe", "warn", "enforce"),
  own: fc.dictionary(fc.constantFrom(...checks.map((check) => check.id)), fc.record({ effect: fc.constantFrom<Effect>("block", "ask", "note", "off") }), {
    maxKeys: 3,
  }),
});
const configured = ({ gate, own }: { gate: Mode; own: Record<string, { effect: Effect }> }) =>
  policyOf({ gates: { "pull-request": { mode: gate } }, checks: own });

test("the order things were found in never shows", () => {
  fc.assert(
    fc.property(
      observations.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
      anyConfig,
      ([one, other], config) => {
        expect(verdict(grouped(other), { policy: configured(config) })).toEqual(verdict(grouped(one), { policy: configured(config) }));
      },
    ),
  );
});

test("seeing more never softens a verdict", () => {
  fc.assert(
    fc.property(observations, anyObservation, anyConfig, (all, more, config) => {
      const policy = configured(config);
      const before = verdict(grouped(all), { policy });
      const after = verdict(grouped([...all, more]), { policy });
      expect(decisionRank(after.decision)).toBeGreaterThanOrEqual(decisionRank(before.decision));
      expect(decisionRank(after.enforced)).toBeGreaterThanOrEqual(decisionRank(before.enforced));
    }),
    { numRuns: 500 },
  );
});

test("a blocking broken finding that nobody waived always holds", () => {
  fc.assert(
    fc.property(observations, (all) => {
      const judged = verdict(grouped([...all, { check: "tests/failing", answer: "broken", subject: "new", file: "z.ts", line: 1, effect: undefined }]));
      expect(judged.decision).toBe("hold");
    }),
  );
});

test("waiving never worsens, and waiving everything ships", () => {
  fc.assert(
    fc.property(observations, fc.array(fc.nat(20)), (all, picks) => {
      const before = verdict(grouped(all));
      const some = before.findings.filter((_, index) => picks.includes(index)).map((finding) => waiver(finding));
      expect(decisionRank(verdict(grouped(all), { waivers: { inForce: some, refused: [] } }).decision)).toBeLessThanOrEqual(decisionRank(before.decision));
      const every = before.findings.map((finding) => waiver(finding));
      expect(verdict(grouped(all), { waivers: { inForce: every, refused: [] } }).decision).toBe("ship");
    }),
  );
});

test("observing, warning and enforcing give the same decision and the same findings", () => {
  fc.assert(
    fc.property(observations, fc.boolean(), (all, missing) => {
      const runs = (["observe", "warn", "enforce"] as const).map((modeOverride) => verdict(grouped(all), { modeOverride, missing: missing ? NO_RUN : [] }));
      const told = runs.map(({ decision, findings }) => ({ decision, findings: findings.map(({ mode: _mode, ...rest }) => rest) }));
      expect(told[1]).toEqual(told[0]);
      expect(told[2]).toEqual(told[0]);
      expect(runs[0]?.exit).toBe(0);
      expect(runs[1]?.exit).toBe(0);
    }),
  );
});
