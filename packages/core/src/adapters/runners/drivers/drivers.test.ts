import { expect, test } from "vitest";
import type { DriverRequest } from "./driver.ts";
import { DRIVERS } from "./drivers.ts";

const wordsOf = (version: string, runner: "jest" | "vitest" = "jest"): readonly string[] => {
  const tool = { script: `/t/node_modules/${runner}/bin.js`, folder: `/t/node_modules/${runner}`, version };
  const request: DriverRequest = { start: {}, cwd: "/t", selected: ["/t/test/a+b.spec.js"], reporter: "/r.cjs", tool, root: "/t", files: [], expand: () => [], cacheFolder: "/c" };
  return DRIVERS[runner].invocations(request)[0]?.argv ?? [];
};

test.each(["20.0.4", "9.1.0"])("Jest %s, which knows no paths, gets a pattern for each file", (version) => {
  expect(wordsOf(version)).not.toContain("--runTestsByPath");
  const pattern = wordsOf(version).at(-1) ?? "";
  expect(["/t/test/a+b.spec.js", "/t/test/aab.spec.js", "/t/test/a+bxspec.js"].map((path) => new RegExp(pattern).test(path))).toEqual([true, false, false]);
});

test.each(["21.0.0", "30.2.0"])("Jest %s gets paths", (version) => {
  expect(wordsOf(version).slice(-2)).toEqual(["--runTestsByPath", "/t/test/a+b.spec.js"]);
});

test.each([
  ["0.34.6", "--coverage.enabled=false"],
  ["1.2.2", "--coverage=false"],
  ["4.1.4", "--coverage.enabled=false"],
])("Vitest %s is told to measure no coverage by %s", (version, word) => {
  expect(wordsOf(version, "vitest")).toContain(word);
});

test("pytest gets the tree's own sources first, by whatever folder they stand in, and looks for copies of them", () => {
  const tool = { script: "/usr/bin/python3", folder: "/usr/bin", version: "9.0.0" };
  const files = ["pyproject.toml", "src/shop/__init__.py", "src/shop/price.py", "src/single.py", "tests/__init__.py", "tests/test_price.py", "tool.py"];
  const request: DriverRequest = { start: {}, cwd: "/t", selected: ["/t/tests/test_price.py"], reporter: "/s/reporters/proofline_pytest.py", tool, root: "/t", files, expand: () => [], cacheFolder: "/c" };
  const [first] = DRIVERS.pytest.invocations(request);
  expect(first?.env).toMatchObject({ PYTHONPATH: "/s/reporters:/t/src/:/t", PROOFLINE_OWN: "shop:single" });
  const refused = { code: 4, ended: "exit", output: "ERROR: usage: pytest [options]\n  error: unrecognized arguments: --cov", tookMs: 1, leftRunning: 0 } as const;
  expect(first && DRIVERS.pytest.again?.(first, refused)?.argv.slice(0, 5)).toEqual(["/usr/bin/python3", "-m", "pytest", "-o", "addopts="]);
  expect(first && DRIVERS.pytest.again?.(first, { ...refused, code: 2 })).toBeUndefined();
});
