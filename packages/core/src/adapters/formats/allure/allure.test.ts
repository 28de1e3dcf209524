import { describe, expect, test } from "vitest";
import { isProoflineError } from "#kernel";
import type { TestRun } from "#evidence";
import { createReportReader } from "../index.ts";

const NOON = Date.parse("2026-11-21T12:00:00Z");

const result = (over: object = {}): object => ({ uuid: "a", historyId: "h", fullName: "shop:test/a.test.js#cart adds", name: "adds", status: "passed", start: NOON, stop: NOON + 10, labels: [], titlePath: ["shop", "test", "a.test.js", "cart"], ...over });

const read = async (json: unknown, headTime?: number): Promise<TestRun> => {
  const [run] = await createReportReader().read({ path: "allure-results/*-result.json", bytes: Buffer.from(JSON.stringify(json)), modifiedAt: NOON }, { subject: "tree", root: "/r", paths: new Set(["test/a.test.js"]), ...(headTime !== undefined && { headTime }) });
  return run as TestRun;
};

describe("Allure results", () => {
  test("one result alone is a run of one test", async () => {
    expect(await read(result())).toMatchObject({ complete: true, cases: [{ id: { file: "test/a.test.js", suite: ["cart"], name: "adds" }, outcome: "passed", durationMs: 10 }] });
  });

  test("attempts of one test are one case with the last outcome, whatever order their files come in", async () => {
    const tries = [result({ uuid: "b", status: "passed", start: NOON + 50, stop: NOON + 60 }), result({ status: "failed", statusDetails: { message: "no" } })];
    for (const order of [tries, [...tries].reverse()]) expect((await read(order)).cases).toMatchObject([{ outcome: "passed", retries: 1 }]);
    expect((await read([tries[1], result({ uuid: "b", status: "broken", start: NOON + 50 })])).cases).toMatchObject([{ outcome: "failed", retries: 1 }]);
  });

  test("two tests without a history are two", async () => {
    expect((await read([result({ historyId: undefined }), result({ historyId: undefined, name: "other" })])).cases).toHaveLength(2);
  });

  test("the label of a criterion and tags travel; how it was run does not", async () => {
    const labels = [["criterion", "ST-cart#AC-1"], ["tag", "@ST-cart"], ["host", "ci"], ["_fallbackTestCaseId", "x"], ["owner", "@acme/shop"]].map(([name, value]) => ({ name, value }));
    expect((await read(result({ labels }))).cases[0]?.labels).toEqual(["criterion=ST-cart#AC-1", "@ST-cart", "owner=@acme/shop"]);
  });

  test("a test that never ended makes the run incomplete and passes nothing", async () => {
    const run = await read([result(), result({ historyId: "i", status: "unknown" }), result({ historyId: "j", status: undefined })]);
    expect(run).toMatchObject({ complete: false, because: "2 of its 3 results came to no end", cases: [{ outcome: "passed" }] });
  });

  test("a folder that still holds results from before the head is refused as a whole", async () => {
    const stale = result({ historyId: "old", start: NOON - 3_600_000, stop: NOON - 3_500_000 });
    expect((await read([result()], NOON / 1000)).cases).toHaveLength(1);
    const error: unknown = await read([result(), stale], NOON / 1000).catch((thrown: unknown) => thrown);
    expect(isProoflineError(error) && error.code).toBe("evidence/older-than-head");
  });

  test.each([
    ["a container", { uuid: "c", name: "x", labels: [], children: ["a"], status: "passed" }],
    ["another tool's JSON", { uuid: "c", status: "passed" }],
    ["a list with something else in it", [result(), { other: true }]],
  ])("%s is no result", async (_, json) => {
    await expect(read(json)).rejects.toMatchObject({ code: "evidence/unknown-format" });
  });

  test("names that mean something to JavaScript are names", async () => {
    const run = await read(JSON.parse('{"uuid":"a","historyId":"__proto__","fullName":"constructor","name":"__proto__","status":"passed","labels":[{"name":"__proto__","value":"x"}],"titlePath":[1,null]}') as unknown);
    expect(run.cases[0]).toMatchObject({ id: { suite: [], name: "__proto__" }, outcome: "passed" });
  });
});
