import { describe, expect, test } from "vitest";
import type { Change } from "#change";
import type { Journey } from "#intent";
import type { TestCase, TestRun } from "../evidence.ts";
import { byImpact, chooseJourneys } from "./choose.ts";
import { reachedBy } from "./reach.ts";
import { standingOf } from "./standing.ts";

const journey = (id: string, more: Partial<Journey> = {}): Journey => ({ file: `proofline/journeys/${id}.md`, id, title: id, user: "guest", impact: 50, why: "", state: "promised", targets: [], stories: [], tests: [{ file: "e2e/a.spec.ts" }], steps: [], line: 2, ...more });
const ids = (list: readonly { readonly journey: Journey }[]): readonly string[] => list.map((one) => one.journey.id);
const choose = (journeys: readonly Journey[], more: Partial<Parameters<typeof chooseJourneys>[1]> = {}) => chooseJourneys(journeys, { layer: "full", reached: new Map(), budgetMs: 60_000, took: new Map(), ...more });

describe("layers", () => {
  const many = [journey("JN-e", { impact: 10, user: "staff" }), journey("JN-d", { impact: 60 }), journey("JN-c", { impact: 70 }), journey("JN-b", { impact: 80 }), journey("JN-a", { impact: 90 })];

  test("full: all that are promised, the greatest impact first; planned ones are left and said", () => {
    const { chosen, left } = choose([...many, journey("JN-p", { state: "planned" }), journey("JN-r", { state: "retired" })]);
    expect(ids(chosen)).toEqual(["JN-a", "JN-b", "JN-c", "JN-d", "JN-e"]);
    expect(left).toMatchObject([{ journey: { id: "JN-p" }, because: "it is only planned" }]);
  });

  test("smoke: the first of every kind of user, then by impact until there are three", () => {
    const { chosen, left } = choose(many, { layer: "smoke" });
    expect(ids(chosen)).toEqual(["JN-a", "JN-b", "JN-e"]);
    expect(ids(left)).toEqual(["JN-c", "JN-d"]);
  });

  test("smoke: a journey that names its layers keeps to them", () => {
    expect(ids(choose([journey("JN-a", { impact: 90, layers: ["partial"] }), journey("JN-b", { layers: ["smoke"], impact: 1 })], { layer: "smoke" }).chosen)).toEqual(["JN-b"]);
  });

  test("feature: those a change reaches, with the reason", () => {
    expect(choose(many, { layer: "feature", reached: new Map([["JN-c", "its test changes"]]) }).chosen).toMatchObject([{ journey: { id: "JN-c" }, because: "its test changes" }]);
    expect(choose(many, { layer: "feature" }).chosen).toEqual([]);
  });

  test("partial: what the change reaches first, then by impact, as long as it fits; never nothing", () => {
    const took = new Map(many.map(({ id }) => [id, 25_000]));
    expect(ids(choose(many, { layer: "partial", took, reached: new Map([["JN-e", "r"]]) }).chosen)).toEqual(["JN-e", "JN-a"]);
    expect(ids(choose(many, { layer: "partial", took, budgetMs: 1 }).chosen)).toEqual(["JN-a"]);
  });

  test("two of one impact always come in one order", () => {
    const same = [journey("JN-b"), journey("JN-a"), journey("JN-c")];
    expect(byImpact(same)).toEqual(byImpact(same.toReversed()));
  });
});

