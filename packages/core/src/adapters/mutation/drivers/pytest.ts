import { delimiter, join } from "node:path";
import type { Bench } from "#evidence";
import { putFile } from "../put-file.ts";
import { pytestPlugin } from "../workers/pytest-plugin.ts";
import type { Driver } from "./driver.ts";

/** What each bench's own settings came to. */
const heard = new WeakMap<Bench, Promise<readonly string[]>>();

/** Options the project gives pytest may belong to plugins that are not installed here; then none of them is taken. */
function settingsHeard(bench: Bench, python: string): Promise<readonly string[]> {
  const asked = heard.get(bench) ?? bench.start([python, "-m", "pytest", "--markers"], { budgetMs: 30_000, signal: new AbortController().signal }).then(({ code }) => (code === 4 ? ["-o", "addopts="] : []));
  heard.set(bench, asked);
  return asked;
}

/** pytest tries mutants in its own process, as Mocha does; what was not killed is tried again in a new one. */
export const pytest: Driver = {
  package: "pytest",
  again: "anew",
  start: async (bench, folder, job) => {
    const tool = await bench.tool("pytest");
    if (!tool) return { unable: "pytest is not installed" };
    await putFile(folder, "proofline_mutants.py", pytestPlugin);
    const { options = [], files = [] } = bench.setup.start ?? {};
    const chosen = bench.selection?.map((path) => join(bench.root, path)) ?? files;
    const settings = await settingsHeard(bench, tool.script);
    const own = [...settings, "--continue-on-collection-errors", "-p", "no:cacheprovider", "-p", "proofline_mutants"];
    return {
      argv: [tool.script, "-m", "pytest", "-q", ...options, ...own, ...chosen],
      env: { PYTHONPATH: [folder, ...bench.modulePath].join(delimiter), PYTHONDONTWRITEBYTECODE: "1", PROOFLINE_ROOT: bench.root },
      job,
    };
  },
};
