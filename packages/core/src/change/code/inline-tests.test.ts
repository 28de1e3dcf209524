import { expect, test } from "vitest";
import { diffOf } from "../../../../../tests/support/diff-of.ts";
import { testsInside, type TestsInside } from "./inline-tests.ts";

const inside = (path: string, base: string, head: string, texts = true): TestsInside => testsInside(diffOf(path, base, head), texts ? (side) => (side === "base" ? base : head) : undefined);

const RUST = "pub fn total(a: i32) -> i32 {\n    a\n}\n\n#[cfg(test)]\nmod tests {\n    use super::*;\n\n    #[test]\n    fn adds() {\n        assert_eq!(total(1), 1);\n    }\n}\n";

test.each([
  ["a Rust test beside the code", "src/a.rs", RUST, RUST.replace("    a\n", "    a + 0\n").replace("    #[test]\n", "    #[tokio::test]\n    async fn more() {}\n\n    #[test]\n")],
  ["a Rust test by its attribute alone", "src/a.rs", "fn a() {}\n", "fn a() { b() }\n#[crate::test]\nfn works() {}\n"],
  ["a Zig test", "src/a.zig", "fn a() void {}\n", 'fn a() void { b(); }\ntest "works" {}\n'],
  ["a Python example that runs", "src/a.py", "def a():\n    return 1\n", 'def a():\n    """\n    >>> a()\n    2\n    """\n    return 2\n'],
  ["an in-source test of Vitest", "src/a.ts", "export const a = 1;\n", "export const a = 2;\nif (import.meta.vitest) {\n  test('a', () => {});\n}\n"],
])("%s is a test that the change brings, and not all it does", (_, path, base, head) => {
  expect(inside(path, base, head)).toEqual({ brings: true, only: false });
});

test("a changed line of an older test is known by the file's text; a change of nothing else runs nowhere", () => {
  const head = RUST.replace("total(1), 1", "total(2), 2");
  expect(inside("src/a.rs", RUST, head)).toEqual({ brings: true, only: true });
  expect(inside("src/a.rs", RUST, head, false)).toEqual({ brings: false, only: false });
});

test("code is no test: before the block, after it, and in words that only sound like one", () => {
  expect(inside("src/a.rs", RUST, RUST.replace("    a\n", "    a + 0\n"))).toEqual({ brings: false, only: false });
  expect(inside("src/a.rs", RUST, `${RUST}pub fn after() {}\n`)).toEqual({ brings: false, only: false });
  expect(inside("src/a.ts", "latest(1)\n", "latest(2) // test\n")).toEqual({ brings: false, only: false });
  expect(inside("src/a.go", "// #[test]\n", "// #[test]\nx()\n")).toEqual({ brings: false, only: false });
});
