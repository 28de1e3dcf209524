import { createRequire } from "node:module";
import { join } from "node:path";
import { aloneMain, jestTestRunner } from "../workers/alone-main.ts";
import { putFile } from "../put-file.ts";
import type { Driver } from "./driver.ts";

/** Jest keeps tests in a world of its own; every mutant gets a process, on the test files that reach it. */
export const jest: Driver = {
  package: "jest",
  again: "alone",
  start: async (bench, folder, job) => {
    const tool = await bench.tool("jest");
    if (!tool) return { unable: "jest is not installed" };
    const circus = throughPackages(tool.folder, ["@jest/core", "jest-config", "jest-circus/runner"]);
    if (circus === undefined) return { unable: `jest ${tool.version} is too old to be driven mutant by mutant` };
    const [main, runner] = [join(folder, "alone-main.mjs"), join(folder, "jest-test-runner.cjs")];
    await putFile(folder, "alone-main.mjs", aloneMain);
    await putFile(folder, "jest-test-runner.cjs", jestTestRunner);
    const { options = [], files = [], nodeOptions = [] } = bench.setup.start ?? {};
    const own = ["--ci", "--watchAll=false", "--coverage=false", "--runInBand", `--testRunner=${runner}`, `--cacheDirectory=${join(bench.scratch, "runner-cache")}`];
    const dry = bench.selection === undefined ? files : bench.selection.map((path) => join(bench.root, path));
    const byPath = bench.selection === undefined && files.length > 0 ? [] : ["--runTestsByPath"];
    return { argv: [process.execPath, main], env: { PROOFLINE_JEST_RUNNER: circus }, job: { ...job, command: { argv: [...nodeOptions, tool.script, ...options, ...own, ...(bench.selection === undefined && files.length === 0 ? [] : byPath)], dry } } };
  },
};

/** Each package is looked up from the one before it, as the runner itself does; nothing is loaded here. */
function throughPackages(folder: string, names: readonly string[]): string | undefined {
  try {
    return names.reduce((from, name) => createRequire(from).resolve(name), join(folder, "package.json"));
  } catch {
    return undefined;
  }
}
