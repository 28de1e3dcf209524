import { expect, test } from "vitest";
import { diffOf } from "../../../../../tests/support/diff-of.ts";
import { definedBy } from "./symbol-patterns.ts";
import { touchedSymbols } from "./touched-symbols.ts";
import { cpuMs } from "../../../../../tests/support/cpu-time.ts";

test.each([
  ["a.ts", "export async function load(a: string): Promise<void> {", "load"],
  ["a.ts", "export default class Foo<T> extends Bar {", "Foo"],
  ["a.ts", "const add = (a, b) => a + b", "add"],
  ["a.ts", "export const use: Hook = async (x) => {", "use"],
  ["a.tsx", "const List: FC<Props> = ({", "List"],
  ["a.ts", "  private async run<T>(x: T): Promise<T> {", "run"],
  ["a.ts", "  get name() {", "name"],
  ["a.ts", "  #secret(a) {", "#secret"],
  ["a.js", "Foo.prototype.bar = function (a) {", "bar"],
  ["a.js", "exports.baz = async function () {", "baz"],
  ["a.js", "  handle: function () {", "handle"],
  ["a.py", "    async def fetch(self):", "fetch"],
  ["a.py", "class Foo(Bar):", "Foo"],
  ["a.go", "func (s *Server) Serve(l net.Listener) error {", "Serve"],
  ["a.go", "type Server struct {", "Server"],
  ["a.rb", "  def self.find!(id)", "find!"],
  ["a.rs", "pub(crate) async unsafe fn go(&self) {", "go"],
  ["a.php", "    public static function &make(): self", "make"],
  ["A.java", "    public static <T> List<T> of(T... items) {", "of"],
  ["A.java", "public final class Foo implements Bar {", "Foo"],
  ["A.cs", "    protected override async Task Run(int a)", "Run"],
  ["a.kt", "    suspend fun String.load(x: Int) {", "load"],
  ["a.swift", "func move(to point: CGPoint) {", "move"],
  ["a.ex", "  defp parse!(text) do", "parse!"],
  ["a.cc", "void Foo::bar(int a) {", "Foo::bar"],
])("%s: %s defines %s", (path, line, name) => {
  expect(definedBy(path, line)).toBe(name);
});

test.each([
  ["a.ts", "if (a) {"],
  ["a.ts", "} else if (b) {"],
  ["a.ts", "foo(function () {"],
  ["a.ts", "it('works', async () => {"],
  ["a.ts", "return call(a) {"],
  ["a.ts", "const a = b"],
  ["a.js", "module.exports = async function ({ targets }) {"],
  ["A.java", "return foo(a);"],
  ["A.java", "if (a.b(c)) {"],
  ["A.java", "new Foo(a) {"],
  ["a.py", "definitely = 1"],
  ["README.md", "function foo() {"],
])("%s: %s defines nothing", (path, line) => {
  expect(definedBy(path, line)).toBeUndefined();
});

const BASE = `import x from "x";

export function first(a) {
  return a + 1;
}

class Box {
  open() {
    return this.lid;
  }
  close() {
    this.lid = 1;
  }
}
`;

test("functions whose lines changed are named at their changed line on head", () => {
  const head = BASE.replace("a + 1", "a + 2").replace("this.lid = 1", "this.lid = 0");
  expect(touchedSymbols(diffOf("a.ts", BASE, head), () => head)).toEqual([
    { name: "first", line: 4 },
    { name: "close", line: 12 },
  ]);
});

test("an added and a deleted definition are named where they stand, the deleted one on base", () => {
  const head = BASE.replace("  open() {\n    return this.lid;\n  }\n", "").replace("import", "function fresh() {\n  return 1;\n}\nimport");
  const names = touchedSymbols(diffOf("a.ts", BASE, head));
  expect(names).toContainEqual({ name: "fresh", line: 1 });
  expect(names).toContainEqual({ name: "open", line: 8 });
});

test("top-level code below a function is not part of it", () => {
  const head = `${BASE}start();\n`;
  const file = diffOf("a.ts", BASE, head);
  const headed = { ...file, hunks: file.hunks.map((hunk) => ({ ...hunk, heading: "class Box {" })) };
  expect(touchedSymbols(headed)).toEqual([]);
  expect(touchedSymbols(file, () => head)).toEqual([]);
});

test("without texts the heading says which function a hunk is in", () => {
  const file = diffOf("a.ts", BASE, BASE.replace("a + 1", "a + 2"));
  const headed = { ...file, hunks: file.hunks.map((hunk) => ({ ...hunk, heading: "export function first(a) {" })) };
  expect(touchedSymbols(headed)).toEqual([{ name: "first", line: 4 }]);
});

test("a huge line costs no more than its first 300 characters", () => {
  const started = cpuMs();
  for (const line of [`${" ".repeat(1e6)}x`, "public ".repeat(1e5), `const a = (${"(".repeat(1e6)}`, `a(${"<".repeat(1e6)}`]) {
    for (const path of ["a.ts", "A.java", "a.go", "a.rs", "a.php", "a.kt"]) definedBy(path, line);
  }
  expect(cpuMs() - started).toBeLessThan(1_000);
});
