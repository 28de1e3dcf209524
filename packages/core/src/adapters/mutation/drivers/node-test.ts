import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { aloneMain, nodeTestPreload } from "../workers/alone-main.ts";
import { putFile } from "../put-file.ts";
import type { Driver } from "./driver.ts";

/** Node's runner gives every test file a process of its own and takes no test by itself: so does every mutant get one. */
export const nodeTest: Driver = {
  again: "alone",
  start: async (bench, folder, job) => {
    const [main, preload] = [join(folder, "alone-main.mjs"), join(folder, "node-test-preload.mjs")];
    await putFile(folder, "alone-main.mjs", aloneMain);
    await putFile(folder, "node-test-preload.mjs", nodeTestPreload);
    const { options = [], files = [], nodeOptions = [] } = bench.setup.start ?? {};
    const dry = bench.selection?.map((path) => join(bench.root, path)) ?? files;
    return { argv: [process.execPath, main], job: { ...job, command: { argv: [...nodeOptions, "--import", pathToFileURL(preload).href, "--test", ...options], dry } } };
  },
};

