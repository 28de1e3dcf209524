import { expect, test } from "vitest";
import type { Observation } from "#kernel";
import { fingerprintOf } from "./fingerprint.ts";
import { NO_RUN, policyOf, seen, verdict, waiver } from "../../../../tests/support/judging.ts";
import { planChecks } from "./policy.ts";

test.each([
  ["tests/failing", "broken", "hold", 1],
  ["tests/failing", "unknown", "ask", 3],
  ["tests/failing", "holds", "ship", 0],
  ["tests/failing", "not-applicable", "ship", 0],
  ["tests/weakened", "broken", "ask", 3],
  ["tests/weakened", "unknown", "ask", 3],
  ["change/size", "broken", "ship", 0],
  ["change/size", "unknown", "ship", 0],
] as const)("%s %s gives %s", (check, answer, decision, exit) => {
  expect(verdict({ [check]: [seen(answer)] })).toMatchObject({ decision, enforced: decision, exit });
});

test("nothing to say ships, and says so", () => {
  expect(verdict({})).toMatchObject({ decision: "ship", findings: [], decidedBy: [], missing: [] });
});

test("not-applicable is left out, holds carries no places", () => {
  const { findings } = verdict({ "tests/failing": [seen("not-applicable"), seen("holds")] });
  expect(findings).toMatchObject([{ answer: "holds", places: [] }]);
});

test("the decision names the findings that made it", () => {
  const { findings, decidedBy } = verdict({
    "tests/weakened": [seen("broken")],
    "tests/failing": [seen("broken", { subject: "t" })],
    "change/size": [seen("broken")],
  });
  expect(findings.map((finding) => finding.check)).toEqual(["tests/failing", "tests/weakened", "change/size"]);
  expect(decidedBy).toEqual([findings[0]?.fingerprint]);
});

test("an observation may carry its own effect; an effect that policy names wins", () => {
  const skipped = { "tests/weakened": [seen("broken", { effect: "block" })] };
  expect(verdict(skipped).decision).toBe("hold");
  expect(verdict(skipped, { policy: policyOf({ checks: { "tests/weakened": { effect: "note" } } }) }).decision).toBe("ship");
});

test("a check that is off is listed, never hidden", () => {
  const policy = policyOf({ checks: { "tests/failing": { effect: "off" } } });
  expect(verdict({ "tests/failing": [seen("broken")] }, { policy })).toMatchObject({
    decision: "ship",
    findings: [],
    silenced: [{ check: "tests/failing", by: "policy" }],
  });
  expect(planChecks(policy, "local")).toMatchObject({ asked: ["tests/none-ran", "tests/weakened"], silenced: [{ check: "tests/failing" }] });
});

test("what owes an answer asks somebody something, and says how to answer", () => {
  const { findings } = verdict(
    { "tests/weakened": [seen("broken", { fix: "Restore toBe(1000)." })] },
    { ownersOf: (path) => (path === "a.ts" ? ["@acme/pay"] : []) },
  );
  expect(findings[0]?.ask).toEqual({ to: ["@acme/pay"], question: "Is this meant?", how: "Restore toBe(1000)." });
  const [unknown] = verdict({ "tests/failing": [seen("unknown")] }).findings;
  expect(unknown?.ask?.to).toEqual(["author"]);
  expect(unknown?.ask?.how).toContain(`proofline waive ${unknown?.fingerprint.slice(0, 12) ?? ""}`);
  expect(verdict({ "tests/failing": [seen("broken")] }).findings[0]?.ask).toBeUndefined();
});

test("modes change the exit code and never the verdict", () => {
  const broken = { "tests/failing": [seen("broken")] };
  for (const mode of ["observe", "warn"] as const) {
    expect(verdict(broken, { modeOverride: mode })).toMatchObject({ decision: "hold", enforced: "ship", exit: 0, mode });
    expect(verdict(broken, { policy: policyOf({ gates: { "pull-request": { mode } } }) })).toMatchObject({ decision: "hold", exit: 0, mode });
  }
  expect(verdict(broken)).toMatchObject({ decision: "hold", exit: 1, mode: "enforce" });
});

test("a mode begins on its day, and the day is told before", () => {
  const policy = policyOf({ gates: { "pull-request": { mode: "enforce", from: "2026-12-01" } } });
  const broken = { "tests/failing": [seen("broken")] };
  expect(verdict(broken, { policy, now: "2026-11-30T23:59:59Z" })).toMatchObject({
    mode: "observe",
    exit: 0,
    upcoming: { mode: "enforce", from: "2026-12-01" },
  });
  const begun = verdict(broken, { policy, now: "2026-12-01T00:00:00Z" });
  expect(begun).toMatchObject({ mode: "enforce", exit: 1 });
  expect(begun.upcoming).toBeUndefined();
});

