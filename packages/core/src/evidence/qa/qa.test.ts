import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ChangedFile } from "#change";
import type { Area, Journey, Story } from "#intent";
import { checklistOf, type ChecklistFacts } from "./checklist.ts";
import { owedFor } from "./owed.ts";
import type { QaItem, QaRunSeen } from "./qa.ts";
import { standingOfQa } from "./standing.ts";

const file = (path: string, over: Partial<ChangedFile> = {}): ChangedFile => ({ path, kind: "source", behaviour: true, status: "modified", areas: [], newLines: [1], ...over }) as ChangedFile;
const PAYMENT: Area = { name: "payment", paths: ["src/pay/**"], risk: "high", owners: ["@acme/pay"], declared: true };
const STORY = {
  id: "ST-cart",
  file: "proofline/stories/ST-cart.md",
  targets: ["src/cart/**"],
  criteria: [
    { id: "AC-1", state: "promised", sentence: "When a guest adds a hat, the shop shall keep it.", line: 9 },
    { id: "AC-2", state: "promised", sentence: "If the card is declined, the shop shall keep the cart.", line: 13 },
    { id: "AC-3", state: "planned", sentence: "When an order ships, the shop shall write.", line: 17 },
  ],
  access: [{ role: "guest", action: "cancel order", allowed: false, line: 30 }, { role: "guest", action: "view order", allowed: true, line: 31 }],
} as unknown as Story;

const facts = (files: readonly ChangedFile[], over: Partial<ChecklistFacts> = {}): ChecklistFacts => ({ change: { files }, areas: [PAYMENT], stories: [STORY], proven: new Set(), journeys: [], routes: [], uncovered: [], ...over });
const ids = (items: readonly QaItem[]): readonly string[] => items.map(({ id, owed }) => `${owed ? "" : "(hint) "}${id}`);

describe("the checklist of a change", () => {
  test("promises of touched stories, what goes wrong first; planned ones and what is allowed anyway are none", () => {
    expect(ids(checklistOf(facts([file("src/cart/add.ts")])))).toEqual(["criterion:ST-cart#AC-2", "criterion:ST-cart#AC-1", "access:ST-cart:guest:cancel order"]);
    expect(checklistOf(facts([file("src/cart/add.ts")]))[0]).toMatchObject({ what: "Make it go wrong: If the card is declined, the shop shall keep the cart.", why: "src/cart/add.ts is a target of ST-cart, and no test names it" });
  });

  test("what a test names is nobody's duty, and comes last", () => {
    expect(ids(checklistOf(facts([file("src/cart/add.ts")], { proven: new Set(["ST-cart#AC-2"]) })))).toEqual(["criterion:ST-cart#AC-1", "access:ST-cart:guest:cancel order", "(hint) criterion:ST-cart#AC-2"]);
  });

  test("journeys come before all, areas of high risk and stored data before what files offer", () => {
    const journey = { id: "JN-buy", title: "Buy", user: "guest", steps: ["open", "pay"], file: "proofline/journeys/JN-buy.md", line: 2 } as unknown as Journey;
    const files = [file("src/pay/refund.ts", { areas: ["payment"] }), file("migrations/2_x.sql", { kind: "migration", behaviour: false }), file("src/pages/Cart.tsx")];
    const items = checklistOf(facts(files, { journeys: [{ journey, because: "it runs through src/pay/refund.ts" }], routes: [{ method: "POST", path: "/refunds", file: "src/pay/refund.ts" }], uncovered: [{ file: "src/pay/refund.ts", lines: [4, 5] }] }));
    expect(ids(items)).toEqual(["journey:JN-buy", "area:payment", "data:migration", "route:POST /refunds", "page:src/pages/Cart.tsx", "(hint) uncovered:src/pay/refund.ts"]);
  });

  test("a typo, a test and prose owe none", () => {
    for (const quiet of [file("src/cart/add.ts", { behaviour: false }), file("test/cart.test.ts", { kind: "test" }), file("README.md", { kind: "docs", behaviour: false })]) expect(checklistOf(facts([quiet]))).toEqual([]);
  });

  test("it is short, whatever there is, and the same each time", () => {
    const many = Array.from({ length: 40 }, (_, n) => ({ ...STORY, id: `ST-${n}` }) as Story);
    const items = checklistOf(facts([file("src/cart/add.ts")], { stories: many }));
    expect(items).toHaveLength(12);
    expect(checklistOf(facts([file("src/cart/add.ts")], { stories: many }))).toEqual(items);
  });
});

