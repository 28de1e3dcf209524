import fc from "fast-check";
import { expect, test } from "vitest";
import type { FileKind } from "#change";
import { fileKind } from "#change";
import { affectedTests, mapCode, type AlsoKnown } from "./affected-tests.ts";
import { isSettings } from "./graph/import-graph.ts";
import { isFollowed, scanModule } from "./scan/scan-module.ts";
import type { ChangedPath } from "./tests-of/starts.ts";

type Files = Readonly<Record<string, string>>;

const codeOf = (files: Files) => {
  const texts = Object.entries(files).map(([path, text]) => ({ path, text }));
  return mapCode({
    paths: Object.keys(files),
    manifests: texts.filter(({ path }) => /(?:^|\/)package\.json$/.test(path)),
    settings: texts.filter(({ path }) => isSettings(path)),
    facts: new Map(texts.filter(({ path }) => isFollowed(path)).map(({ path, text }) => [path, scanModule(path, text)])),
  });
};

const changedFile = (path: string, more: Partial<ChangedPath> = {}): ChangedPath => ({ path, status: "modified", kind: fileKind(path) as FileKind, behaviour: true, ...more });

/** File and distance of what a change selects. */
const select = (files: Files, changed: readonly (string | ChangedPath)[], also?: AlsoKnown) => affectedTests(changed.map((one) => (typeof one === "string" ? changedFile(one) : one)), codeOf(files), also);
const reached = (...args: Parameters<typeof select>): readonly (readonly [string, number])[] => select(...args).tests.map(({ file, distance }) => [file, distance]);
const json = (value: unknown): string => JSON.stringify(value);

test("follows imports through re-exports, compiled names and workspace packages, nearest first", () => {
  const files = {
    "package.json": "{}",
    "packages/a/package.json": json({ name: "@acme/a", main: "dist/index.js" }),
    "packages/a/src/index.ts": 'export * from "./price.js";',
    "packages/a/src/price.ts": "export const price = 1;",
    "packages/a/test/price.test.ts": 'import { price } from "../src/price"; test("a", () => {});',
    "packages/b/package.json": json({ name: "@acme/b" }),
    "packages/b/src/cart.ts": 'import { price } from "@acme/a";',
    "packages/b/src/cart.test.ts": 'import "./cart";',
    "packages/b/src/other.test.ts": 'import "./other";',
  };
  const { tests } = select(files, ["packages/a/src/price.ts"]);
  expect(tests.map(({ file, distance, via }) => [file, distance, via])).toEqual([
    ["packages/a/test/price.test.ts", 1, ["packages/a/test/price.test.ts", "packages/a/src/price.ts"]],
    ["packages/b/src/cart.test.ts", 3, ["packages/b/src/cart.test.ts", "packages/b/src/cart.ts", "packages/a/src/index.ts", "packages/a/src/price.ts"]],
  ]);
});

test("a changed test is at distance 0, and its namesake in the same package counts even where it imports the built file", () => {
  const files = { "test/price.test.js": 'require("../dist/bundle")', "test/cart.test.js": "", "packages/b/package.json": "{}", "packages/b/price.test.js": "" };
  expect(reached(files, ["src/price.ts", "test/cart.test.js"])).toEqual([
    ["test/cart.test.js", 0],
    ["test/price.test.js", 1],
  ]);
});

test("tests of what is built from a package are reached by its sources, last, and by nothing else", () => {
  const files = {
    "package.json": json({ main: "./index.js" }),
    "lib/chai.js": 'import "./deep.js";',
    "lib/deep.js": "",
    "lib/deep.test.js": 'import "./deep.js";',
    "test/main.test.js": 'import { expect } from "../index.js";',
    "test/dist.test.js": 'import "../dist/cjs/chai-bundle";',
    "test/missing.test.js": 'import "./not-there.js"; import "../lib/typo.js";',
    "packages/b/package.json": "{}",
    "packages/b/src/b.js": "",
  };
  expect(reached(files, ["lib/deep.js"])).toEqual([
    ["lib/deep.test.js", 1],
    ["test/dist.test.js", 8],
    ["test/main.test.js", 8],
  ]);
  expect(reached(files, ["README.md", "lib/deep.test.js"]).map(([file]) => file)).toEqual(["lib/deep.test.js"]);
});

