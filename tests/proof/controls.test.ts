import { describe, expect, it, vi } from "vitest";
import { proveSides, sidesOf, type Files } from "./proving.ts";

vi.setConfig({ testTimeout: 120_000 });

const MANIFEST = JSON.stringify({ name: "fixture", version: "1.0.0", type: "module", scripts: { test: "node --test" } });
const HEAD = 'import { test } from "node:test";\nimport assert from "node:assert";\nimport * as price from "../price.js";\n';
const testing = (body: string): string => `${HEAD}${body}\n`;
const OLD = "export const round = (n) => Math.floor(n);\n";
const NEW = "export const round = (n) => Math.round(n);\n";
const GOOD = 'test("rounds half up", () => assert.equal(price.round(1.5), 2));';
const BEFORE: Files = { "package.json": MANIFEST, "price.js": OLD, "test/price.test.js": testing('test("rounds down", () => assert.equal(price.round(1.2), 1));') };

const prove = (test: string, more: Files = {}, before: Files = {}, input: Parameters<typeof proveSides>[1] = {}) =>
  proveSides(sidesOf([], { ...BEFORE, ...before }, { "price.js": NEW, "test/price.test.js": test, ...more }), { repeat: 2, ...input });

describe("what proves nothing", () => {
  it.each<[what: string, test: string, outcome: "refuted" | "not proven", change?: Files]>([
    ["passes on both sides", testing('test("rounds zero", () => assert.equal(price.round(0), 0));'), "refuted"],
    ["has nothing to do with the change", testing('test("adds", () => assert.equal(1 + 1, 2));'), "refuted"],
    ["always fails", testing('test("fails", () => assert.fail("always"));'), "not proven"],
    ["does not parse", testing("test('open, () => {"), "not proven"],
    ["holds no test", HEAD, "not proven"],
    ["needs a package nobody has", `import "no-such-package";\n${testing(GOOD)}`, "not proven"],
    ["skips itself", testing('test("rounds half up", { skip: true }, () => assert.equal(price.round(1.5), 2));'), "not proven"],
    ["skips itself on the way", testing('test("rounds half up", (t) => { t.skip(); });'), "not proven"],
    ["is a todo", testing('test.todo("rounds half up", () => assert.equal(price.round(1.5), 2));'), "not proven"],
    ["prints success and leaves", `console.log("ok 1 - rounds half up\\n# pass 1");\nprocess.exit(0);\n`, "not proven"],
    ["times out on both sides", testing('test("waits", { timeout: 200 }, () => new Promise(() => setTimeout(() => {}, 5000)));'), "not proven"],
    ["times out on the old code only", testing('test("waits", { timeout: 300 }, () => (price.round(1.5) === 2 ? undefined : new Promise(() => setTimeout(() => {}, 5000))));'), "not proven"],
    [
      "is red on the old code for its surroundings",
      testing('import net from "node:net";\ntest("connects", async () => { if (price.round(1.5) !== 2) await new Promise((done, fail) => net.connect(1, "127.0.0.1").on("error", fail)); });'),
      "not proven",
    ],
    ["fails without being fixed", testing(GOOD), "not proven", { "price.js": OLD }],
  ])("a test that %s", async (_, test, outcome, change) => {
    const record = await prove(test, change);
    expect([record.outcome, record.because]).toEqual([outcome, expect.any(String)]);
  });

  it("a pair the wrong way round", async () => {
    const { repo, broken, fixed } = sidesOf([], BEFORE, { "price.js": NEW, "test/price.test.js": testing(GOOD) });
    const back = repo.commit("undo", { "price.js": OLD });
    expect((await proveSides({ repo, broken: fixed, fixed: back }, { tests: ["test/price.test.js"] })).outcome).toBe("not proven");
    expect((await proveSides({ repo, broken, fixed: broken }, { tests: ["test/price.test.js"] })).outcome).toBe("refuted");
  });

  it("a name that no test has", async () => {
    const record = await prove(testing(GOOD), {}, {}, { tests: ["test/price.test.js::rounds up the moon"] });
    expect(record).toMatchObject({ outcome: "not proven", tests: [] });
  });

  it("a test that needs a package only the fixed side declares", async () => {
    const record = await prove(testing('const { half } = await import("half-up");\ntest("rounds half up", () => assert.equal(half(1.5), price.round(1.5)));'), {
      "vendor/half-up/package.json": '{ "name": "half-up", "version": "1.0.0", "main": "index.js" }',
    });
    expect(record.outcome).toBe("not proven");
  });
});

