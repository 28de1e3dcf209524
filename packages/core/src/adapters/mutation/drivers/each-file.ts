import { join } from "node:path";
import { putFile } from "../put-file.ts";
import { eachMain, eachPreload } from "../workers/each-main.ts";
import type { Driver } from "./driver.ts";

/** Starts each test file by itself, once a mutant, as the runner itself would: for runners that no process can be kept warm for. */
export const eachFile: Driver = {
  again: "alone",
  start: async (bench, folder, job) => {
    const starts = (await bench.reported?.()) ?? [];
    if ("unable" in starts) return starts;
    if (starts.length === 0) return { unable: `${bench.setup.runner} was told no test file` };
    await putFile(folder, "each-main.mjs", eachMain);
    await putFile(folder, "each-preload.cjs", eachPreload);
    return { argv: [process.execPath, join(folder, "each-main.mjs")], job: { ...job, command: { starts, preload: join(folder, "each-preload.cjs") } } };
  },
};
