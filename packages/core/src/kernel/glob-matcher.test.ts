import fc from "fast-check";
import picomatch from "picomatch";
import { expect, test } from "vitest";
import { matcherOf } from "./glob-matcher.ts";

const name = fc.constantFrom("a", "b", "auth", "x.ts", "auth.ts", "auth.test.ts", ".env", "a-b", "auth-b.ts", "auth.", "Dockerfile", "A", "a.b.c", "{a}", "!a", "...", "a b");
const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((parts) => parts.join("/"));
const part = fc.constantFrom("*", "**", "a", "auth", "{a,auth}", "{a,b}-{b,c}.*", "*.ts", "*.{ts,js}", "auth.*", "{a,auth}.*", ".*", "?", "[ab]", "{a}", "!(a)", "@(a|b)", "a*", "*b*", "!a", "{a,b/auth}", "{1..3}", "a*.{ts,test.*}", "*{a,-b}*", "{**,a}", ".", "x.?s");
const glob = fc.tuple(fc.array(part, { minLength: 1, maxLength: 4 }), fc.boolean()).map(([parts, anywhere]) => (anywhere ? ["**", ...parts] : parts).join("/"));

test("every glob matches exactly the paths picomatch matches", () => {
  fc.assert(
    fc.property(glob, path, (pattern, file) => {
      expect(matcherOf(pattern)(file)).toBe(picomatch(pattern, { dot: true })(file));
    }),
    { numRuns: 5_000 },
  );
});

test("one folder is looked at once, and its answer is its own", () => {
  const inside = matcherOf("src/*/shared/**");
  expect(["src/a/shared/x", "src/b/shared/x", "src/a/shared", "src/a/other/x", "src/a/shared/y/z", "x"].map(inside)).toEqual([true, true, true, false, true, false]);
});

test("an empty glob is refused where it is compiled", () => {
  expect(() => matcherOf("")).toThrow(TypeError);
});
