import fc from "fast-check";
import { expect, test } from "vitest";
import { matchesPattern, readPattern, type PatternDialect } from "./path-pattern.ts";
import { cpuMs } from "../../../../tests/support/cpu-time.ts";

const owners: PatternDialect = { foldersDescend: true, middleSlashAnchors: true };
const attributes: PatternDialect = { foldersDescend: false, middleSlashAnchors: true };
const matches = (pattern: string, path: string, dialect = owners): boolean => matchesPattern(readPattern(pattern, dialect), path);

test.each([
  ["*", "a/b/c.txt", true],
  ["*.js", "a/b.js", true],
  ["*.js", "a/b.ts", false],
  ["/docs/", "docs/a/b.md", true],
  ["/docs/", "x/docs/a.md", false],
  ["docs/", "x/docs/a.md", true],
  ["docs/", "docs", false],
  ["docs/*", "docs/getting-started.md", true],
  ["docs/*", "docs/build-app/troubleshooting.md", false],
  ["/*", "README.md", true],
  ["/*", "docs/a.md", false],
  ["**/logs", "build/logs/a.log", true],
  ["**/logs", "deeply/nested/logs", true],
  ["/build/logs/", "build/logs/x/y", true],
  ["/apps/github", "apps/github/src/x.rb", true],
  ["apps/github", "other/apps/github/x.rb", false],
  ["docs/**/*.md", "docs/index.md", true],
  ["docs/**/*.md", "docs/a/b/c.md", true],
  ["docs/**/*.md", "docs/a/b/c.txt", false],
  ["src/**", "src/a/b", true],
  ["src/**", "src", false],
  ["a?c", "abc", true],
  ["a?c", "a/c", false],
  ["path\\ with\\ spaces/", "path with spaces/x", true],
  ["\\#file.rb", "x/#file.rb", true],
  ["a\\*c", "a*c", true],
  ["a\\*c", "abc", false],
  ["/", "anything", false],
  ["README.md", "docs/README.md", true],
])("%s asked about %s says %s", (pattern, path, expected) => {
  expect(matches(pattern, path)).toBe(expected);
});

test("a folder's name names what is in it for CODEOWNERS and not for .gitattributes", () => {
  expect(matches("vendor", "vendor/a.go")).toBe(true);
  expect(matches("vendor", "vendor/a.go", attributes)).toBe(false);
  expect(matches("vendor/**", "vendor/a/b.go", attributes)).toBe(true);
});

test("a path written out always names itself and nothing beside itself", () => {
  const name = fc.stringMatching(/^[a-z0-9._-]{1,8}$/);
  fc.assert(
    fc.property(fc.array(name, { minLength: 1, maxLength: 5 }), name, (names, other) => {
      const path = names.join("/");
      expect(matches(`/${path}`, path)).toBe(true);
      expect(matches(`/${path}`, `${other}!/${path}`)).toBe(false);
    }),
  );
});

test("a hostile pattern takes no longer than its length times the path's", () => {
  const started = cpuMs();
  expect(matches(`${"*a".repeat(2_000)}b`, "a".repeat(4_000))).toBe(false);
  expect(matches(`${"**/a/".repeat(500)}b`, "a/".repeat(2_000) + "c")).toBe(false);
  expect(cpuMs() - started).toBeLessThan(2_000);
});