test("names of types alone are followed by tests of types, and by all where runs check types", () => {
  const files = { "src/a.ts": "", "src/b.ts": 'import type { A } from "./a";', "test/b.test.ts": 'import "../src/b"; it("b", () => {})', "test/a.test.ts": 'import "../src/a";', "test/b.test-d.ts": 'import "../src/b";' };
  expect(reached(files, ["src/a.ts"]).map(([file]) => file)).toEqual(["test/a.test.ts", "test/b.test-d.ts"]);
  expect(reached(files, ["src/a.ts"], { types: true }).map(([file]) => file)).toEqual(["test/a.test.ts", "test/b.test-d.ts", "test/b.test.ts"]);
});

test("who names a file or its folder in a text depends on it", () => {
  const files = {
    "data/rates.json": "{}",
    "src/rates.ts": 'readFileSync(join(__dirname, "..", "data", "rates.json"))',
    "src/rates.test.ts": 'import "./rates";',
    "test/cases/one/input.txt": "",
    "test/cases.test.ts": 'for (const name of readdirSync(join(__dirname, "cases"))) test(name, () => {});',
    "test/cli.test.ts": 'test("runs", () => spawnSync("node", ["bin/cli.js"]));',
    "bin/cli.js": "",
  };
  expect(reached(files, ["data/rates.json"]).map(([file]) => file)).toEqual(["src/rates.test.ts"]);
  expect(reached(files, [changedFile("test/cases/one/input.txt")]).map(([file]) => file)).toEqual(["test/cases.test.ts"]);
  expect(reached(files, ["bin/cli.js"]).map(([file]) => file)).toEqual(["test/cli.test.ts"]);
});

test("what loads by names only known at run time depends on the folder it names", () => {
  const files = { "rules/no-foo.js": "", "rules/no-bar.js": "", "lib/load.js": 'for (const f of readdirSync("./rules")) require(path.join(dir, f));', "tests/load.test.js": 'require("../lib/load")', "tests/other.test.js": "", "locale/de.js": "", "lib/say.js": "require(`../locale/${name}`)", "tests/say.test.js": 'require("../lib/say")' };
  expect(reached(files, ["rules/no-foo.js"]).map(([file]) => file)).toEqual(["tests/load.test.js"]);
  expect(reached(files, ["locale/de.js"]).map(([file]) => file)).toEqual(["tests/say.test.js"]);
});

test("settings and setup files reach every test below them", () => {
  const files = { "package.json": "{}", "packages/a/package.json": "{}", "packages/a/vitest.config.ts": 'export default { test: { setupFiles: ["./test/setup.ts"] } }', "packages/a/test/setup.ts": 'import "./server"', "packages/a/test/server.ts": "", "packages/a/a.test.ts": "", "b.test.ts": "" };
  expect(reached(files, ["packages/a/vitest.config.ts"]).map(([file]) => file)).toEqual(["packages/a/a.test.ts"]);
  expect(reached(files, ["packages/a/test/server.ts"]).map(([file]) => file)).toEqual(["packages/a/a.test.ts"]);
  expect(reached({ ...files, "py/conftest.py": "", "py/test_a.py": "", "test_b.py": "" }, ["py/conftest.py"]).map(([file]) => file)).toEqual(["py/test_a.py"]);
});

test("a source that no way leads to widens to its package, last, with the reason; a reached one does not", () => {
  const files = { "package.json": "{}", "packages/a/package.json": "{}", "packages/a/src/lonely.ts": "", "packages/a/src/known.ts": "", "packages/a/known.test.ts": 'import "./src/known"', "b.test.ts": "" };
  const wide = select(files, ["packages/a/src/lonely.ts"]);
  expect(wide.tests.map(({ file, because }) => [file, because])).toEqual([["packages/a/known.test.ts", "packages/a/src/lonely.ts: no import leads there from a test"]]);
  expect(wide.widened).toHaveLength(1);
  expect(select(files, ["packages/a/src/known.ts"]).widened).toEqual([]);
  expect(select(files, [changedFile("packages/a/src/lonely.ts", { behaviour: false })]).tests).toEqual([]);
});

