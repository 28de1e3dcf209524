import { expect, it } from "vitest";
import { buildOrder, missingPackages, type OwnPackage } from "./sibling-builds.ts";

const own = (name: string, dir: string, ...needs: readonly string[]): OwnPackage => ({ name, dir, needs, entries: ["dist/index.js"], build: "npm run build" });
const core = own("@shop/core", "packages/core", "left-pad", "@shop/words");
const words = own("@shop/words", "packages/words", "@shop/core"); // a circle, as devDependencies make them
const cart = own("cart", "packages/cart", "@shop/core");
const packages = [cart, words, core];

it.each<[missing: string, found: readonly OwnPackage[]]>([
  ["@shop/core", [core]],
  ["@shop/core/deep/entry", [core]],
  ["packages/words/dist/index.js", [words]],
  ["packages/cart/node_modules/@shop/core/dist/index.js", [core]],
  ["cart", [cart]],
  ["left-pad", []],
  ["@shop/other", []],
])("knows whose %s is", (missing, found) => {
  expect(missingPackages([{ kind: "load", message: "", missing }], packages)).toEqual(found);
});

it("looks at failures to load only", () => {
  expect(missingPackages([{ kind: "assertion", message: "", missing: "cart" }, undefined], packages)).toEqual([]);
});

it("builds what a package needs before it, and goes round no circle", () => {
  expect(buildOrder([cart], packages).map((one) => one.name)).toEqual(["@shop/words", "@shop/core", "cart"]);
});
