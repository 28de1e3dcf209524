import fc from "fast-check";
import { expect, test } from "vitest";
import { classifyFailure, missingName, type FailureFacts } from "./classify-failure.ts";
import type { RedKind } from "./evidence.ts";
import { cpuMs } from "../../../../tests/support/cpu-time.ts";

const cases: readonly (readonly [RedKind, FailureFacts])[] = [
  ["assertion", { message: "expected 1 to be 2", type: "AssertionError" }],
  ["assertion", { message: "AssertionError [ERR_ASSERTION]: Expected values to be strictly equal:\n\n1 !== 2\n" }],
  ["assertion", { message: "Expected values to be strictly equal", code: "ERR_ASSERTION" }],
  ["assertion", { message: "Error: expect(received).toBeTruthy()\n\nReceived: false" }],
  ["assertion", { message: "expect(locator).toBeVisible() failed\n\nTimeout: 5000ms", type: "Error" }],
  ["assertion", { message: "expected [1.2.1] but found [1.2.0]", type: "java.lang.AssertionError" }],
  ["assertion", { message: "\nExpected: <false>\n     but: was <true>", type: "org.opentest4j.AssertionFailedError" }],
  ["assertion", { message: "Failed asserting that false is true.", type: "PHPUnit\\Framework\\ExpectationFailedException" }],
  ["assertion", { message: "AssertionError: assert 'test' == 'xyz'\n  - xyz\n  + test" }],
  ["assertion", { message: "assert False" }],
  ["assertion", { message: "Failed: DID NOT RAISE <class 'ValueError'>" }],
  ["assertion", { message: "Assert.Null() Failure: Value is not null\nExpected: null", type: "Xunit.Sdk.NullException" }],
  ["assertion", { message: "Failed", stack: "    calculator_test.go:19: wanted 1+1 = 3, got 2" }],
  [
    "assertion",
    { message: "thread 'test_failure' panicked at tests/parry3d.rs:154:5:\nassertion `left == right` failed: 0 must equal 1", type: "test failure" },
  ],
  ["assertion", { message: "Expected 2 Was 0", type: "failure" }],
  ["assertion", { message: "expected 'Test timed out in 5ms' to be 'connect ECONNREFUSED'", type: "AssertionError" }],
  ["timeout", { message: "Test timed out in 5000ms.", type: "Error" }],
  ["timeout", { message: 'thrown: "Exceeded timeout of 5000 ms for a test.' }],
  ["timeout", { message: 'Timeout of 1ms exceeded. For async tests and hooks, ensure "done()" is called' }],
  ["timeout", { message: "Test timeout of 30000ms exceeded." }],
  ["timeout", { message: "test timed out after 50ms", type: "testTimeoutFailure" }],
  ["timeout", { message: "locator.click: Timeout 30000ms exceeded.", type: "TimeoutError" }],
  ["timeout", { message: "Failed: Timeout >5.0s" }],
  ["timeout", { message: "panic: test timed out after 1s" }],
  ["missing-package", { message: "Cannot find package 'left-pad' imported from /repo/a.js", code: "ERR_MODULE_NOT_FOUND" }],
  ["missing-package", { message: "Cannot find module '@acme/absent' from 'src/a.test.js'" }],
  ["missing-package", { message: "ModuleNotFoundError: No module named 'requests'" }],
  ["load", { message: "Cannot find module './price.js' from 'src/a.test.js'" }],
  ["load", { message: "Cannot find module '/repo/src/price.js' imported from /repo/test/a.test.js" }],
  ["load", { message: "Cannot find module 'node:sqlite'" }],
  ["load", { message: "The requested module './a.js' does not provide an export named 'price'", type: "SyntaxError" }],
  ["load", { message: "ImportError: cannot import name 'price' from 'shop'" }],
  ["load", { message: "ModuleNotFoundError: No module named 'shop.price'" }],
  ["load", { message: "collection failure", stack: "E   SyntaxError: invalid syntax" }],
  ["load", { message: "com/acme/Price", type: "java.lang.NoClassDefFoundError", stack: "java.lang.NoClassDefFoundError: com/acme/Price" }],
  ["load", { message: "Unexpected token ')'", type: "SyntaxError", stack: "at wrapSafe (node:internal/modules/cjs/loader:1383:18)" }],
  ["environment", { message: "connect ECONNREFUSED 127.0.0.1:5432", type: "Error" }],
  ["environment", { message: "Connection refused", type: "java.net.ConnectException" }],
  ["environment", { message: "listen EADDRINUSE: address already in use :::3000" }],
  ["environment", { message: "browserType.launch: Executable doesn't exist at /ms-playwright/chromium" }],
  ["crash", { message: "The forked VM terminated without properly saying goodbye." }],
  ["crash", { message: "worker 'gw0' crashed while running 'tests/test_a.py::test_x'" }],
  ["error", { message: "Cannot read properties of undefined (reading 'x')", type: "TypeError" }],
  ["error", { message: "AttributeError: 'dict' object has no attribute 'attr'" }],
  ["error", { message: "Unexpected token < in JSON at position 0", type: "SyntaxError" }],
  ["error", { message: "price is not a function", type: "TypeError" }],
  ["error", { message: "thread 'a' panicked at src/a.rs:1:1:\ncalled `Option::unwrap()` on a `None` value" }],
  ["unknown", { message: "" }],
];

test.each(cases)("says %s of %o", (kind, facts) => {
  expect(classifyFailure(facts)).toBe(kind);
});

test("names what was missing", () => {
  expect(missingName({ message: "Cannot find module './price.js' from 'src/a.test.js'" })).toBe("./price.js");
  expect(missingName({ message: "does not provide an export named 'price'" })).toBe("price");
  expect(missingName({ message: "No module named 'shop.price'" })).toBe("shop.price");
  expect(missingName({ message: "expected 1 to be 2" })).toBeUndefined();
});

test("colours of a terminal change nothing", () => {
  expect(classifyFailure({ message: "\u001b[31mAssertionError\u001b[39m: expected 1 to be 2" })).toBe("assertion");
});

test("answers any text, and long hostile text as fast as short", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.string(), (message, type, stack) => void expect(classifyFailure({ message, type, stack })).toBeTypeOf("string")),
  );
  for (const piece of ["a.", "expected ", "Error: ", "E assert", " ", "\n", "a_test.go:1", "Cannot find module '"]) {
    const text = piece.repeat(500_000);
    const started = cpuMs();
    classifyFailure({ message: text, type: text, stack: text, code: text });
    expect(cpuMs() - started).toBeLessThan(2000);
  }
});
