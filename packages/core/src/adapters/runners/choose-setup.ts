import { posix } from "node:path";
import type { TestSetup } from "#evidence";
import { compileGlobs } from "#kernel";

/** A setup with the chosen files that are its own; no files means its whole suite. */
export interface Concerned {
  readonly setup: TestSetup;
  readonly selection: readonly string[] | undefined;
}

/** What a program that tests by itself loads to do so. */
export const ASSERTS = /["'](?:node:)?assert(?:\/strict)?["']/;

/** Tests of types (tsd, dtslint, Vitest's type check): nothing in them runs, and most runners fall over them. */
const TYPE_TEST = /(?:[.-](?:test|spec)-d\.[cm]?tsx?|\.d\.[cm]?ts)$|(?:^|\/)(?:test-d|tests-d|dts-test|test-dts)\//;
const CHECKS_TYPES = new Set(["vitest", "command"]);

/**
 * Gives every chosen file to one setup: of the innermost package that has any, and among several of one package to the one
 * whose runner the file imports (of two, whose settings lie over the file), else whose script names it, else the first. Tests of types go only to runners that can check them.
 * Where a script names its test files, what it does not name is left out as long as something else is left: it is a helper, or a test of
 * another environment, and loaded as a test it may turn the others red. A file of tape's that a runner of programs starts is given to tape: its tests are
 * told apart there, the other sees one program.
 */
export async function chooseSetups(
  setups: readonly TestSetup[],
  selection: readonly string[] | "all",
  read: (path: string) => Promise<string | undefined>,
): Promise<readonly Concerned[]> {
  // Python beside JavaScript is run when its tests are chosen: whether this machine has what they need, nobody here has said.
  const whole = setups.filter((setup) => setup.runner !== "pytest" || setups.every((one) => one.runner === "pytest"));
  if (selection === "all") return whole.map((setup) => ({ setup, selection: undefined }));
  const dirs = [...new Set(setups.map((setup) => setup.packageDir))].sort((a, b) => b.length - a.length);
  const chosen = new Map<TestSetup, string[]>();
  const tapes = new Map<TestSetup, TestSetup>();
  for (const file of selection) {
    const dir = dirs.find((one) => (one === "." || file.startsWith(`${one}/`)) && setups.some((setup) => setup.packageDir === one && speaks(setup.runner, file)));
    const candidates = setups.filter((setup) => setup.packageDir === dir && speaks(setup.runner, file) && (CHECKS_TYPES.has(setup.runner) || !TYPE_TEST.test(file)));
    const text = candidates.length > 0 ? await read(file) : undefined;
    if (isForeign(text, candidates)) continue;
    const imported = candidates.filter((one) => imports(text, one.runner));
    const among = imported.length > 0 ? imported : candidates;
    const own = (among.length > 1 ? among.find((one) => setFor(one, file)) : undefined) ?? imported[0] ?? candidates.find((one) => names(one, file)) ?? candidates[0];
    const setup = own && imported.length === 0 && isTape(own.runner, text) ? (tapes.get(own) ?? throughTape(own)) : own;
    if (own && setup && setup !== own) tapes.set(own, setup);
    if (setup) chosen.set(setup, [...new Set([...(chosen.get(setup) ?? []), programOf(setup, file, text)])]);
  }
  return [...setups, ...tapes.values()].flatMap((setup) => {
    const files = chosen.get(setup) ?? [];
    const named = files.filter((file) => names(setup, file));
    return files.length > 0 ? [{ setup, selection: named.length > 0 ? named : files }] : [];
  });
}

/** Runners that start every file as a program of its own, whichever library tests in it. */
const STARTS_PROGRAMS = new Set(["tap", "node:test"]);
const isTape = (runner: string, text: string | undefined): boolean => STARTS_PROGRAMS.has(runner) && text !== undefined && /(?:\bfrom\s?|\brequire\()["']tape["']/.test(text);

function throughTape({ start, because, ...setup }: TestSetup): TestSetup {
  const { options: _, ...kept } = start ?? {};
  return { ...setup, runner: "tape", because: `${because}, and the file uses tape`, ...(start && { start: kept }) };
}

/** A piece of a program of tests does nothing by itself, and nothing is no green: the program that the script names is run. */
function programOf({ runner, packageDir, start }: TestSetup, file: string, text: string | undefined): string {
  const [named] = start?.files ?? [];
  if (runner !== "program" || named === undefined || (text !== undefined && ASSERTS.test(text) && !GIVES_TO_OTHERS.test(text))) return file;
  return posix.normalize(posix.join(packageDir, named));
}

const GIVES_TO_OTHERS = /^[ \t]{0,20}(?:module\.exports|exports\.\w{1,100})\s{0,10}=|^export\s/m;

/** Python files are pytest's, and nothing else is. */
const speaks = (runner: string, file: string): boolean => runner === "command" || (runner === "pytest") === file.endsWith(".py");

const SPECIFIERS: Readonly<Record<string, RegExp>> = {
  vitest: /["']vitest["']/,
  jest: /["']@jest\/globals["']|\bjest\.(fn|mock|spyOn)\b/,
  mocha: /["']mocha["']/,
  ava: /["']ava["']/,
  tap: /["']tap["']/,
  tape: /["']tape["']/,
  jasmine: /\bjasmine\.\w+/,
  "node:test": /["'](node:)?test["']/,
  playwright: /["']@playwright\/test["']/,
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

/** Its settings are a file of their own in the folder of the test or above it, but not in the package's root. */
function setFor(setup: TestSetup, file: string): boolean {
  const options = setup.start?.options ?? [];
  const at = options.findIndex((option) => /^(-c|--config)(=|$)/.test(option));
  const config = at < 0 ? undefined : (/=(.*)$/.exec(options[at] ?? "")?.[1] ?? options[at + 1]);
  const folder = posix.dirname(posix.normalize(config ?? "."));
  return folder !== "." && posix.relative(setup.packageDir, file).startsWith(`${folder}/`);
}

function names(setup: TestSetup, file: string): boolean {
  const inside = posix.relative(setup.packageDir, file);
  const patterns = (setup.start?.files ?? []).map((pattern) => pattern.replace(/^\.\//, ""));
  return patterns.some((pattern) => inside === pattern || inside.startsWith(`${pattern.replace(/\/$/, "")}/`)) || compileGlobs(patterns)(inside);
}