describe("what policy owes", () => {
  const gates = ["release"] as const;
  const because = (rule: object, ...files: readonly ChangedFile[]): readonly string[] => owedFor([{ gates, ...rule }], { files }, [PAYMENT], [STORY]).map((one) => one.because);
  test.each([
    ["an area", { areas: ["payment"] }, "it touches payment"],
    ["a risk", { risk: "medium" }, "it touches payment, of high risk"],
    ["paths", { paths: ["src/**"] }, "it touches src/pay/a.ts"],
    ["both, and both have to apply", { areas: ["payment"], paths: ["src/**"] }, "it touches payment and it touches src/pay/a.ts"],
    ["no condition", {}, "it changes how the product behaves"],
  ])("%s", (_, rule, words) => {
    expect(because(rule, file("src/pay/a.ts", { areas: ["payment"] }))).toEqual([words]);
    expect(because(rule, file("src/pay/a.ts", { areas: ["payment"], behaviour: false }))).toEqual([]);
  });
  test("its innocent twins: another area, another path, a story that is not touched", () => {
    for (const rule of [{ areas: ["payment"] }, { risk: "high" }, { paths: ["app/**"] }, { stories: ["ST-cart"] }, { areas: ["payment"], paths: ["src/**"] }]) expect(because(rule, file("src/other/a.ts"))).toEqual([]);
    expect(because({ stories: ["ST-cart"] }, file("src/cart/a.ts"))).toEqual(["it touches targets of ST-cart"]);
  });
});

describe("where it stands", () => {
  const item = (id: string, owed = true): QaItem => ({ id, from: "page", what: id, why: "", owed });
  const seen = (at: string, state: QaRunSeen["state"], ...items: readonly (readonly [id: string, outcome: "passed" | "failed" | "skipped", note?: string])[]): QaRunSeen => ({ file: `proofline/qa/${at}.json`, state, run: { schema: "proofline/qa-run/1", by: "@grace", at, product: "p", build: {}, items: items.map(([id, outcome, note]) => ({ id, what: id, outcome, ...(note !== undefined && { note }) })) } });

  test("the newest word on an item counts: mended and tried again is mended, and a new failure is a failure", () => {
    const [failed, passed] = [(at: string) => seen(at, "signed", ["a", "failed", "grey"]), (at: string) => seen(at, "signed", ["a", "passed"])];
    expect(standingOfQa({ items: [item("a")], runs: [failed("2026-01-01"), passed("2026-01-02")] })).toMatchObject({ missing: [], failed: [] });
    expect(standingOfQa({ items: [item("a")], runs: [failed("2026-01-03"), passed("2026-01-02")] })).toMatchObject({ missing: [], failed: [{ id: "a", note: "grey" }] });
  });

  test("a thing that says something else since was not tried, whatever came of it then", () => {
    for (const outcome of ["passed", "failed"] as const) {
      const runs = [seen("2026-01-01", "signed", ["a", outcome])];
      expect(standingOfQa({ items: [{ ...item("a"), what: "pay, and get it back" }], runs })).toMatchObject({ missing: [{ id: "a" }], failed: [] });
      expect(standingOfQa({ items: [item("a")], runs }).missing).toEqual([]);
    }
  });

  test("what was skipped later hides neither a failure nor a pass", () => {
    const skip = seen("2026-01-05", "signed", ["a", "skipped", "no time today"]);
    expect(standingOfQa({ items: [item("a")], runs: [seen("2026-01-01", "signed", ["a", "failed"]), skip] }).failed).toHaveLength(1);
    expect(standingOfQa({ items: [item("a")], runs: [seen("2026-01-01", "signed", ["a", "passed"]), skip] })).toMatchObject({ missing: [], failed: [] });
  });

  test("what is lapsed or refused shows nothing, nor does what was skipped without saying why", () => {
    for (const state of ["lapsed", "refused"] as const) expect(standingOfQa({ items: [item("a")], runs: [seen("2026-01-01", state, ["a", "passed"])] }).missing).toHaveLength(1);
    expect(standingOfQa({ items: [item("a")], runs: [seen("2026-01-01", "self", ["a", "skipped"])] }).missing).toHaveLength(1);
    expect(standingOfQa({ items: [item("a")], runs: [seen("2026-01-01", "self", ["a", "skipped", "no such card at hand"])] }).missing).toEqual([]);
  });

  test("hints are never missing, and more records never make more missing", () => {
    const outcome = fc.constantFrom("passed" as const, "failed" as const, "skipped" as const);
    const run = fc.array(fc.tuple(fc.constantFrom("a", "b", "c"), outcome)).map((items) => seen("2026-01-01", "signed", ...items));
    fc.assert(
      fc.property(fc.array(run), run, (runs, another) => {
        const items = [item("a"), item("b"), item("c", false)];
        const before = standingOfQa({ items, runs }).missing.map(({ id }) => id);
        const after = standingOfQa({ items, runs: [...runs, another] }).missing.map(({ id }) => id);
        return !before.includes("c") && after.every((id) => before.includes(id));
      }),
    );
  });
});
