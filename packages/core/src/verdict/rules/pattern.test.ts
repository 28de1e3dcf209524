import fc from "fast-check";
import { expect, test } from "vitest";
import { compileLinear } from "./linear-matcher.ts";
import { cpuMs } from "../../../../../tests/support/cpu-time.ts";

const matches = (pattern: string, text: string): boolean => {
  const matcher = compileLinear(pattern);
  if ("says" in matcher) throw new Error(`${pattern}: ${matcher.says}`);
  return matcher.test(text);
};

test.each([
  ["^src/.*\\.ts$", "src/a/b.ts", true],
  ["^src/.*\\.ts$", "lib/src/a.ts", false],
  ["(?:pay|bill)ments?", "src/billment.ts", true],
  ["[^a-z/]", "abc/", false],
  ["[]a]", "]", true],
  ["\\bauth\\b", "lib/auth/x", true],
  ["\\bauth\\b", "lib/author", false],
  ["a{2,3}b", "ab", false],
  ["a{2,3}b", "aaab", true],
  ["", "anything", true],
  ["x{,2}", "x{,2}", true],
])("%s on %s is %s", (pattern, text, expected) => {
  expect(matches(pattern, text)).toBe(expected);
});

test.each(["(a)\\1", "(?=a)", "(?<!a)b", "(?<name>a)", "a**", "*a", "(a", "a)", "[z-a]", "a{200}", "(((a{100}){100}){100})", "\\p{L}", "(".repeat(30), "a\\"])(
  "refuses %s and says where",
  (pattern) => {
    const refused = compileLinear(pattern);
    expect(refused).toHaveProperty("says");
    expect((refused as { at: number }).at).toBeLessThanOrEqual(pattern.length);
  },
);

test("texts that make a backtracking engine hang take milliseconds", () => {
  const started = cpuMs();
  for (const pattern of ["(a+)+$", "^(a|a)*$", "(a|aa)+$", "(.*)*x", "^(([a-z])+.)+[A-Z]([a-z])+$", ".*.*.*.*=.*"]) {
    expect(matches(pattern, `${"a".repeat(5_000)}!`)).toBe(false);
  }
  expect(cpuMs() - started).toBeLessThan(2_000);
});

const piece = fc.oneof(
  fc.constantFrom("a", "b", "c", ".", "\\d", "\\w", "[ab]", "[^a]", "^", "$", "\\b", "1"),
  fc.constantFrom("a", "b").map((char) => `(?:${char}|b1)`),
);
const pattern = fc
  .array(fc.tuple(piece, fc.constantFrom("", "*", "+", "?", "{1,2}", "*?")), { minLength: 1, maxLength: 5 })
  .map((parts) => parts.map(([atom, sign]) => (/^[\^$]$|^\\b$/.test(atom) ? atom : atom + sign)).join(""));

test("agrees with JavaScript's own engine on the shared subset", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        pattern,
        fc.tuple(pattern, pattern).map((two) => two.join("|")),
      ),
      fc.string({ unit: fc.constantFrom("a", "b", "c", "1", "-"), maxLength: 12 }),
      (source, text) => {
        expect(matches(source, text)).toBe(new RegExp(source).test(text));
      },
    ),
    { numRuns: 2_000 },
  );
});
