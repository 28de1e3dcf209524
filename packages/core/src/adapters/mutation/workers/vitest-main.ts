import { kitForModules } from "./kit.ts";

/** Starts Vitest through its own API, keeps it warm between jobs, and puts our runner in the place of its own. */
export const vitestMain = `${kitForModules}${String.raw`
import os from "node:os";
const { createVitest, parseCLI } = await import(process.env.PROOFLINE_VITEST + "node.js");
const kit = openOwnKit();
const { args, files } = kit.job.vitest;
const cores = Math.max(1, kit.job.cores || os.availableParallelism());
let cli = {};
try {
  cli = parseCLI ? parseCLI(["vitest", "run", ...args]).options : {};
} catch (error) {
  kit.put({ t: "fault", message: kit.messageOf(error) });
}
const quiet = { ...cli, watch: false, run: true, ui: false, reporters: [{}], reporter: undefined, coverage: { enabled: false }, browser: undefined, bail: 0, retry: 0, api: undefined, typecheck: { enabled: false }, sequence: { ...(cli.sequence || {}), shuffle: false, concurrent: false }, maxWorkers: cores, passWithNoTests: true };
delete quiet.reporter;
delete quiet.browser;
delete quiet.api;
// Environments of a browser get their files through the server, which keeps to the project; our runner stands beside it.
const vitest = await createVitest("test", quiet, { server: { fs: { strict: false } } });
for (const project of vitest.projects || [vitest]) {
  const config = project.config;
  config.runner = process.env.PROOFLINE_RUNNER;
  if (/^vm/.test(config.pool || "") || config.pool === undefined) config.pool = "forks";
  config.retry = 0;
  config.bail = 0;
  config.sequence = { ...config.sequence, concurrent: false, shuffle: false };
}
await vitest.start(files);
// What keeps every file from starting is told by nobody else.
if (vitest.state.getFiles().length === 0) for (const error of vitest.state.getUnhandledErrors().slice(0, 1)) kit.put({ t: "fault", message: "no test could start: " + kit.messageOf(error.cause || error) });
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
for (let turn = 1; ; turn += 1) {
  kit.put({ t: "idle" });
  let next;
  while (next === undefined) {
    try {
      next = kit.readJson("next-" + turn + ".json");
    } catch (_) {
      await sleep(15);
    }
  }
  if (next.stop) break;
  proofline_fs.writeFileSync(kit.folder + "/job.json", JSON.stringify({ ...kit.job, ...next }));
  await vitest.rerunFiles(next.files);
}
await vitest.close().catch(() => {});
process.exit(0);
`}`;
