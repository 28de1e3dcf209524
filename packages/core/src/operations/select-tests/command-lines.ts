import { isTypeTest, type AffectedTest, type TestSetup } from "#evidence";

/** One start of a runner for chosen files. */
export interface CommandLine {
  readonly runner: string;
  /** Package folder it is started in; `.` for the root. */
  readonly packageDir: string;
  readonly files: readonly string[];
  /** For a POSIX shell at the root of the repository. */
  readonly command: string;
}

/** Tests of types that Vitest checks: a start of its own, for an ordinary run passes them over. */
const VITEST_TYPES = "vitest --typecheck";

/** Runners that are started by one command whatever the project's settings. */
const STARTS: Readonly<Record<string, (files: readonly string[], options: readonly string[], nodeOptions: readonly string[]) => readonly string[]>> = {
  vitest: (files, options) => ["npx", "vitest", "run", ...options, ...files],
  jest: (files, options) => ["npx", "jest", ...options, "--runTestsByPath", ...files],
  mocha: (files, options) => ["npx", "mocha", ...options, ...files],
  ava: (files, options) => ["npx", "ava", ...options, ...files],
  tape: (files) => ["npx", "tape", ...files],
  jasmine: (files, options) => ["npx", "jasmine", ...options, ...files],
  "node:test": (files, options, nodeOptions) => ["node", ...nodeOptions, "--test", ...options, ...files],
  pytest: (files, options) => ["python", "-m", "pytest", ...options, ...files],
  playwright: (files) => ["npx", "playwright", "test", ...files],
  cypress: (files) => ["npx", "cypress", "run", "--spec", files.join(",")],
  bun: (files) => ["bun", "test", ...files.map((file) => `./${file}`)],
  tap: (files, options) => ["npx", "tap", ...options, ...files],
  tsd: (files) => ["npx", "tsd", ...files.flatMap((file) => ["--files", file])],
  tstyche: (files) => ["npx", "tstyche", ...files],
  [VITEST_TYPES]: (files, options) => ["npx", "vitest", "run", "--typecheck.only", ...options, ...files],
};

/** Runners that a test names by an import, and that nobody has to set up. */
const BY_THEMSELVES = new Set(["playwright", "cypress", "bun", "tsd", "tstyche"]);

/**
 * The runners' own command lines for these tests, in their order. What no setup takes and no runner claims by an import is left out: `unplaced`
 * lists it.
 */
export function commandLines(tests: readonly AffectedTest[], setups: readonly TestSetup[]): { readonly commands: readonly CommandLine[]; readonly unplaced: readonly string[] } {
  const groups = new Map<string, { readonly setup: TestSetup; readonly files: string[] }>();
  const unplaced: string[] = [];
  for (const test of tests) {
    const setup = setupFor(test, setups);
    if (setup === undefined) unplaced.push(test.file);
    else {
      const key = `${setup.packageDir} ${setup.runner} ${JSON.stringify([setup.start, setup.command])}`;
      const group = groups.get(key) ?? { setup, files: [] };
      group.files.push(test.file);
      groups.set(key, group);
    }
  }
  return { commands: [...groups.values()].map(({ setup, files }) => commandLine(setup, files)), unplaced };
}

/** The innermost setup of the runner a test names; a runner it names that nobody set up is started by its own command. Tests of types go to nobody else. */
function setupFor({ file, runner }: AffectedTest, setups: readonly TestSetup[]): TestSetup | undefined {
  const isPython = file.endsWith(".py");
  const around = setups.filter(({ packageDir, runner: own }) => (packageDir === "." || file.startsWith(`${packageDir}/`)) && (own === "command" || (own === "pytest") === isPython) && (own in STARTS || own === "command" || own === "program"));
  const inner = around.toSorted((a, b) => depth(b) - depth(a));
  if (runner !== undefined && BY_THEMSELVES.has(runner)) return inner.find((setup) => setup.runner === runner) ?? { runner, packageDir: isTypeTest(file) ? (inner[0]?.packageDir ?? ".") : ".", because: "imported by the test" };
  if (isTypeTest(file)) return typeSetup(inner);
  const named = inner.find((setup) => setup.runner === runner);
  if (named) return named;
  return runner !== undefined && runner in STARTS && inner.length === 0 ? { runner, packageDir: ".", because: "imported by the test" } : inner[0];
}

/** Vitest and whatever a person declared check types; a run of any other runner would fall over such a file. */
function typeSetup(inner: readonly TestSetup[]): TestSetup | undefined {
  const found = inner.find(({ runner }) => runner === "vitest" || runner === "command");
  return found?.runner === "vitest" ? { ...found, runner: VITEST_TYPES } : found;
}

const depth = ({ packageDir }: TestSetup): number => (packageDir === "." ? 0 : packageDir.split("/").length);

function commandLine(setup: TestSetup, files: readonly string[]): CommandLine {
  const { runner, packageDir, start = {} } = setup;
  const own = files.map((file) => asPath(packageDir === "." ? file : file.slice(packageDir.length + 1)));
  const nodeOptions = start.nodeOptions ?? [];
  const words = STARTS[runner]?.(own, start.options ?? [], nodeOptions) ?? [];
  const byNode = runner === "node:test" || runner === "program";
  const variables = Object.entries({ ...start.variables, ...(nodeOptions.length > 0 && !byNode && { NODE_OPTIONS: nodeOptions.join(" ") }) }).map(([name, value]) => `${name}=${quoted(value)}`);
  const typed = [...variables, ...words.map(quoted)].join(" ");
  const line = runner === "command" ? [...variables, (setup.command ?? "").replaceAll("{files}", () => own.map(quoted).join(" "))].join(" ") : runner === "program" ? programs(own, setup, variables) : typed;
  return { runner: runner === VITEST_TYPES ? "vitest" : runner, packageDir, files, command: packageDir === "." ? line : `(cd ${quoted(asPath(packageDir))} && ${line})` };
}

/** One process a file, as the project starts them; the program its script names goes first, because a piece of it may do nothing by itself. */
function programs(files: readonly string[], { start = {} }: TestSetup, variables: readonly string[]): string {
  const [named, ...others] = start.files ?? [];
  const whole = named !== undefined && others.length === 0 && !/[*?[{]/.test(named) ? [named.replace(/^\.\//, "")] : [];
  return [...new Set([...whole, ...files])].map((file) => [...variables, "node", ...(start.nodeOptions ?? []).map(quoted), quoted(file)].join(" ")).join(" && ");
}

/** A file that looks like an option is made a path: whoever names files in a branch does not choose options. */
const asPath = (file: string): string => (file.startsWith("-") ? `./${file}` : file);

/** A word for a POSIX shell. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
