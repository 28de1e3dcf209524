import { expect, test } from "vitest";
import { attributesOf, declaredAttributes, readAttributes } from "./path-attributes.ts";

const ROOT = `
# comment
*.pb.go          linguist-generated
src/gen/**       linguist-generated=true text
src/gen/own.ts   -linguist-generated
lib/**           linguist-vendored
"with space.js"  linguist-vendored=true
docs/**          linguist-documentation
*.ts             text eol=lf
`;

test.each([
  ["api/a.pb.go", { generated: true }],
  ["src/gen/deep/a.ts", { generated: true }],
  ["src/gen/own.ts", { generated: false }],
  ["lib/jquery.js", { vendored: true }],
  ["with space.js", { vendored: true }],
  ["docs/conf.py", { documentation: true }],
  ["src/a.ts", {}],
])("the last line of .gitattributes that names %s decides", (path, said) => {
  expect(attributesOf(path, readAttributes(ROOT))).toEqual(said);
});

test("a file in a folder speaks of that folder only", () => {
  const rules = readAttributes("*.js linguist-vendored\n/build/* linguist-generated=true", "packages/ui");
  expect(attributesOf("packages/ui/src/a.js", rules)).toEqual({ vendored: true });
  expect(attributesOf("packages/ui/build/x", rules)).toEqual({ generated: true });
  expect(attributesOf("packages/other/a.js", rules)).toEqual({});
});

test.each([
  ["*.js -diff", true],
  ["*.js binary", true],
  ["*.js -diff\n*.js diff=javascript", false],
  ["*.js binary\n*.js !diff", false],
  ["*.js text eol=lf", undefined],
])("%j hides a.js: %s", (text, hidden) => {
  expect(attributesOf("a.js", readAttributes(text)).hidden).toBe(hidden);
});

test("macros, negations and nonsense are left to Git", () => {
  expect(readAttributes('[attr]bin -diff\n!x linguist-generated\n"unclosed linguist-generated\nalone\n')).toEqual([]);
});

test("what the configuration declares stands above the attributes; an exclamation mark takes out of its own list only", () => {
  const rules = [...readAttributes("api/** -linguist-generated\nlib/** linguist-vendored"), ...declaredAttributes({ generated: ["api/", "!api/own.ts"], vendored: [] })];
  expect(attributesOf("api/client.ts", rules)).toEqual({ generated: true });
  expect(attributesOf("api/own.ts", rules)).toEqual({ generated: false });
  expect(attributesOf("lib/x.js", rules)).toEqual({ vendored: true });
  expect(declaredAttributes({ generated: [], vendored: [] })).toEqual([]);
});