test("a check's own mode stands above its gate's; a flag can only make it milder", () => {
  const policy = policyOf({
    gates: { "pull-request": { mode: "observe" } },
    checks: { "tests/failing": { mode: { mode: "enforce" } }, "tests/weakened": { mode: { mode: "warn" } } },
  });
  const both = { "tests/failing": [seen("broken")], "tests/weakened": [seen("broken")] };
  expect(verdict(both, { policy }).findings.map((finding) => finding.mode)).toEqual(["enforce", "warn"]);
  expect(verdict(both, { policy })).toMatchObject({ decision: "hold", exit: 1 });
  expect(verdict(both, { policy, modeOverride: "enforce" }).findings.map((finding) => finding.mode)).toEqual(["enforce", "warn"]);
  expect(verdict(both, { policy, modeOverride: "observe" })).toMatchObject({ decision: "hold", exit: 0 });
});

test.each([
  ["local", {}, "ship"],
  ["turn", {}, "ship"],
  ["pull-request", {}, "ask"],
  ["merge-queue", {}, "ask"],
  ["release", {}, "ask"],
  ["pull-request", { gates: { "pull-request": { mode: "observe" as const } } }, "ship"],
  ["pull-request", { gates: { "pull-request": { mode: "enforce" as const, from: "2026-12-24" } } }, "ship"],
  [
    "pull-request",
    {
      checks: {
        "tests/failing": { effect: "off" as const },
        "tests/none-ran": { effect: "note" as const },
        "tests/pass-without-change": { effect: "off" as const },
      },
    },
    "ship",
  ],
] as const)("runs missing at %s under %j: %s, and always listed", (gate, config, decision) => {
  const judged = verdict({}, { gate, policy: policyOf(config), missing: NO_RUN, scope: "static" });
  expect(judged).toMatchObject({
    decision,
    scope: "static",
    missing: ["tests: --no-run was given (tests/failing, tests/none-ran, tests/pass-without-change)"],
  });
});

test("one missing thing is one finding, told by the strictest check that wanted it", () => {
  const { findings } = verdict({}, { missing: NO_RUN });
  expect(findings).toMatchObject([
    { check: "tests/failing", answer: "unknown", effect: "block", details: { checks: ["tests/failing", "tests/pass-without-change", "tests/none-ran"] } },
  ]);
});

test("a flag does not change what is missing: the verdict is the same in every mode", () => {
  for (const modeOverride of ["observe", "warn", "enforce"] as const) expect(verdict({}, { missing: NO_RUN, modeOverride }).decision).toBe("ask");
});

test("one root cause, one finding: the consequence is left out and kept on record", () => {
  const judged = verdict({
    "tests/failing": [seen("broken")],
    "tests/none-ran": [seen("broken", { places: [{ file: "a.ts" }] }), seen("broken", { places: [{ file: "b.ts" }] })],
  });
  expect(judged.findings.map(({ check, places }) => [check, places[0]?.file])).toEqual([
    ["tests/failing", "a.ts"],
    ["tests/none-ran", "b.ts"],
  ]);
  expect(judged.subsumed).toMatchObject([{ check: "tests/none-ran", by: judged.findings[0]?.fingerprint }]);
});

test("of two causes the same one is named, whichever was found first", () => {
  const red = (subject: string): Observation => seen("broken", { subject });
  const hidden = { "tests/none-ran": [seen("broken")] };
  const one = verdict({ ...hidden, "tests/failing": [red("x"), red("y")] });
  expect(verdict({ ...hidden, "tests/failing": [red("y"), red("x")] })).toEqual(one);
  expect(one.subsumed).toHaveLength(1);
});

test("a missing run that only silenced checks wanted is listed and finds nothing", () => {
  const off = { effect: "off" } as const;
  const policy = policyOf({ checks: { "tests/failing": off, "tests/none-ran": off, "tests/pass-without-change": off } });
  expect(verdict({}, { policy, missing: NO_RUN })).toMatchObject({ decision: "ship", findings: [], missing: [expect.stringContaining("--no-run") as string] });
});

test("a cause never hides what weighs more or is applied more strictly than itself", () => {
  const floor = { "history/incomplete": [seen("broken", { places: [] })], "coverage/surface-floor": [seen("broken")] };
  expect(verdict(floor)).toMatchObject({ decision: "hold", subsumed: [] });
  expect(verdict({ ...floor, "coverage/surface-floor": [seen("unknown")] })).toMatchObject({
    decision: "ask",
    subsumed: [{ check: "coverage/surface-floor" }],
  });
  const observed = policyOf({ checks: { "tests/pass-without-change": { mode: { mode: "observe" } } } });
  expect(verdict({ "tests/pass-without-change": [seen("broken")], "tests/fix-needs-regression": [seen("broken")] }, { policy: observed })).toMatchObject({
    exit: 3,
    subsumed: [],
  });
});

