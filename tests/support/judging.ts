import type { Answer, CheckId, Finding, Observation } from "../../packages/core/src/kernel/index.ts";
import { EMPTY_BASELINE } from "../../packages/core/src/verdict/baseline/baseline.ts";
import { judge, type JudgeInput, type Judgement } from "../../packages/core/src/verdict/judge.ts";
import type { MissingRun } from "../../packages/core/src/verdict/missing-runs.ts";
import { DEFAULT_POLICY, resolvePolicy, type CheckDefaults, type PolicyConfig } from "../../packages/core/src/verdict/policy.ts";
import type { Waiver } from "../../packages/core/src/verdict/waivers/waiver.ts";

/** A small catalogue: one check of each kind the algebra tells apart. */
export const checks: readonly CheckDefaults[] = [
  { id: "tests/failing", effect: "block", gates: ["local", "pull-request", "merge-queue", "release"], needs: ["test-run"] },
  { id: "tests/none-ran", effect: "ask", gates: ["local", "pull-request"], needs: ["test-run"] },
  { id: "tests/pass-without-change", effect: "block", gates: ["pull-request"], needs: ["test-run"] },
  { id: "tests/fix-needs-regression", effect: "ask", gates: ["pull-request"] },
  { id: "tests/weakened", effect: "ask", gates: ["local", "pull-request"] },
  { id: "history/incomplete", effect: "ask", gates: ["pull-request"] },
  { id: "coverage/surface-floor", effect: "block", gates: ["pull-request"], needs: ["coverage"] },
  { id: "coverage/changed-lines", effect: "note", gates: ["pull-request"], needs: ["coverage"] },
  { id: "change/size", effect: "note", gates: ["pull-request"] },
  { id: "gate/changed", effect: "block", gates: ["pull-request"] },
];
export const policyOf = (config: Partial<PolicyConfig> = {}) => resolvePolicy({ ...DEFAULT_POLICY, ...config }, checks);
/** What a check says, with the rest filled in. */
export const seen = (answer: Answer, over: Partial<Observation> = {}): Observation => ({
  answer,
  because: "because",
  subject: "s",
  places: [{ file: "a.ts", line: 1 }],
  ...over,
});
/** A waiver in force for a finding. */
export const waiver = (finding: Pick<Finding, "fingerprint" | "check" | "places"> | undefined, over: Partial<Waiver> = {}): Waiver => ({
  fingerprint: finding?.fingerprint ?? "f".repeat(64),
  check: finding?.check ?? "tests/failing",
  ...(finding?.places[0] && { path: finding.places[0].file }),
  by: "@ann",
  reason: "fine",
  until: "2026-12-01",
  kind: "waiver",
  file: "proofline/waivers/a.json",
  ...over,
});

/** `judge` at the pull-request gate, with nothing waived, missing or known unless a test says so. */
export function verdict(observations: Readonly<Partial<Record<CheckId, readonly Observation[]>>>, over: Partial<JudgeInput> = {}): Judgement {
  return judge({
    policy: policyOf(),
    gate: "pull-request",
    now: "2026-11-21T10:00:00Z",
    scope: "full",
    observations: new Map(Object.entries(observations) as [CheckId, readonly Observation[]][]),
    missing: [],
    waivers: { inForce: [], refused: [] },
    baseline: EMPTY_BASELINE,
    ownersOf: () => [],
    ...over,
  });
}

/** The runs of three checks, all left out by a flag. */
export const NO_RUN: readonly MissingRun[] = (["tests/failing", "tests/none-ran", "tests/pass-without-change"] as const).map((check) => ({
  check,
  need: "test-run",
  because: "--no-run was given",
}));
