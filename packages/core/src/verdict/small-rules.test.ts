import fc from "fast-check";
import { expect, test } from "vitest";
import type { Mode } from "#kernel";
import { gateOf } from "./gate.ts";
import { isAtLeastAsStrict, modeAt, type ModeSetting } from "./mode.ts";
import { nearest } from "./nearest.ts";
import { modeRank } from "./strictness.ts";

test.each([
  ["aeras", "areas"],
  ["defaultBranch", "default-branch"],
  ["pull_request", "pull-request"],
  ["gate", "gates"],
  ["zzzzzz", undefined],
  ["", undefined],
  ["x".repeat(10_000), undefined],
])("%s was meant as %s", (typed, expected) => {
  expect(nearest(typed, ["areas", "gates", "default-branch", "pull-request"])).toBe(expected);
});

test("a known word is its own nearest", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string({ unit: fc.constantFrom(..."abcdef"), minLength: 1, maxLength: 10 }), { minLength: 1 }), (words) => {
      for (const word of words) expect(nearest(word, words)).toBe(word);
    }),
  );
});

test.each([
  [{}, "local"],
  [{ CI: "true" }, "pull-request"],
  [{ CI: "false" }, "local"],
  [{ CI: "" }, "local"],
  [{ GITHUB_ACTIONS: "true", GITHUB_EVENT_NAME: "merge_group" }, "merge-queue"],
  [{ GITLAB_CI: "true", CI_MERGE_REQUEST_EVENT_TYPE: "merge_train" }, "merge-queue"],
  [{ GITHUB_EVENT_NAME: "merge_group" }, "local"],
])("the gate under %j is %s", (environment, gate) => {
  expect(gateOf(environment)).toBe(gate);
});

const mode = fc.constantFrom<Mode>("observe", "warn", "enforce");
const day = fc.constantFrom("2026-01-01", "2026-06-01", "2027-01-01");
const setting: fc.Arbitrary<ModeSetting> = fc.oneof(
  mode.map((always): ModeSetting => ({ mode: always })),
  fc.tuple(mode, day, mode).map(([later, from, before]): ModeSetting => ({ mode: later, from, before })),
);

test("at least as strict means: on no day milder", () => {
  const days = ["2025-12-31", "2026-01-01", "2026-05-31", "2026-06-01", "2026-12-31", "2027-01-01", "2030-01-01"];
  fc.assert(
    fc.property(setting, setting, (own, parent) => {
      expect(isAtLeastAsStrict(own, parent)).toBe(days.every((now) => modeRank(modeAt(own, now)) >= modeRank(modeAt(parent, now))));
    }),
  );
});