test("tests that drive the product from outside come last and know their layer", () => {
  const files = { "src/page.ts": "", "src/page.test.ts": 'import "./page"', "e2e/page.spec.ts": 'import { test } from "@playwright/test";', "test/api.test.ts": 'import request from "supertest"; import "../src/page";' };
  expect(select(files, ["src/page.ts"]).tests.map(({ file, layer }) => [file, layer])).toEqual([
    ["src/page.test.ts", "unit"],
    ["test/api.test.ts", "integration"],
    ["e2e/page.spec.ts", "e2e"],
  ]);
});

test("a deleted file reaches who still imports it", () => {
  const files = { "src/b.ts": 'import "./gone"', "src/b.test.ts": 'import "./b"', "src/c.test.ts": "" };
  expect(reached(files, [changedFile("src/gone.ts", { status: "deleted" })]).map(([file]) => file)).toEqual(["src/b.test.ts"]);
});

test("Python: packages, relative imports and a src layout", () => {
  const files = { "pyproject.toml": "", "src/shop/__init__.py": "", "src/shop/price.py": "from .tax import rate", "src/shop/tax.py": "", "tests/test_price.py": "from shop.price import total", "tests/test_other.py": "import json", "tests/helpers.py": "from shop import tax", "tests/test_tax.py": "from .helpers import x" };
  expect(reached(files, ["src/shop/tax.py"])).toEqual([
    ["tests/test_tax.py", 1],
    ["tests/test_price.py", 2],
  ]);
  expect(reached(files, ["src/shop/__init__.py"]).map(([file]) => file)).toEqual(["tests/test_price.py", "tests/test_tax.py"]);
});

test("helpers are no tests, and data beside tests belongs to the nearest of them", () => {
  const files = { "test/helpers/load.js": "", "test/a.js": 'require("./helpers/load")', "test/setup.js": "", "test/deep/cases.txt": "", "other/b.test.js": "" };
  expect(reached(files, ["test/helpers/load.js"])).toEqual([["test/a.js", 1]]);
  const data = select(files, [changedFile("test/deep/cases.txt", { kind: "fixture" })]);
  expect(data.tests.map(({ file }) => file)).toEqual(["test/a.js"]);
  expect(data.untraced.map(({ path }) => path)).toEqual(["test/deep/cases.txt"]);
});

test("tests that loaded a file when they were measured are taken, imports or not; what ran the change goes first, what ran past it last, and none is taken out", () => {
  const files = { "src/a.ts": "", "far.test.ts": "", "src/a.test.ts": "", "src/b.test.ts": 'import "./a"', "src/c.test.ts": 'import "./b.test"' };
  const loaded = { ranThrough: () => ["far.test.ts", "gone.test.ts"] };
  expect(reached(files, ["src/a.ts"], loaded).map(([file]) => file)).toEqual(["src/a.test.ts", "src/b.test.ts", "far.test.ts", "src/c.test.ts"]);
  const ran = new Map([["far.test.ts", "through"], ["src/a.test.ts", "past"]] as const); // prettier-ignore
  expect(reached(files, ["src/a.ts"], { ...loaded, ran }).map(([file]) => file)).toEqual(["far.test.ts", "src/b.test.ts", "src/c.test.ts", "src/a.test.ts"]);
  expect(select(files, ["src/a.ts"], { ...loaded, ran }).tests[0]).toMatchObject({ because: "loaded it when last measured", ran: "through", via: ["far.test.ts", "src/a.ts"] });
});

test("cycles end, and more changes never reach fewer tests", () => {
  const edges = fc.array(fc.tuple(fc.nat(9), fc.nat(9)), { maxLength: 40 });
  fc.assert(
    fc.property(edges, fc.nat(9), fc.nat(9), (pairs, one, two) => {
      const files = Object.fromEntries(
        Array.from({ length: 10 }, (_, n) => [
          n < 5 ? `f${n}.ts` : `f${n}.test.ts`,
          pairs.filter(([from]) => from === n).map(([, to]) => `import "./f${to}${to < 5 ? "" : ".test"}";`).join("\n"),
        ]),
      );
      const reach = (...changed: number[]): readonly string[] => reached(files, changed.map((n) => Object.keys(files)[n] ?? "")).map(([file]) => file);
      expect(reach(one, two)).toEqual(expect.arrayContaining([...reach(one)]));
    }),
  );
});