describe("what a change reaches", () => {
  const file = (path: string, kind: Change["files"][number]["kind"] = "source", areas: readonly string[] = []) => ({ path, kind, areas, behaviour: true }) as unknown as Change["files"][number];
  const why = (own: Partial<Journey>, ...files: Change["files"][number][]): string | undefined => reachedBy([journey("JN-a", own)], { files }, [{ id: "ST-pay", file: "proofline/stories/ST-pay.md", area: "pay", targets: ["src/pay/**"] }]).get("JN-a");

  test.each([
    ["its own file", {}, file("proofline/journeys/JN-a.md", "docs"), "its description changes"],
    ["its test", {}, file("e2e/a.spec.ts", "test"), "its test e2e/a.spec.ts changes"],
    ["its targets", { targets: ["web/**"] }, file("web/a.css", "asset"), "it runs through web/a.css"],
    ["its area", { area: "cart" }, file("src/cart.ts", "source", ["cart"]), "src/cart.ts belongs to its area cart"],
    ["its story's code", { stories: [{ story: "ST-pay" }] }, file("src/pay/card.ts"), "it leads through ST-pay, and it runs through src/pay/card.ts"],
    ["its story's words", { stories: [{ story: "ST-pay" }] }, file("proofline/stories/ST-pay.md", "docs"), "ST-pay changes"],
    ["packages", {}, file("package-lock.json", "lock"), "package-lock.json may change all of the product"],
  ])("by %s", (_, own, changed, because) => expect(why(own, changed)).toBe(because));

  test("not by prose, comments or tests in its area, nor by code of another", () => {
    const area = { area: "cart" };
    expect(why(area, file("README.md", "docs", ["cart"]), file("test/cart.test.ts", "test", ["cart"]), file("src/pay/x.ts", "source", ["pay"]))).toBeUndefined();
    expect(why(area, { ...file("src/cart.ts", "source", ["cart"]), behaviour: false })).toBeUndefined();
  });
});

describe("how a journey stands", () => {
  const ran = (name: string, outcome: TestCase["outcome"], more: Partial<TestCase> = {}): TestCase => ({ id: { file: "e2e/a.spec.ts", suite: [], name }, outcome, ...more });
  const run = (...cases: TestCase[]): TestRun => ({ kind: "test-run", source: "ran", subject: "t", digest: cases.map(({ id, outcome }) => id.name + outcome).join(), origin: "playwright", tool: "playwright", cases, unloaded: [], complete: true });
  const paths = new Set(["e2e/a.spec.ts"]);
  const stands = (own: Partial<Journey>, ...runs: TestRun[]) => standingOf(journey("JN-a", own), { runs, paths });

  test("green only when every test of its files ran and passed", () => {
    expect(stands({}, run(ran("x", "passed"), ran("y", "passed")))).toMatchObject({ state: "verified", record: { source: "ran" } });
    expect(stands({}, run(ran("x", "passed"), ran("y", "failed", { failure: { kind: "assertion", message: "no\nmore" } })))).toMatchObject({ state: "failing", because: "no" });
    expect(stands({}, run(ran("x", "skipped")))).toMatchObject({ state: "skipped" });
    expect(stands({}, run(ran("x", "passed", { retries: 1 })))).toMatchObject({ state: "flaky" });
    expect(stands({})).toMatchObject({ state: "not-run" });
  });

  test("a run that was cut short shows a test by name, and no whole file", () => {
    const cut: TestRun = { ...run(ran("x", "passed")), complete: false, because: "out of time" };
    expect(stands({}, cut)).toMatchObject({ state: "not-run" });
    expect(stands({}, cut, run(ran("x", "passed"), ran("y", "passed")))).toMatchObject({ state: "verified" });
    expect(stands({ tests: [{ file: "e2e/a.spec.ts", title: "x" }] }, cut)).toMatchObject({ state: "verified" });
  });

  test("two tests, one of them without a result: not shown, unless the other is red", () => {
    const tests = [{ file: "e2e/a.spec.ts", title: "x" }, { file: "e2e/a.spec.ts", title: "y" }];
    expect(stands({ tests }, run(ran("x", "passed")))).toMatchObject({ state: "not-run", because: "“y” of e2e/a.spec.ts has no result on this commit" });
    expect(stands({ tests }, run(ran("x", "failed")))).toMatchObject({ state: "failing" });
  });

  test("where tests carry its tag, the others of the file are none of its", () => {
    expect(stands({}, run(ran("x", "passed", { labels: ["@JN-a"] }), ran("y", "failed", { labels: ["@JN-b"] })))).toMatchObject({ state: "verified" });
  });

  test("a browser that did not start says nothing of the product", () => {
    expect(stands({}, run(ran("x", "failed", { failure: { kind: "environment", message: "Failed to launch the browser: gone" } })))).toMatchObject({ state: "not-run", because: "Failed to launch the browser: gone" });
  });

  test("no test, or one that is not there, is no proof whatever ran", () => {
    expect(stands({ tests: [] }, run(ran("x", "passed")))).toMatchObject({ state: "unproven" });
    expect(stands({ tests: [{ file: "e2e/gone.spec.ts" }] }, run(ran("x", "passed")))).toMatchObject({ state: "unproven", because: "its test e2e/gone.spec.ts is not there" });
  });
});