test("waiving the cause does not bring its consequence back", () => {
  const both = { "tests/pass-without-change": [seen("broken")], "tests/fix-needs-regression": [seen("broken")] };
  const [cause] = verdict(both).findings;
  expect(verdict(both, { waivers: { inForce: [waiver(cause)], refused: [] } })).toMatchObject({
    decision: "ship",
    findings: [{ waived: { by: "@ann", kind: "waiver" } }],
    waiversUsed: [{ by: "@ann" }],
  });
});

test("the same finding seen twice is one, with both places", () => {
  const twice = [seen("broken", { places: [{ file: "a.ts", line: 9 }] }), seen("broken", { places: [{ file: "a.ts", line: 2 }] })];
  expect(verdict({ "tests/failing": twice }).findings).toMatchObject([{ places: [{ line: 2 }, { line: 9 }] }]);
});

test("a fingerprint knows no line numbers and no white space, but check, path and subject", () => {
  const print = fingerprintOf("tests/failing", "a.ts", "expect(a) .toBe(1)");
  expect(print).toMatch(/^[0-9a-f]{64}$/);
  expect(fingerprintOf("tests/failing", "a.ts", " expect(a)\n  .toBe(1)")).toBe(print);
  for (const other of [
    fingerprintOf("tests/weakened", "a.ts", "expect(a) .toBe(1)"),
    fingerprintOf("tests/failing", "b.ts", "expect(a) .toBe(1)"),
    fingerprintOf("tests/failing", undefined, "expect(a) .toBe(1)"),
  ])
    expect(other).not.toBe(print);
});

test("a baseline excuses what was there; waivers that are not needed or refused are told", () => {
  const fingerprint = fingerprintOf("tests/failing", "a.ts", "s");
  const baseline = { entries: new Map([[fingerprint, { fingerprint, check: "tests/failing" as const }]]) };
  const refused = { file: "proofline/waivers/b.json", status: "expired", because: "it expired on 2026-01-01" } as const;
  const judged = verdict({ "tests/failing": [seen("broken")] }, { baseline, waivers: { inForce: [waiver(undefined)], refused: [refused] } });
  expect(judged).toMatchObject({
    decision: "ship",
    baselineUsed: [{ fingerprint }],
    waiversUnused: [{ fingerprint: "f".repeat(64) }],
    waiversRefused: [refused],
    waiversUsed: [],
  });
  expect(judged.findings[0]?.waived).toMatchObject({ kind: "baseline" });
});

test("a check overruled more than 20 % of its last 50 alarms drops to a note, and that is said", () => {
  const outcomes = (count: number) =>
    new Map([["tests/weakened" as const, [...Array<"stood">(50 - count).fill("stood"), ...Array<"overruled">(count).fill("overruled")]]]);
  const alarm = { "tests/weakened": [seen("broken", { effect: "block" })] };
  expect(verdict(alarm, { outcomes: outcomes(10) })).toMatchObject({ decision: "hold", demoted: [] });
  expect(verdict(alarm, { outcomes: outcomes(11) })).toMatchObject({
    decision: "ship",
    demoted: [{ check: "tests/weakened", from: "block", overruled: 11, of: 50 }],
  });
  const pinned = policyOf({ checks: { "tests/weakened": { effect: "ask" } } });
  expect(verdict(alarm, { outcomes: outcomes(50), policy: pinned })).toMatchObject({ decision: "ask", demoted: [] });
  expect(verdict({ "gate/changed": [seen("broken")] }, { outcomes: new Map([["gate/changed", Array<"overruled">(50).fill("overruled")]]) })).toMatchObject({
    decision: "hold",
  });
  expect(verdict(alarm, { outcomes: new Map([["tests/weakened", Array<"overruled">(3).fill("overruled")]]) })).toMatchObject({ decision: "hold" });
});

test("a check that policy does not know is our own bug", () => {
  expect(() => verdict({ "made/up": [seen("broken")] })).toThrowError(expect.objectContaining({ code: "verdict/unknown-check", exit: 70 }) as Error);
});

test("a waiver that names another path or another check than the finding's own lets nothing pass", () => {
  const observations = { "tests/failing": [seen("broken")] };
  const [finding] = verdict(observations).findings;
  expect(verdict(observations, { waivers: { inForce: [waiver(finding)], refused: [] } }).decision).toBe("ship");
  for (const over of [{ path: "docs/mine.md" }, { check: "change/size" as const }]) {
    expect(verdict(observations, { waivers: { inForce: [waiver(finding, over)], refused: [] } }).decision).toBe("hold");
  }
});
