import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildImportGraph } from "../graph/import-graph.ts";

type Files = Readonly<Record<string, string>>;

/** What `from` reaches when it imports `specifier`. */
function target(specifier: string, files: Files, from = "test/a.ts"): readonly string[] {
  const { importers } = buildImportGraph([...Object.entries(files).map(([path, text]) => ({ path, text })), { path: from, text: `import "${specifier}"` }]);
  return [...importers].filter(([, users]) => users.includes(from)).map(([path]) => path);
}

const json = (value: unknown): string => JSON.stringify(value);
const pkg = (value: unknown): Files => ({ "package.json": json(value) });

describe("a relative name", () => {
  it.each([
    ["../src/a", { "src/a.ts": "", "src/a/index.ts": "" }, "src/a.ts"],
    ["../src/a.js", { "src/a.ts": "" }, "src/a.ts"],
    ["../src/a.jsx", { "src/a.tsx": "" }, "src/a.tsx"],
    ["../src/a.mjs", { "src/a.mts": "" }, "src/a.mts"],
    ["../src/a.json", { "src/a.json": "" }, "src/a.json"],
    ["../src/a", { "src/a.vue": "", "src/a.json": "" }, "src/a.vue"],
    ["../src/a", { "src/a/index.js": "" }, "src/a/index.js"],
    ["../src/a.test", { "src/a.test.ts": "" }, "src/a.test.ts"],
    ["../src/a?raw", { "src/a.ts": "" }, "src/a.ts"],
    ["!!raw-loader!../src/a.txt", { "src/a.txt": "" }, "src/a.txt"],
    ["..", { ...pkg({}), "index.js": "" }, "index.js"],
    ["../.", { ...pkg({ main: "./index" }), "index.js": "" }, "index.js"],
    ["..", { ...pkg({ main: "lib/main.js" }), "lib/main.js": "", "index.js": "" }, "lib/main.js"],
    ["..", { ...pkg({ main: "lib" }), "lib/index.js": "" }, "lib/index.js"],
    ["..", { ...pkg({ main: "dist/built.js" }), "src/index.ts": "" }, "src/index.ts"],
    ["../dist/deep/a.js", { ...pkg({}), "src/deep/a.ts": "" }, "src/deep/a.ts"],
    ["../dist/esm/a.mjs", { ...pkg({}), "lib/a.ts": "" }, "lib/a.ts"],
  ])("%s in %j is %s", (specifier, files, expected) => {
    expect(target(specifier, files as Files)).toEqual([expected]);
  });

  it("leads to every way in that a manifest names, and to no other", () => {
    expect(target("..", { ...pkg({ exports: { ".": { import: "./esm.mjs", require: { default: "./main.cjs" } }, "./other": "./other.js" } }), "main.cjs": "", "esm.mjs": "", "other.js": "" })).toEqual(["esm.mjs", "main.cjs"]);
  });
});

describe("a bare name", () => {
  const workspace: Files = {
    "package.json": json({ workspaces: ["packages/*"] }),
    "packages/a/package.json": json({ name: "@acme/a", exports: { ".": "./build/modern/index.js", "./sub": "./dist/sub.js", "./deep/*": "./src/deep/*.ts" }, imports: { "#own/*": "./src/*.ts" } }),
    "packages/a/src/index.ts": "",
    "packages/a/src/sub.ts": "",
    "packages/a/src/deep/x.ts": "",
    "packages/b/package.json": json({ name: "b" }),
    "packages/b/lib/thing.js": "",
  };
  it.each([
    ["@acme/a", "packages/a/src/index.ts"],
    ["@acme/a/sub", "packages/a/src/sub.ts"],
    ["@acme/a/deep/x", "packages/a/src/deep/x.ts"],
    ["b/lib/thing", "packages/b/lib/thing.js"],
  ])("of a workspace package: %s", (specifier, expected) => {
    expect(target(specifier, workspace, "packages/c/test.ts")).toEqual([expected]);
  });

  it("of the package's own imports", () => {
    expect(target("#own/sub", workspace, "packages/a/test/a.ts")).toEqual(["packages/a/src/sub.ts"]);
    expect(target("#own/sub", workspace, "packages/b/test/a.ts")).toEqual([]);
  });

  it.each([
    ["@/x", { "tsconfig.json": '{ // ours\n "compilerOptions": { "paths": { "@/*": ["./source/*"], }, }, }', "source/x.ts": "" }, "source/x.ts"],
    ["lib/x", { "tsconfig.json": json({ extends: "./tsconfig.base.json" }), "tsconfig.base.json": json({ compilerOptions: { baseUrl: "./app" } }), "app/lib/x.ts": "" }, "app/lib/x.ts"],
    ["$x/y", { "vite.config.ts": 'export default { resolve: { alias: { "$x": path.resolve(__dirname, "app/x") } } }', "app/x/y.ts": "" }, "app/x/y.ts"],
    ["$x/y", { "vitest.config.ts": 'export default { resolve: { alias: [{ find: "$x", replacement: fileURLToPath(new URL("./app/x", import.meta.url)) }] } }', "app/x/y.ts": "" }, "app/x/y.ts"],
    ["lib/y", { "package.json": json({ jest: { moduleNameMapper: { "^lib/(.*)$": "<rootDir>/other/$1" } } }), "other/y.js": "" }, "other/y.js"],
    ["~/y", { "app/y.ts": "" }, "app/y.ts"],
  ])("by settings: %s in %j", (specifier, files, expected) => {
    expect(target(specifier, files as Files)).toEqual([expected]);
  });

  it("from outside stays a package, by name, whatever is asked of it", () => {
    const { importersOfPackage } = buildImportGraph([{ path: "a.ts", text: 'import "lodash/get"; import "@scope/x/y"; import type { T } from "typed";' }]);
    expect([...importersOfPackage.keys()]).toEqual(["lodash", "@scope/x"]);
  });
});

it("no manifest and no settings make it throw or lead out of the tree", () => {
  const hostile = fc.oneof(fc.string(), fc.json(), fc.constantFrom('{"main":"../../etc/passwd"}', '{"exports":["../x",{"a":"./../y"}]}', '{"main":["/"]}', '{"extends":"./tsconfig.json"}', '{"compilerOptions":{"paths":{"*":["../../*"]}}}', '{"exports":{"./*":"./*/*"}}'));
  fc.assert(
    fc.property(hostile, hostile, fc.constantFrom("..", "../x", "own", "own/x", "#x", "@/x", "/x", "../../../x"), (manifest, settings, specifier) => {
      const files = { "p/package.json": manifest, "p/tsconfig.json": settings, "p/x.ts": "", "x.ts": "" };
      expect(target(specifier, files, "p/test/a.ts").every((path) => path in files)).toBe(true);
    }),
  );
});

it("settings are read to their end, whatever in them has none", () => {
  const extended = (name: string, next: string) => [`tsconfig.${name}.json`, JSON.stringify({ extends: Array(60).fill(`./tsconfig.${next}.json`), compilerOptions: { paths: { "@/*": ["./src/*"] } } })];
  const files = Object.fromEntries([
    ["tsconfig.json", "/*x".repeat(300_000)],
    ["jsconfig.json", '\\"'.repeat(400_000)],
    ["vite.config.ts", "alias:{'a':'./src',\n".repeat(10_000)],
    ["src/x.ts", ""],
    ...["a b", "b c", "c d", "d e", "e f"].map((pair) => extended(...(pair.split(" ") as [string, string]))),
  ]);
  expect(target("@/x", files)).toEqual(["src/x.ts"]);
});
