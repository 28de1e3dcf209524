import fc from "fast-check";
import { expect, test } from "vitest";
import { code, plain } from "./markdown.ts";

test("what a repository says is text in a page: no markup, no comment, no second line", () => {
  expect(plain("<!-- /generated --> | *a* [b](c)\n# d")).toBe("&lt;!-- /generated --> \\| \\*a\\* \\[b\\](c) # d");
  expect(plain("# heading")).toBe("\\# heading");
  expect(code("a`b\nc")).toBe("`a b c`");
  fc.assert(fc.property(fc.string(), (text) => !/[\n\r]|<!--|(?<!\\)\|/.test(plain(text)) && !/[\n\r]/.test(code(text))));
});
