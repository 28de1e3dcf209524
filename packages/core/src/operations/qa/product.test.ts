import { expect, test } from "vitest";
import { productOf } from "./product.ts";

const entry = (path: string, blob = "1") => ({ path, mode: "100644", blob });
const SHOP = [entry("src/a.ts"), entry("package.json"), entry("migrations/1_a.sql")];

test("tests, prose, CI and our own records are no part of the product; whatever ships is", () => {
  const before = productOf(SHOP);
  for (const path of ["test/a.test.ts", "README.md", ".github/workflows/ci.yml", "proofline/qa/x.json", "proofline/stories/ST-a.md", "proofline.yaml", ".proofline/x"]) expect(productOf([...SHOP, entry(path)]), path).toBe(before);
  for (const path of ["src/b.ts", "Dockerfile", "public/logo.svg", "package-lock.json"]) expect(productOf([...SHOP, entry(path)]), path).not.toBe(before);
  expect(productOf([entry("src/a.ts", "2"), ...SHOP.slice(1)])).not.toBe(before);
  expect(productOf([...SHOP].reverse())).toBe(before);
  const submodule = (blob: string) => productOf([...SHOP, { path: "vendor/pay", mode: "160000", blob }]);
  expect(submodule("2")).not.toBe(submodule("1"));
});
