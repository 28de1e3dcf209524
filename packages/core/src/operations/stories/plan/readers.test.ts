import fc from "fast-check";
import * as yaml from "yaml";
import { describe, expect, test } from "vitest";
import { callsTo, pathsNamed, shapeOf } from "./calls.ts";
import { operationsIn } from "./read-openapi.ts";
import { symbolsIn } from "./read-symbols.ts";
import { hasWayBack, tablesIn } from "./read-tables.ts";
import { matchTargets, targetsFor } from "./targets.ts";

describe("exported names", () => {
  const names = (path: string, text: string): readonly string[] => symbolsIn(path, text).map(({ name, kind, line }) => `${line} ${kind} ${name}`);
  test("of scripts: declarations, lists over several lines, and CommonJS", () => {
    const text = "export async function a() {}\nexport const b = (x: number) => x;\nexport const C = 3;\nexport default class D {}\nexport {\n  e as f,\n  type G,\n} from './x';\nexports.h = 1;\nmodule.exports = { i, j: k };\nexport interface L {}\n";
    expect(names("src/a.ts", text)).toEqual(["1 function a", "2 function b", "3 value C", "4 class D", "5 name f", "5 type G", "9 value h", "10 value i", "10 value j", "11 interface L"]);
  });
  test("what is indented, commented or in a string exports nothing", () => {
    expect(names("src/a.ts", '// export const a = 1;\n  export const b = 1;\nconst c = "export const d";\nexported = 1;\n')).toEqual([]);
  });
  test("of Python and Go what their readers may use", () => {
    expect(names("a.py", "def price():\n    def inner(): pass\nclass _Hidden: pass\ndef _own(): pass\nclass Cart:\n")).toEqual(["1 function price", "5 class Cart"]);
    expect(names("a.go", "func Price() {}\nfunc price() {}\nfunc (c *Cart) Add() {}\ntype Cart struct{}\n")).toEqual(["1 function Price", "3 function Add", "4 type Cart"]);
  });
});

describe("tables", () => {
  const tables = (file: string, text: string, step = false): readonly string[] => tablesIn(file, text, step).map(({ name }) => name);
  test.each([
    ["SQL of a step", "migrations/1.sql", 'create table if not exists "shop"."orders" (id int);\nALTER TABLE carts ADD x int;\nCREATE UNIQUE INDEX i ON items (a);', true, ["orders", "carts", "items"]],
    ["statements in code", "src/a.ts", 'q("SELECT * FROM orders o JOIN carts c ON 1"); q(`INSERT INTO items VALUES (1)`); q("UPDATE stock SET n = 1")', false, ["orders", "carts", "items", "stock"]],
    ["knex and drizzle", "src/a.ts", 'knex("orders").where(1); pgTable("carts", {}); db.selectFrom("items")', false, ["carts", "items", "orders"]],
    ["Prisma", "prisma/schema.prisma", "model Order {\n}\nmodel Cart {\n}\n", false, ["Order", "Cart"]],
    ["Alembic and Django-like names", "alembic/versions/1.py", 'op.create_table("orders")', true, ["orders"]],
  ])("%s", (_, file, text, step, expected) => {
    expect(tables(file, text, step)).toEqual(expected);
  });
  test("prose, imports and words of SQL name none", () => {
    expect(tables("src/a.ts", 'import { x } from "y"; // update the cart from the list\nArray.from(orders); const s = "Select one FROM the list"; q("SELECT 1")')).toEqual([]);
  });
  test.each([
    ["m/1.up.sql", "", ["m/1.down.sql"], true],
    ["m/1.sql", "-- migrate:down\nDROP TABLE a", [], true],
    ["m/1.sql", "CREATE TABLE a ()", [], false],
    ["prisma/migrations/1/migration.sql", "", [], false],
    ["m/1.ts", "export async function up() {}\nexport async function down() {}", [], true],
    ["m/1.ts", "export async function up() {}", [], false],
    ["m/1.py", "def downgrade():\n    pass", [], false],
    ["m/1.py", "def downgrade() -> None:\n    op.drop_table('a')", [], true],
    ["m/1.kt", "", [], undefined],
  ])("the way back of %s", (file, text, beside, expected) => {
    expect(hasWayBack(file, text, new Set(beside))).toBe(expected);
  });
});

describe("OpenAPI", () => {
  test("operations of YAML and JSON; a base path is part of the path", () => {
    expect(operationsIn("a.yaml", "openapi: 3.1.0\npaths:\n  /orders/{id}:\n    parameters: []\n    get: { operationId: show }\n    delete: {}\n", yaml)).toEqual([
      { file: "a.yaml", method: "GET", path: "/orders/{id}", operation: "show" },
      { file: "a.yaml", method: "DELETE", path: "/orders/{id}" },
    ]);
    expect(operationsIn("a.json", '{"swagger":"2.0","basePath":"/v1/","paths":{"/a":{"get":{}}}}', yaml)).toEqual([{ file: "a.json", method: "GET", path: "/v1/a" }]);
  });
  test("what is none, is broken or is built to exhaust its reader has no answer", () => {
    const bomb = `openapi: "3"\na: &a [x,x,x,x,x,x,x,x,x,x]\n${"bcdefghi".split("").map((name, at) => `${name}: &${name} [${Array(10).fill(`*${"abcdefgh"[at]}`).join(",")}]`).join("\n")}\npaths: {}\n`;
    for (const text of ["a: 1", "openapi: [", "[".repeat(50_000), bomb]) expect(operationsIn("a.yaml", text, yaml)).toBeUndefined();
    fc.assert(fc.property(fc.string(), (text) => void operationsIn("a.yaml", text, yaml)));
  });
});

describe("calls between repositories", () => {
  test("a parameter is a parameter, however it is written", () => {
    expect(["/orders/:id", "/orders/{id}", "/orders/${order.id}", "/orders/[id]", "/orders/*?x=1"].map(shapeOf)).toEqual(Array(5).fill("/orders/*"));
  });
  test("texts that look like requests are found, file paths and words are not", () => {
    expect([...pathsNamed('fetch("/orders"); fetch(`${BASE}/orders/${id}`); "a/b"; "/"; "/v1/x"; `/api/carts?${page(1, 2)}`')]).toEqual(["/orders", "/orders/*", "/api/carts"]);
  });
  test("what a repository handles itself is no call to another that handles the same", () => {
    const one = (name: string, routes: readonly string[], ...paths: readonly string[]) => ({ name, routes: routes.map((path) => ({ method: "GET", path })), paths: new Map([["src/a.ts", new Set(paths)]]) });
    const pay = one("pay", ["/orders/:id", "/health"]);
    expect(callsTo(one("web", [], "/orders/*"), pay)).toEqual([{ repository: "pay", route: "GET /orders/:id", files: ["src/a.ts"] }]);
    expect(callsTo(one("other", ["/orders/{id}"], "/orders/*"), pay)).toEqual([]);
    expect(callsTo(one("web", [], "/prices"), pay)).toEqual([]);
  });
});

test("a target may name its repository; one without a name is looked for in each", () => {
  expect(targetsFor(["web:src/**", "pay:src/**", "docs/**", "odd:x/**"], "web", ["web", "pay"])).toEqual(["src/**", "docs/**", "odd:x/**"]);
  expect(matchTargets(["src/**", "lib/**", "!src/x/**"], ["src/a.ts", "src/x/b.ts", "proofline/stories/ST-a.md"])).toEqual({ files: ["src/a.ts"], unmatched: ["lib/**"] });
});
