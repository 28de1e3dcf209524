import { posix } from "node:path";
import type { TestSetup } from "#evidence";
import { compileGlobs } from "#kernel";

/** A setup with the chosen files that are its own; no files means its whole suite. */
export interface Concerned {
  readonly setup: TestSetup;
  readonly selection: readonly string[] | undefined;
}

/** Tests of types (tsd, dtslint, Vitest's type check): nothing in them runs, and most runners fall over them. */
const TYPE_TEST = /(?:[.-](?:test|spec)-d\.[cm]?tsx?|\.d\.[cm]?ts)$|(?:^|\/)(?:test-d|tests-d|dts-test|test-dts)\//;
const CHECKS_TYPES = new Set(["vitest", "command"]);

/**
 * Gives every chosen file to one setup: of the innermost package that has any, and among several of one package to the one
 * whose runner the file imports, else whose script names it, else the first. Tests of types go only to runners that can check them.
 * Where a script names its test files, what it does not name is left out as long as something else is left: it is a helper, or a test of
 * another environment, and loaded as a test it may turn the others red.
 */
export async function chooseSetups(
  setups: readonly TestSetup[],
  selection: readonly string[] | "all",
  read: (path: string) => Promise<string | undefined>,
): Promise<readonly Concerned[]> {
  if (selection === "all") return setups.map((setup) => ({ setup, selection: undefined }));
  const dirs = [...new Set(setups.map((setup) => setup.packageDir))].sort((a, b) => b.length - a.length);
  const chosen = new Map<TestSetup, string[]>();
  for (const file of selection) {
    const dir = dirs.find((one) => one === "." || file.startsWith(`${one}/`));
    const candidates = setups.filter((setup) => setup.packageDir === dir && (CHECKS_TYPES.has(setup.runner) || !TYPE_TEST.test(file)));
    const text = candidates.length > 0 ? await read(file) : undefined;
    if (isForeign(text, candidates)) continue;
    const setup = candidates.find((one) => imports(text, one.runner)) ?? candidates.find((one) => names(one, file)) ?? candidates[0];
    if (setup) chosen.set(setup, [...(chosen.get(setup) ?? []), file]);
  }
  return setups.flatMap((setup) => {
    const files = chosen.get(setup) ?? [];
    const named = files.filter((file) => names(setup, file));
    return files.length > 0 ? [{ setup, selection: named.length > 0 ? named : files }] : [];
  });
}

const SPECIFIERS: Readonly<Record<string, RegExp>> = {
  vitest: /["']vitest["']/,
  jest: /["']@jest\/globals["']|\bjest\.(fn|mock|spyOn)\b/,
  mocha: /["']mocha["']/,
  ava: /["']ava["']/,
  tape: /["']tape["']/,
  jasmine: /\bjasmine\.\w+/,
  "node:test": /["'](node:)?test["']/,
};

/** Runners that nobody here starts by himself; their files look like any other's, and are red under another runner for no fault of theirs. */
const FOREIGN = /(?:\bfrom\s?|\brequire\(|\bimport\s)["'](?:@playwright\/(?:test|experimental-ct-\w{1,20})|cypress|bun:test|@wdio\/globals|@web\/test-runner|testcafe|webdriverio|@storybook\/test)["']/;

/** A file of a runner that none of these is. A declared command may be any. */
function isForeign(text: string | undefined, candidates: readonly TestSetup[]): boolean {
  if (text === undefined || candidates.some((one) => one.runner === "command" || imports(text, one.runner))) return false;
  return FOREIGN.test(text.slice(0, 20_000));
}

function imports(text: string | undefined, runner: string): boolean {
  return text !== undefined && SPECIFIERS[runner]?.test(text) === true;
}

function names(setup: TestSetup, file: string): boolean {
  const inside = posix.relative(setup.packageDir, file);
  const patterns = (setup.start?.files ?? []).map((pattern) => pattern.replace(/^\.\//, ""));
  return patterns.some((pattern) => inside === pattern || inside.startsWith(`${pattern.replace(/\/$/, "")}/`)) || compileGlobs(patterns)(inside);
}
