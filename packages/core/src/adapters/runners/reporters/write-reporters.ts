import { mkdtemp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { avaReporter } from "./ava-reporter.ts";
import { jasmineReporter } from "./jasmine-reporter.ts";
import { jestReporter } from "./jest-reporter.ts";
import { mochaReporter } from "./mocha-reporter.ts";
import { nodeTestReporter } from "./node-test-reporter.ts";
import { playwrightReporter } from "./playwright-reporter.ts";
import { pytestReporter } from "./pytest-reporter.ts";
import { programReporter } from "./program-reporter.ts";
import { tapReporter } from "./tap-reporter.ts";
import { tapeReporter } from "./tape-reporter.ts";
import { vitestReporter } from "./vitest-reporter.ts";

const REPORTERS = {
  vitest: { name: "vitest.mjs", source: vitestReporter },
  jest: { name: "jest.cjs", source: jestReporter },
  mocha: { name: "mocha.cjs", source: mochaReporter },
  "node:test": { name: "node-test.mjs", source: nodeTestReporter },
  ava: { name: "ava.mjs", source: avaReporter },
  tap: { name: "tap.cjs", source: tapReporter },
  program: { name: "program.cjs", source: programReporter },
  tape: { name: "tape.cjs", source: tapeReporter },
  jasmine: { name: "jasmine.cjs", source: jasmineReporter },
  playwright: { name: "playwright.mjs", source: playwrightReporter },
  pytest: { name: "proofline_pytest.py", source: pytestReporter },
};

/** A runner Proofline starts itself, with a reporter of its own. */
export type NativeRunner = keyof typeof REPORTERS;

/** True when there is a reporter for this runner. */
export function isNative(runner: string): runner is NativeRunner {
  return Object.hasOwn(REPORTERS, runner);
}

/**
 * Writes a runner's reporter into a new folder of `scratch`, outside of the tree, and gives its absolute path. They are kept as text so that a bundle carries
 * them. Code of the tree may have run by now: in a folder whose name it could know it could leave links for us to write through.
 */
export async function writeReporter(runner: NativeRunner, scratch: string): Promise<string> {
  const path = join(await mkdtemp(join(scratch, "reporter-")), REPORTERS[runner].name);
  await writeFile(path, REPORTERS[runner].source);
  return path;
}