describe("what proves", () => {
  it("a test that is about a hang, when the change says so", async () => {
    const test = testing('test("ends", { timeout: 300 }, () => (price.round(1.5) === 2 ? undefined : new Promise(() => setTimeout(() => {}, 5000))));');
    const sides = sidesOf([], BEFORE, { "price.js": NEW, "test/price.test.js": test }, "fix: rounding never returned");
    expect((await proveSides(sides)).outcome).toBe("proven");
  });

  it("one test of a file whose helper and fixture came with it", async () => {
    const record = await prove(testing('import { load } from "./helpers/load.js";\nfor (const [n, wanted] of load()) test(`rounds ${n}`, () => assert.equal(price.round(n), wanted));'), {
      "test/helpers/load.js": 'import { readFileSync } from "node:fs";\nexport const load = () => JSON.parse(readFileSync(new URL("../fixtures/rows.json", import.meta.url), "utf8"));\n',
      "test/fixtures/rows.json": "[[1.2, 1], [1.5, 2]]",
    });
    expect(record).toMatchObject({ outcome: "proven", tests: [{ id: { name: "rounds 1.5" }, red: "assertion" }, { id: { name: "rounds 1.2" } }] });
  });

  it("a fixture that changed alone, by the tests that read it", async () => {
    const rows = (text: string): Files => ({ "test/fixtures/rows.json": text });
    const reading = testing('import { readFileSync } from "node:fs";\nfor (const [n, wanted] of JSON.parse(readFileSync(new URL("./fixtures/rows.json", import.meta.url), "utf8"))) test(`rounds ${n}`, () => assert.equal(price.round(n), wanted));');
    const before = { ...BEFORE, "test/price.test.js": reading, ...rows("[[1.2, 1]]") };
    expect(await proveSides(sidesOf([], before, { "price.js": NEW, ...rows("[[1.2, 1], [1.5, 2]]") }))).toMatchObject({ outcome: "proven", selection: ["test/price.test.js"] });
  });

  it("a renamed test file", async () => {
    const sides = sidesOf([], BEFORE, { "price.js": NEW, "test/price.test.js": null, "test/rounding.test.js": testing(GOOD) });
    expect((await proveSides(sides)).outcome).toBe("proven");
  });

  it("one good file, though another does not load", async () => {
    const record = await prove(testing(GOOD), { "test/other.test.js": testing("test('open, () => {") });
    expect(record).toMatchObject({ outcome: "proven" });
  });

  it("an error out of the tested code", async () => {
    const before = { "price.js": "export const round = (n) => n.digits.length;\n" };
    expect(await prove(testing(GOOD), {}, before)).toMatchObject({ outcome: "proven", tests: [{ red: "expected-error" }] });
  });

  it("tests of the sibling package that the change is in, not of the copy that was installed", async () => {
    const before: Files = {
      "package.json": JSON.stringify({ name: "root", private: true, workspaces: ["packages/*"] }),
      "packages/price/package.json": JSON.stringify({ name: "@fixture/price", version: "1.0.0", type: "module", main: "price.js" }),
      "packages/price/price.js": OLD,
      "packages/shop/package.json": JSON.stringify({ name: "@fixture/shop", version: "1.0.0", type: "module", scripts: { test: "node --test" }, dependencies: { "@fixture/price": "*" } }),
      "packages/shop/test/shop.test.js": 'import { test } from "node:test";\n',
    };
    const test = 'import { test } from "node:test";\nimport assert from "node:assert";\nimport { round } from "@fixture/price";\ntest("rounds half up", () => assert.equal(round(1.5), 2));\n';
    const sides = sidesOf([], before, { "packages/price/price.js": NEW, "packages/shop/test/shop.test.js": test });
    const { mkdirSync, symlinkSync } = await import("node:fs");
    mkdirSync(`${sides.repo.dir}/node_modules/@fixture`);
    symlinkSync("../../packages/price", `${sides.repo.dir}/node_modules/@fixture/price`);
    symlinkSync("../../packages/shop", `${sides.repo.dir}/node_modules/@fixture/shop`);
    expect((await proveSides(sides)).outcome).toBe("proven");
  });

  it("tests of a sibling package that was installed as a copy of the head", async () => {
    const shop = { name: "@fixture/shop", version: "1.0.0", type: "module", scripts: { test: "node --test" }, dependencies: { "@fixture/price": "file:../price" } };
    const before: Files = {
      "package.json": JSON.stringify({ name: "root", private: true, workspaces: ["packages/*"] }),
      "packages/price/package.json": JSON.stringify({ name: "@fixture/price", version: "1.0.0", type: "module", main: "price.js" }),
      "packages/price/price.js": OLD,
      "packages/shop/package.json": JSON.stringify(shop),
      "packages/shop/test/shop.test.js": 'import { test } from "node:test";\n',
    };
    const test = 'import { test } from "node:test";\nimport assert from "node:assert";\nimport { round } from "@fixture/price";\ntest("rounds half up", () => assert.equal(round(1.5), 2));\n';
    const sides = sidesOf([], before, { "packages/price/price.js": NEW, "packages/shop/test/shop.test.js": test });
    const { cpSync } = await import("node:fs");
    cpSync(`${sides.repo.dir}/packages/price`, `${sides.repo.dir}/node_modules/@fixture/price`, { recursive: true });
    expect((await proveSides(sides)).outcome).toBe("proven");
  });

  it("says the same twice, apart from times", async () => {
    const sides = sidesOf([], BEFORE, { "price.js": NEW, "test/price.test.js": testing(GOOD) });
    const [one, two] = [await proveSides(sides), await proveSides(sides)];
    expect({ ...two, tookMs: 0 }).toEqual({ ...one, tookMs: 0 });
  });

  it("leaves the user's tree alone", async () => {
    const sides = sidesOf([], BEFORE, { "price.js": NEW, "test/price.test.js": testing(`import { writeFileSync } from "node:fs";\nwriteFileSync("price.js", "gone");\n${GOOD}`) });
    await proveSides(sides);
    expect(sides.repo.git("status", "--porcelain")).toBe("");
  });
});
