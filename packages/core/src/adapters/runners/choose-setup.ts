import { posix } from "node:path";
import type { TestSetup } from "#evidence";
import { compileGlobs } from "#kernel";

/** A setup with the chosen files that are its own; no files means its whole suite. */
export interface Concerned {
  readonly setup: TestSetup;
  readonly selection: readonly string[] | undefined;
}

/**
 * Gives every chosen file to one setup: of the innermost package that has any, and among several of one package to the one
 * whose runner the file imports, else whose script names it, else the first.
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
    const candidates = setups.filter((setup) => setup.packageDir === dir);
    const text = candidates.length > 1 ? await read(file) : undefined;
    const setup = candidates.find((one) => imports(text, one.runner)) ?? candidates.find((one) => names(one, file)) ?? candidates[0];
    if (setup) chosen.set(setup, [...(chosen.get(setup) ?? []), file]);
  }
  return setups.flatMap((setup) => {
    const files = chosen.get(setup);
    return files ? [{ setup, selection: files }] : [];
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

function imports(text: string | undefined, runner: string): boolean {
  return text !== undefined && SPECIFIERS[runner]?.test(text) === true;
}

function names(setup: TestSetup, file: string): boolean {
  const inside = posix.relative(setup.packageDir, file);
  const patterns = (setup.start?.files ?? []).map((pattern) => pattern.replace(/^\.\//, ""));
  return patterns.some((pattern) => inside === pattern || inside.startsWith(`${pattern.replace(/\/$/, "")}/`)) || compileGlobs(patterns)(inside);
}
