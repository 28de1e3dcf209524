import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Operations } from "../../packages/core/src/operations/index.ts";
import { chainEntry, EMPTY_TAIL, type LedgerEntry, type VerdictRecord } from "../../packages/core/src/ledger/index.ts";
import { proofline } from "../support/cli.ts";
import { makeRepo, type TestRepository } from "../support/repo.ts";

type Report = Awaited<ReturnType<Operations["showPolicy"]>>;

const CONFIG = `# Observe first.
gates:
  pull-request: { mode: observe }  # promote when it has earned it
  local: enforce
`;
const DAY = 86_400_000;

const verdict = (n: number, mode: VerdictRecord["mode"]): VerdictRecord => ({
  kind: "verdict", decision: n % 25 === 0 ? "ask" : "ship", scope: "full", gate: "pull-request", mode, base: `base${n}`, head: `head${n}`, policyDigest: "sha256:0",
  findings: n % 25 === 0 ? [{ check: "tests/failing", fingerprint: `f${n}`, answer: "broken", effect: "block", alarm: true }] : [],
}); // prettier-ignore

/** A repository whose ledger tells of `changes` judged changes in the last `days`, and of overrules. */
function judged(changes: number, days: number, { overruled = [] as readonly number[], mode = "observe" as VerdictRecord["mode"], config = CONFIG } = {}): TestRepository {
  const repo = makeRepo();
  repo.commit("Start", { "proofline.yaml": config, "src/a.js": "export const a = 1;\n" });
  const entries: (readonly [number, LedgerEntry])[] = Array.from({ length: changes }, (_, n) => [days - (n / changes) * days, verdict(n, mode)]);
  const labels = overruled.map((n): readonly [number, LedgerEntry] => [0, { kind: "overruled", check: "tests/failing", fingerprint: `f${n}`, by: "@ann", reason: "fine" }]);
  let tail = EMPTY_TAIL;
  let text = "";
  for (const [ago, entry] of [...entries, ...labels]) {
    const next = chainEntry(tail, entry, new Date(Date.now() - ago * DAY).toISOString());
    tail = next.tail;
    text += next.line;
  }
  mkdirSync(join(repo.dir, ".proofline"));
  writeFileSync(join(repo.dir, ".proofline/.gitignore"), "*\n");
  writeFileSync(join(repo.dir, ".proofline/ledger.jsonl"), text);
  return repo;
}

const show = (repo: TestRepository): { readonly text: string; readonly report: Report } => ({
  text: proofline(repo, ["policy", "show"]).stdout,
  report: JSON.parse(proofline(repo, ["policy", "show", "--format", "json"]).stdout) as Report,
});

test("an earned promotion is shown with the exact change, which Git applies and Proofline then reads", () => {
  const repo = judged(60, 20);
  const { text, report } = show(repo);
  expect(text).toMatch(/Not enforced yet\n pull-request {3}observe {2}60 changes in 20 days, 0 overruled \(57 ship, 3 ask, 0 hold\)\n {3}has earned enforce:\n {3}--- a\/proofline.yaml/);
  const [promotion] = report.promotions;
  expect(promotion).toMatchObject({ gate: "pull-request", from: "observe", to: "enforce", record: { changes: 60, overruled: 0, earned: true } });
  repo.gitWith(promotion?.diff ?? "", "apply", "-");
  expect(readFileSync(join(repo.dir, "proofline.yaml"), "utf8")).toBe(CONFIG.replace("{ mode: observe }", "{ mode: enforce }"));
  repo.commit("Enforce", {});
  expect(show(repo).report.promotions).toMatchObject([{ from: "observe", also: "take `--mode observe` out of the pipeline: it is milder than the configuration" }]);
});

test.each([
  ["too few days", judged.bind(undefined, 60, 13), "13 of 14 days"],
  ["too few changes", judged.bind(undefined, 49, 20), "49 of 50 changes"],
  ["overruled too often", judged.bind(undefined, 60, 20, { overruled: [0] }), "1 of 60 changes overruled, at most 1 % may be"],
])("with %s nothing is proposed, and what lacks is said", (_, make, lacks) => {
  const repo = make();
  const { text, report } = show(repo);
  expect(text).toContain(`to enforce it still lacks: ${lacks}`);
  expect(report.promotions.map(({ diff, record }) => [diff, record.earned])).toEqual([[undefined, false]]);
  expect(proofline(repo, ["check", "--no-run"]).stdout).not.toContain("has earned");
});

test("a gate that is enforced is proposed nothing", () => {
  expect(show(judged(60, 20, { mode: "enforce", config: "gates:\n  pull-request: enforce\n" })).report.promotions).toEqual([]);
});

test("a check with a mode of its own has a record of its own", () => {
  const config = "gates:\n  pull-request: enforce\nchecks:\n  tests/failing: { mode: warn }\n";
  const [promotion] = show(judged(100, 20, { mode: "enforce", config, overruled: [0] })).report.promotions;
  expect(promotion).toMatchObject({ check: "tests/failing", from: "warn", record: { changes: 100, overruled: 1, earned: true }, diff: expect.stringContaining("+  tests/failing: { mode: enforce }") as string });
});

test("check says it in one line, at most once a week, in its text alone and never in CI", () => {
  const repo = judged(60, 20);
  const line = "pull-request has earned enforce (60 changes in 20 days, 0 overruled): proofline policy show prints the change";
  expect(proofline(repo, ["check", "--no-run", "--format", "json"]).stdout).not.toContain("has earned");
  expect(proofline(repo, ["check", "--no-run", "--gate", "local"], { env: { CI: "true" } }).stdout).not.toContain("has earned");
  expect(proofline(repo, ["check", "--no-run"]).stdout.trimEnd().split("\n").at(-1)?.trim()).toBe(line);
  expect(proofline(repo, ["check", "--no-run"]).stdout).not.toContain("has earned");
  writeFileSync(join(repo.dir, ".proofline/promotion-said"), `${new Date(Date.now() - 8 * DAY).toISOString()}\n`);
  expect(proofline(repo, ["check", "--no-run"]).stdout).toContain(line);
});

test("doctor tells of the ledger, of what is earned, and of a line somebody altered", () => {
  const repo = judged(60, 20);
  const about = (): string => proofline(repo, ["doctor"]).stdout.replace(/\s+/g, " ");
  expect(about()).toMatch(/ok ledger 60 records, every one follows.*ok promotion pull-request has earned enforce: 60 changes in 20 days/);
  const file = join(repo.dir, ".proofline/ledger.jsonl");
  writeFileSync(file, readFileSync(file, "utf8").replace('"decision":"ask"', '"decision":"hold"'));
  expect(about()).toMatch(/warn ledger the ledger, line 1: its hash does not fit/);
  rmSync(file);
  expect(about()).toContain("empty: no verdict was recorded here yet");
});

test("a check that was overruled too often is shown as the note it has become", () => {
  const repo = judged(300, 20, { overruled: Array.from({ length: 12 }, (_, n) => n * 25) });
  expect(show(repo).text).toMatch(/tests\/failing +block {2}only a note now: overruled 12 of its last 12 times/);
  expect(show(repo).report.demoted).toMatchObject([{ check: "tests/failing", from: "block", to: "note" }]);
  expect(show(judged(300, 20, { overruled: Array.from({ length: 10 }, (_, n) => n * 25) })).report.demoted).toEqual([]);
});
