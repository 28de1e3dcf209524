import type { AffectedTest, TestSetup } from "#evidence";

/** One start of a runner for chosen files. */
export interface CommandLine {
  readonly runner: string;
  /** Package folder it is started in; `.` for the root. */
  readonly packageDir: string;
  readonly files: readonly string[];
  /** For a POSIX shell at the root of the repository. */
  readonly command: string;
}

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
};

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
      const key = `${setup.packageDir} ${setup.runner} ${setups.indexOf(setup)}`;
      const group = groups.get(key) ?? { setup, files: [] };
      group.files.push(test.file);
      groups.set(key, group);
    }
  }
  return { commands: [...groups.values()].map(({ setup, files }) => commandLine(setup, files)), unplaced };
}

/** The innermost setup of the runner a test names; a runner it names that nobody set up is started by its own command. */
function setupFor({ file, runner }: AffectedTest, setups: readonly TestSetup[]): TestSetup | undefined {
  const isPython = file.endsWith(".py");
  const around = setups.filter(({ packageDir, runner: own }) => (packageDir === "." || file.startsWith(`${packageDir}/`)) && (own === "command" || (own === "pytest") === isPython) && (own in STARTS || own === "command"));
  const inner = around.toSorted((a, b) => depth(b) - depth(a));
  const named = inner.find((setup) => setup.runner === runner);
  if (named) return named;
  if (runner !== undefined && runner in STARTS && (runner === "playwright" || runner === "cypress" || runner === "bun" || inner.length === 0)) return { runner, packageDir: ".", because: "imported by the test" };
  return inner[0];
}

const depth = ({ packageDir }: TestSetup): number => (packageDir === "." ? 0 : packageDir.split("/").length);

function commandLine(setup: TestSetup, files: readonly string[]): CommandLine {
  const { runner, packageDir, start = {} } = setup;
  const own = files.map((file) => (packageDir === "." ? file : file.slice(packageDir.length + 1)));
  const nodeOptions = start.nodeOptions ?? [];
  const words = STARTS[runner]?.(own, start.options ?? [], nodeOptions) ?? [];
  const variables = Object.entries({ ...start.variables, ...(nodeOptions.length > 0 && runner !== "node:test" && { NODE_OPTIONS: nodeOptions.join(" ") }) }).map(([name, value]) => `${name}=${quoted(value)}`);
  const typed = runner === "command" ? (setup.command ?? "").replaceAll("{files}", () => own.map(quoted).join(" ")) : words.map(quoted).join(" ");
  const line = [...variables, typed].join(" ");
  return { runner, packageDir, files, command: packageDir === "." ? line : `(cd ${quoted(packageDir)} && ${line})` };
}

/** A word for a POSIX shell. A file that looks like an option is made a path. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
