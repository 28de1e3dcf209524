import { join } from "node:path";
import { mochaReporter } from "../workers/mocha-reporter.ts";
import { putFile } from "../put-file.ts";
import { node, type Driver } from "./driver.ts";

export const mocha: Driver = {
  package: "mocha",
  again: "anew",
  start: async (bench, folder, job) => {
    const tool = await bench.tool("mocha");
    if (!tool) return { unable: "mocha is not installed" };
    const reporter = join(folder, "mocha-reporter.cjs");
    await putFile(folder, "mocha-reporter.cjs", mochaReporter);
    const { options = [], files = [] } = bench.setup.start ?? {};
    const chosen = bench.selection?.map((path) => join(bench.root, path)) ?? files;
    // Mocha before 6 ends with an error at an option it does not know, and these are younger.
    const own = /^[0-5]\./.test(tool.version) ? ["--no-colors"] : ["--no-parallel", "--no-bail", "--no-color"];
    const alone = job.pass === "alone" ? { __STRYKER_ACTIVE_MUTANT__: job.ids?.[0] ?? "" } : {};
    return { argv: node(bench, tool.script, ...options, "--reporter", reporter, ...own, ...chosen), env: alone, job };
  },
};
