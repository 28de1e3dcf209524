import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { proveSides, sidesOf, type Files } from "./proving.ts";

vi.setConfig({ testTimeout: 120_000 });

const manifest = (name: string, more: object): string => JSON.stringify({ name, version: "1.0.0", type: "module", main: "dist/index.js", ...more });
const building = { build: "node -e \"const fs = require('fs'); fs.mkdirSync('dist', { recursive: true }); fs.copyFileSync('src/index.js', 'dist/index.js'); fs.appendFileSync('../../builds.log', '.')\"" };
const BEFORE: Files = {
  ".gitignore": "node_modules\n.proofline\ndist\nbuilds.log\n",
  "package.json": '{ "name": "shop", "private": true, "workspaces": ["packages/*"] }',
  "packages/words/package.json": manifest("@shop/words", { scripts: building }),
  "packages/words/src/index.js": 'export const unit = "EUR";\n',
  "packages/core/package.json": manifest("@shop/core", { scripts: building, dependencies: { "@shop/words": "*" } }),
  "packages/core/src/index.js": 'import { unit } from "@shop/words";\nexport const say = (n) => `${n} ${unit}`;\n',
  "packages/cart/package.json": manifest("@shop/cart", { main: "index.js", scripts: { test: "node --test" }, dependencies: { "@shop/core": "*" } }),
  "packages/cart/index.js": 'import { say } from "@shop/core";\nexport const price = (n) => say(Math.floor(n));\n',
};
const CHANGE: Files = {
  "packages/cart/index.js": 'import { say } from "@shop/core";\nexport const price = (n) => say(Math.round(n));\n',
  "packages/cart/test/price.test.js": 'import { it } from "node:test";\nimport assert from "node:assert";\nimport { price } from "../index.js";\nit("rounds half up", () => assert.equal(price(1.5), "2 EUR"));\n',
};

function prove(before: Files = {}) {
  const sides = sidesOf([], { ...BEFORE, ...before }, CHANGE);
  mkdirSync(join(sides.repo.dir, "node_modules/@shop"), { recursive: true });
  for (const name of ["words", "core", "cart"]) symlinkSync(`../../packages/${name}`, join(sides.repo.dir, "node_modules/@shop", name));
  return proveSides(sides, { repeat: 2 });
}

it("builds the packages beside the tested one that its tests import and that are not built, each after what it needs", async () => {
  expect(await prove()).toMatchObject({ outcome: "proven", because: "“rounds half up” is red without the change and green with it", repeats: 2 });
});

it("says which package can't be built, and what to declare", async () => {
  const record = await prove({ "packages/words/package.json": manifest("@shop/words", { scripts: { build: "no-such-builder" } }) });
  expect(record).toMatchObject({ outcome: "not proven", notes: [expect.stringMatching(/^@shop\/words \(packages\/words\) has to be built before these tests, and `npm run build` there failed: .*declare a tests.command/)] });
  expect(await prove({ "packages/words/package.json": manifest("@shop/words", {}) })).toMatchObject({ outcome: "not proven", notes: [expect.stringContaining("it has no script that builds it")] });
});
