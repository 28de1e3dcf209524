import { expect, test } from "vitest";
import type { Change } from "#change";
import { EMPTY_BASELINE } from "../baseline/baseline.ts";
import { judge, type JudgeInput } from "../judge.ts";
import { DEFAULT_POLICY, resolvePolicy, type CheckDefaults } from "../policy.ts";
import { compileRule } from "./compile-rule.ts";
import type { CompiledRule, RuleSetting } from "./rule.ts";

const checks: readonly CheckDefaults[] = [{ id: "tests/failing", effect: "block", gates: ["pull-request"] }];
const change = (path: string): Change => ({
  base: "b", baseName: "main", head: "h", headName: "HEAD", headKind: "commit", headTree: "t", mergeBase: "m", mergeBaseTree: "mt",
  files: [{ path, status: "modified", binary: false, hunks: [], added: 1, deleted: 0, kind: "source", areas: [], packageDir: ".", symbols: [], behaviour: true, newLines: [] }],
  added: 1, deleted: 0, areas: ["payments"], type: "fix", typeFrom: "prefix", commits: [], byAgent: false, risk: { score: 0.1, level: "low", reasons: [] }, gaps: [],
}); // prettier-ignore
const setting = (over: Partial<RuleSetting>): RuleSetting => ({
  name: "two-approvals",
  when: 'change.areas.exists(a, a == "payments") && approvals.size() < 2',
  effect: "ask",
  because: "Payments need two approvals.",
  ...over,
});

async function judged(over: Partial<RuleSetting>, input: Partial<JudgeInput> = {}) {
  const rule = await compileRule(setting(over));
  if ("says" in rule) throw new Error(rule.says);
  return judge({
    policy: resolvePolicy(DEFAULT_POLICY, checks, [rule satisfies CompiledRule]),
    gate: "pull-request", now: "2026-11-21", scope: "full", observations: new Map(), missing: [], waivers: { inForce: [], refused: [] }, baseline: EMPTY_BASELINE,
    facts: { change: change("pay.ts"), approvals: [] }, ownersOf: () => ["@acme/pay"], ...input,
  }); // prettier-ignore
}

test("a rule that fires is a finding of its own name, asked of the owners", async () => {
  expect(await judged({})).toMatchObject({
    decision: "ask",
    findings: [{ check: "policy/two-approvals", answer: "broken", effect: "ask", because: "Payments need two approvals.", ask: { to: ["@acme/pay"] } }],
  });
  expect(await judged({ when: "false" })).toMatchObject({ decision: "ship", findings: [{ answer: "holds" }] });
  expect(await judged({ effect: "block" })).toMatchObject({ decision: "hold" });
  expect(await judged({ effect: "note" })).toMatchObject({ decision: "ship" });
});

test("a rule that cannot be answered is unknown, never fine", async () => {
  expect(await judged({ when: "change.files[9].added > 1" })).toMatchObject({ decision: "ask", findings: [{ answer: "unknown" }] });
  expect(await judged({ when: "change.files[9].added > 1", effect: "block" })).toMatchObject({ decision: "ask" });
});

test("a rule is asked at its gates only, in its own mode", async () => {
  expect((await judged({ gates: ["release"] })).findings).toEqual([]);
  expect(await judged({ effect: "block", mode: { mode: "observe" } })).toMatchObject({ decision: "hold", enforced: "ship", exit: 0 });
});

test("a rule sees the findings of the checks, waivers applied", async () => {
  const observations = new Map([["tests/failing" as const, [{ answer: "broken" as const, because: "red", subject: "s" }]]]);
  const when = 'findings.exists(f, f.check == "tests/failing" && f.answer == "broken" && !f.waived)';
  const first = await judged({ when, effect: "block" }, { observations });
  expect(first.findings.map((finding) => [finding.check, finding.answer])).toEqual([["tests/failing", "broken"], ["policy/two-approvals", "broken"]]); // prettier-ignore
  const fingerprint = first.findings[0]?.fingerprint ?? "";
  const waivers = { inForce: [{ fingerprint, check: "tests/failing" as const, by: "@ann", reason: "r", until: "2026-12-01", kind: "waiver" as const, file: "w" }], refused: [] };
  expect(await judged({ when, effect: "block" }, { observations, waivers })).toMatchObject({ decision: "ship" });
});

test("waiving a rule for one change does not waive it for another", async () => {
  const one = (await judged({})).findings[0]?.fingerprint;
  expect((await judged({})).findings[0]?.fingerprint).toBe(one);
  expect((await judged({}, { facts: { change: change("other.ts"), approvals: [] } })).findings[0]?.fingerprint).not.toBe(one);
});
