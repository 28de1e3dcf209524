import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { vitestMain } from "../workers/vitest-main.ts";
import { vitestRunner } from "../workers/vitest-runner.ts";
import { putFile } from "../put-file.ts";
import { filesOf, node, type Driver } from "./driver.ts";

export const vitest: Driver = {
  package: "vitest",
  again: "handed",
  start: async (bench, folder, job) => {
    const tool = await bench.tool("vitest");
    if (!tool) return { unable: "vitest is not installed" };
    const core = whereIs("@vitest/runner", tool.folder);
    if (core === undefined) return { unable: `vitest ${tool.version} is too old to be driven mutant by mutant` };
    const [main, runner] = [join(folder, "vitest-main.mjs"), join(folder, "vitest-runner.mjs")];
    await putFile(folder, "vitest-main.mjs", vitestMain);
    await putFile(folder, "vitest-runner.mjs", vitestRunner);
    const files = job.tests === undefined ? (bench.selection?.map((path) => join(bench.root, path)) ?? bench.setup.start?.files ?? []) : filesOf(job);
    return {
      argv: node(bench, main),
      env: { PROOFLINE_VITEST: `${pathToFileURL(join(tool.folder, "dist")).href}/`, PROOFLINE_VITEST_CORE: core, PROOFLINE_RUNNER: runner, NODE_ENV: "test", VITEST: "true", TEST: "true" },
      job: { ...job, vitest: { args: bench.setup.start?.options ?? [], files } },
    };
  },
};

/** Only looked up, never loaded here. */
function whereIs(name: string, from: string): string | undefined {
  try {
    return pathToFileURL(createRequire(join(from, "package.json")).resolve(name)).href;
  } catch {
    return undefined;
  }
}
