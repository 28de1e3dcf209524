import { readdirSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { VerdictDocument } from "../../packages/core/src/operations/index.ts";
import { bringPackages, PLAYWRIGHT } from "../support/chromium.ts";
import { proofline } from "../support/cli.ts";
import { makeRepo, type TestRepository } from "../support/repo.ts";
import { buildHistory, PG, SHOP, type ShopChange } from "./history-of-shop.ts";

/** One after the other, for names only: what each is stands in the repository of the example. */
const NAMES = readdirSync(join(SHOP, "history", "changes")).map((name) => name.replace(/\.patch$/, ""));

describe("the history of the example shop gets the verdicts it must get", () => {
  let repo: TestRepository;
  let changes: readonly ShopChange[];
  beforeAll(async () => {
    const outer = makeRepo();
    repo = { ...outer, dir: join(outer.home, "shop") };
    changes = await buildHistory(repo.dir);
    bringPackages(repo.dir, [...PG, ...PLAYWRIGHT]);
  }, 60_000);

  test("every change is judged, and none is listed without being there", () => expect(changes.map(({ change }) => change)).toEqual(NAMES));

  test.each(NAMES)("%s", (name) => {
    const wanted = changes.find(({ change }) => change === name);
    if (wanted === undefined) throw new Error(`${name} is not among the verdicts`);
    const { verdict, says } = judge(repo, wanted);
    const deciding = verdict.findings.filter(({ answer, effect }) => answer !== "holds" && effect !== "note").map(({ check }) => check);
    expect({ decision: verdict.decision, checks: [...new Set(deciding)] }, says).toEqual({ decision: wanted.decision, checks: wanted.checks });
    if (wanted.proven) expect(verdict.findings.find(({ check }) => check === "tests/pass-without-change")).toMatchObject({ answer: "holds" });
  }, 120_000);
});

function judge(repo: TestRepository, { base, head, run }: ShopChange): { readonly verdict: VerdictDocument; readonly says: string } {
  const { stdout, stderr } = proofline(repo, ["check", "--base", base, "--head", head, "--gate", "local", "--format", "json", ...(run ? ["--budget", "90"] : ["--no-run"])]);
  if (stdout === "") throw new Error(stderr);
  const verdict = JSON.parse(stdout) as VerdictDocument;
  return { verdict, says: JSON.stringify(verdict.findings.map(({ check, because }) => [check, because])) };
}
