import { expect, test } from "vitest";
import type { TestSetup } from "#evidence";
import { chooseSetups } from "./choose-setup.ts";

const setup = (runner: string, packageDir = "."): TestSetup => ({ runner, packageDir, because: "test" });
const chosen = async (setups: readonly TestSetup[], files: Readonly<Record<string, string>>): Promise<readonly (readonly [string, readonly string[] | undefined])[]> =>
  (await chooseSetups(setups, Object.keys(files), (path) => Promise.resolve(files[path]))).map(({ setup: one, selection }) => [one.runner, selection] as const);

test.each(['import { test } from "@playwright/test";', "const { test } = require('@playwright/test');", 'import { test } from "bun:test";'])("a file of a runner that nobody starts here goes to no other: %s", async (text) => {
  expect(await chosen([setup("vitest")], { "test/a.test.ts": 'import { test } from "vitest";', "e2e/b.spec.ts": text })).toEqual([["vitest", ["test/a.test.ts"]]]);
  expect(await chosen([setup("command")], { "e2e/b.spec.ts": text })).toEqual([["command", ["e2e/b.spec.ts"]]]);
});

test("a file that only speaks of such a runner is like any other", async () => {
  expect(await chosen([setup("vitest")], { "test/a.test.ts": '// like "@playwright/test"\nimport { test } from "vitest";\ntest("reads from \'@playwright/test\'", () => {});' })).toEqual([["vitest", ["test/a.test.ts"]]]);
  expect(await chosen([setup("jest")], { "test/a.test.ts": 'it("adds", () => {});' })).toEqual([["jest", ["test/a.test.ts"]]]);
});
