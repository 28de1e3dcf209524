import { expect, test } from "vitest";
import type { Repository } from "#change";
import { noCodeMemory } from "../ports/code-memory.ts";
import { blastRadius } from "./blast-radius.ts";

type Files = Readonly<Record<string, string>>;

const draw = (files: Files, ...named: string[]) => {
  const content = (text: string) => ({ blob: text, bytes: text.length, text });
  const repository = {
    bare: false,
    resolve: () => Promise.resolve({ headTree: "head", mergeBaseTree: "base", head: "head", headName: "HEAD", headKind: "commit", headCommit: "head" }),
    listFiles: () => Promise.resolve(Object.entries(files).map(([path, text]) => ({ path, mode: "100644", blob: text }))),
    readBlobs: (blobs: readonly string[]) => Promise.resolve(new Map(blobs.map((blob) => [blob, content(blob)]))),
  } as unknown as Repository & { readonly bare: boolean };
  return blastRadius({ repository, code: noCodeMemory, ci: true })({ files: named });
};

const json = (value: unknown): string => JSON.stringify(value);

const SHOP: Files = {
  "package.json": json({ name: "shop", private: true, dependencies: { next: "15" } }),
  "openapi.yaml": "openapi: 3.1.0",
  "schema.graphql": "type Query { price: Int }",
  "src/price.ts": "",
  "src/cart.ts": 'import "./price"; readFileSync("schema.graphql");',
  "src/server.ts": 'import "./cart"; app.get("/cart/:id", show); app.post("/cart", add);',
  "src/pages/api/price.ts": 'import "../../price"',
  "app/(shop)/cart/[id]/page.tsx": 'import "../../../../src/cart"',
  "src/price.test.ts": 'import "./price"; fake.get("/no", h);',
  "packages/sdk/package.json": json({ name: "@shop/sdk", main: "dist/index.js" }),
  "packages/sdk/src/index.ts": 'import "../../../src/price"',
  "src/lonely.ts": "",
};

test("routes, contracts, packages and tests of what depends on a file", async () => {
  const { routes, contracts, packages, tests } = await draw(SHOP, "src/price.ts");
  expect(routes.map(({ method, path }) => `${method} ${path}`).toSorted()).toEqual(["ANY /api/price", "GET /cart/:id", "GET /cart/:id", "POST /cart"]);
  expect(contracts.map(({ kind, name }) => `${kind} ${name}`)).toEqual(["openapi openapi.yaml", "graphql schema.graphql", "package @shop/sdk"]);
  expect(packages.map(({ name }) => name)).toEqual(["shop", "@shop/sdk"]);
  expect(tests).toEqual({ unit: 1, integration: 0, e2e: 0 });
});

test("nothing depends on a file nobody uses", async () => {
  const { files, routes, contracts } = await draw(SHOP, "src/lonely.ts");
  expect([files.map(({ path }) => path), routes, contracts]).toEqual([["src/lonely.ts"], [], []]);
});

test("a changed contract is in its own radius, with who uses it", async () => {
  const { files, contracts } = await draw(SHOP, "schema.graphql");
  expect(files.map(({ path, tie }) => [path, tie])).toContainEqual(["src/cart.ts", "names"]);
  expect(contracts).toContainEqual({ kind: "graphql", name: "schema.graphql", because: "changed" });
});

test("a file that is not there is named", async () => {
  await expect(draw(SHOP, "src/prise.ts")).rejects.toMatchObject({ code: "blast/no-such-file" });
});
