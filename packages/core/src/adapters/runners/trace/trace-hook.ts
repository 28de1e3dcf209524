/**
 * Plain JavaScript loaded before anything else into every Node process of a traced run. It counts which functions run, by Node's own inspector, and writes them down when the process
 * ends, or when a reporter says that a test file is over. Children add themselves to the chain of who started them, so that what a test starts counts as its own.
 */
export const traceHook = (folder: string): string => `"use strict";
${TRACE}
const folder = ${JSON.stringify(folder)};
const trace = openTrace(folder, require("node:inspector"), require("node:fs"));
if (trace) {
  const chain = String(process.env.PROOFLINE_OF || "").split("\\n").filter(Boolean).concat(process.argv[1] || []).slice(0, 6);
  process.env.PROOFLINE_OF = chain.join("\\n");
  process[Symbol.for("proofline.trace")] = { cut: (file) => trace.write([file]) };
  process.on("exit", () => trace.write(chain));
}
`;

/** Vitest's own door for coverage: a provider that keeps what ran for each test file and reports nothing. */
export const traceProvider = (folder: string): string => `import proofline_fs from "node:fs";
import * as proofline_inspector from "node:inspector";
${TRACE}
const folder = ${JSON.stringify(folder)};
// On the process, for Vitest may load this module more than once in one worker.
const KEY = Symbol.for("proofline.trace");
const current = () => {
  const state = globalThis.__vitest_worker__;
  return String((state && (state.filepath || (state.ctx && state.ctx.files && (state.ctx.files[0].filepath || state.ctx.files[0])))) || "");
};
class Provider {
  name = "custom";
  initialize(vitest) {
    this.options = vitest.config.coverage;
  }
  resolveOptions() {
    return this.options;
  }
  clean() {}
  onAfterSuiteRun() {}
  generateCoverage() {
    return {};
  }
  reportCoverage() {}
}
export default {
  getProvider: () => new Provider(),
  startCoverage() {
    process[KEY] ??= openTrace(folder, proofline_inspector, proofline_fs);
  },
  takeCoverage() {
    process[KEY]?.write([current()]);
  },
  stopCoverage() {},
};
`;

/**
 * The same where Vitest measures coverage anyway: its own provider for V8 does all it does, and what it takes for each test file is noted on the way. It calls itself `v8`, and workers would
 * load that one by name; so they are told of this module again.
 */
export const traceProviderOver = (folder: string, v8: string, self: string): string => `import proofline_fs from "node:fs";
import proofline_v8 from ${JSON.stringify(v8)};
const write = proofline_fs.writeFileSync;
const own = ${JSON.stringify(folder)} + "/" + process.pid + "-" + Math.random().toString(36).slice(2);
let count = 0;
const note = (result) => {
  try {
    const state = globalThis.__vitest_worker__;
    const rows = result.flatMap(({ url, functions }) => {
      const ran = functions.filter((one) => one.ranges.length > 0 && one.ranges[0].count > 0);
      return ran.length > 0 ? [[url, [...new Set(ran.map((one) => one.functionName).filter(Boolean))]]] : [];
    });
    write(own + "-" + ++count + ".json", JSON.stringify({ of: [String((state && state.filepath) || "")], rows }));
  } catch (_) {}
};
export default {
  ...proofline_v8,
  async takeCoverage(...given) {
    const taken = await proofline_v8.takeCoverage(...given);
    note((taken && taken.result) || []);
    return taken;
  },
  async getProvider() {
    const provider = await proofline_v8.getProvider();
    const resolve = provider.resolveOptions.bind(provider);
    provider.resolveOptions = () => Object.assign(resolve(), { provider: "custom", customProviderModule: ${JSON.stringify(self)} });
    return provider;
  },
};
`;

const TRACE = String.raw`
function openTrace(folder, inspector, fs) {
  const write = fs.writeFileSync, rename = fs.renameSync, stringify = JSON.stringify, exit = process.exit;
  let session;
  try {
    session = new inspector.Session();
    session.connect();
    session.post("Profiler.enable");
    session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: false });
  } catch (_) {
    return undefined;
  }
  let count = 0;
  const own = folder + "/" + process.pid + "-" + Math.random().toString(36).slice(2);
  return {
    write(of) {
      try {
        let scripts = [];
        session.post("Profiler.takePreciseCoverage", (error, found) => {
          if (!error) scripts = found.result;
        });
        const rows = [];
        for (const { url, functions } of scripts) {
          if (!/^(?:file:|\/|[A-Za-z]:[\\/])/.test(url) || /[\\/]node_modules[\\/]/.test(url)) continue;
          const ran = functions.filter((one) => one.ranges.length > 0 && one.ranges[0].count > 0);
          if (ran.length > 0) rows.push([url, [...new Set(ran.map((one) => one.functionName).filter(Boolean))]]);
        }
        if (rows.length === 0) return;
        const path = own + "-" + ++count;
        write(path, stringify({ of, rows }));
        rename(path, path + ".json");
      } catch (_) {}
    },
  };
}
`;
