import { expect, test } from "vitest";
import type { Change, ChangedFile } from "#change";
import { compileRule, type RuleProblem } from "./compile-rule.ts";
import type { CompiledRule, RuleSetting } from "./rule.ts";
import type { RuleFacts } from "./rule-model.ts";
import { cpuMs } from "../../../../../tests/support/cpu-time.ts";

const setting = (when: string): RuleSetting => ({ name: "mine", when, effect: "ask", because: "so" });
const file = (path: string): ChangedFile => ({
  path, status: "modified", binary: false, hunks: [], added: 2, deleted: 1, kind: "source", areas: ["auth"], packageDir: ".", symbols: [], behaviour: true, newLines: [],
}); // prettier-ignore
const change = (paths: readonly string[]): Change => ({
  base: "b", baseName: "main", head: "h1", headName: "HEAD", headKind: "commit", headTree: "t", mergeBase: "m", mergeBaseTree: "mt",
  files: paths.map(file), added: 12, deleted: 3, areas: ["auth"], type: "fix", typeFrom: "prefix", commits: [], byAgent: false,
  risk: { score: 0.5, level: "high", reasons: ["payments"] }, gaps: [],
}); // prettier-ignore
const facts = (over: Partial<RuleFacts> = {}): RuleFacts => ({
  change: change(["src/login.ts", "README.md"]),
  approvals: [{ by: "@ann", commit: "h1", at: "2026-11-20", principal: "person", teams: ["@acme/auth"] }],
  findings: [
    {
      check: "tests/failing",
      answer: "broken",
      effect: "block",
      mode: "enforce",
      because: "red",
      subject: "s",
      fingerprint: "f",
      places: [{ file: "a.test.ts", line: 3 }],
    },
  ],
  gate: "pull-request",
  now: "2026-11-21T10:00:00Z",
  ...over,
});

async function compiled(when: string): Promise<CompiledRule> {
  const rule = await compileRule(setting(when));
  if ("says" in rule) throw new Error(`${when}: ${rule.says}`);
  return rule;
}
const problem = async (when: string): Promise<RuleProblem> => {
  const rule = await compileRule(setting(when));
  if ("says" in rule) return rule;
  throw new Error(`accepted: ${when}`);
};

test.each([
  ['change.type == "fix" && change.added > 10', true],
  ['change.files.exists(f, f.path.matches("^src/.*[.]ts$") && f.behaviour)', true],
  ['change.files.all(f, f.path.matches("^src/"))', false],
  ['change.files[0].path == "src/login.ts"', true],
  ['change.files.filter(f, f.kind == "source").size() >= 2', true],
  ['risk.percentile == -1 && risk.score > 0.4 && risk.level in ["high", "medium"]', true],
  ['findings.exists(f, f.check == "tests/failing" && !f.waived && f.path.endsWith(".test.ts"))', true],
  ['approvals.filter(a, a.onHead && a.principal == "person" && "@acme/auth" in a.teams).size() < 1', false],
  ['gate == "pull-request" && now > timestamp("2026-11-01T00:00:00Z")', true],
  ["now.getDayOfWeek() == 6", true],
])("%s is %s", async (when, fired) => {
  expect((await compiled(when)).evaluate(facts())).toEqual({ fired });
});

test("an unknown name is refused where it stands, with the nearest known one", async () => {
  expect(await problem('change.type == "fix" && change.fles.size() > 1')).toEqual({ at: 31, says: "there is no `fles` in the model", meant: "files" });
  expect(await problem("chnge.added > 1")).toEqual({ at: 0, says: "there is no `chnge` in the model", meant: "change" });
  expect(await problem('change.files.exists(f, f.path.startWith("a"))')).toMatchObject({ says: "there is no function `startWith`", meant: "startsWith" });
});

test.each([
  ['change.added > "a"', "no such overload"],
  ["change.added", "true or false"],
  ["change.added >", "Unexpected token"],
  ["change.__proto__ == change", "__proto__"],
  ['change["constructor"] == 1', "constructor"],
  ["cel.bind(x, 1, x == 1)", "no function `bind`"],
  ['duration(change.files[0].path) > duration("1h")', "literal"],
  ['"a".matches(change.type)', "literal"],
  ['change.type.matches("(?=x)")', "look-around"],
  ["true || ".repeat(400) + "true", "Exceeded maxAstNodes"],
  ["(".repeat(200) + "true" + ")".repeat(200), "maxDepth"],
  [`"${"a".repeat(5_000)}" == "a"`, "longer than"],
  ["change.files.exists(a, change.files.exists(b, change.files.exists(c, a.path == b.path && b.path == c.path)))", "too long"],
  [`["x"]${".map(x, x + x + x)".repeat(24)}.size() > 0`, "too long"],
  [`[[1]]${".map(x, x + x + x)".repeat(24)}.size() > 0`, "too long"],
])("refuses %s before it runs", async (when, says) => {
  const started = cpuMs();
  expect((await problem(when)).says).toContain(says);
  expect(cpuMs() - started).toBeLessThan(1_000);
});

test("what passes at load but is too much for one enormous change is not run", async () => {
  const rule = await compiled(
    "change.files.exists(a, change.files.exists(b, a.added > b.added && a.deleted < b.deleted && a.kind != b.kind && a.added == 7))".replaceAll(
      "a.kind != b.kind && ",
      "",
    ),
  );
  const huge = facts({ change: change(Array.from({ length: 20_000 }, (_, i) => `src/${i}.ts`)) });
  const started = cpuMs();
  expect(rule.evaluate(huge)).toHaveProperty("failed");
  expect(cpuMs() - started).toBeLessThan(2_000);
});

test("the dearest rule that is let through ends in bounded time", async () => {
  const rule = await compiled('change.files.exists(f, f.path.matches("^(?:(?:a|a)*){9}$"))');
  const paths = Array.from({ length: 400 }, () => `${"a".repeat(60)}!`);
  const started = cpuMs();
  expect(rule.evaluate(facts({ change: change(paths) }))).toEqual({ fired: false });
  expect(cpuMs() - started).toBeLessThan(2_000);
});

test("a failure while evaluating is said, not thrown", async () => {
  expect((await compiled("change.files[7].added > 1")).evaluate(facts())).toHaveProperty("failed");
  expect((await compiled("1 / (change.added - 12) > 1")).evaluate(facts())).toEqual({ failed: "division by zero" });
});
