import { sinkForCommonJs } from "./sink.ts";

/**
 * Reports Mocha. While it is being constructed no test file is loaded yet, which is used for two things Mocha has no option
 * for: a file that fails to load no longer ends the whole run, and only selected files are loaded though Mocha adds those of
 * its configuration.
 */
export const mochaReporter = `${sinkForCommonJs}${String.raw`
const path = require("node:path");

function mochaClass() {
  let folder = path.dirname(require("node:fs").realpathSync(process.argv[1]));
  for (let up = 0; up < 5; up++) {
    try {
      if (require(path.join(folder, "package.json")).name === "mocha") {
        const loaded = require(folder);
        return typeof loaded === "function" ? loaded : loaded.default; // an ES module since Mocha 12
      }
    } catch (_) {}
    folder = path.dirname(folder);
  }
  return undefined;
}

// What ran since the last cut belongs to the file that was at work.
let working;
function cut(next) {
  if (next === working) return;
  const trace = process[Symbol.for("proofline.trace")];
  if (trace && working !== undefined) trace.cut(working);
  working = next;
}

const LISTS = ["suites", "tests", "_beforeEach", "_beforeAll", "_afterEach", "_afterAll"];

function patch(Mocha) {
  const loadAsync = Mocha.prototype.loadFilesAsync;
  const loadSync = Mocha.prototype.loadFiles;
  const wanted = sink.selected && new Set(sink.selected);
  const chosen = (files) => files.map((file) => path.resolve(file)).filter((file) => !wanted || wanted.has(file));
  const lengths = (suite) => LISTS.map((name) => suite[name].length);
  const failed = (mocha, file, before, error) => {
    LISTS.forEach((name, at) => (mocha.suite[name].length = before[at]));
    mocha.prooflineUnloaded = (mocha.prooflineUnloaded || 0) + 1;
    sink.put({ t: "unloaded", file, tests: 0, failure: sink.facts(error) });
  };
  Mocha.prototype.loadFilesAsync = async function (options) {
    const files = chosen(this.files);
    sink.put({ t: "plan", files: files.length });
    for (const file of files) {
      const before = lengths(this.suite);
      this.files = [file];
      cut(path.resolve(file));
      try {
        await loadAsync.call(this, options);
      } catch (error) {
        failed(this, file, before, error);
      }
    }
    this.files = files;
  };
  Mocha.prototype.loadFiles = function (done) {
    const files = chosen(this.files);
    for (const file of files) {
      const before = lengths(this.suite);
      this.files = [file];
      cut(path.resolve(file));
      try {
        loadSync.call(this);
      } catch (error) {
        failed(this, file, before, error);
      }
    }
    this.files = files;
    if (done) done();
  };
}

const Mocha = mochaClass();
if (Mocha) patch(Mocha);
sink.put({ t: "start", version: "" });

function suiteOf(runnable) {
  const names = [];
  for (let at = runnable.parent; at; at = at.parent) if (at.title) names.unshift(at.title);
  return names;
}

function fileOf(runnable) {
  for (let at = runnable; at; at = at.parent) if (at.file) return at.file;
  return undefined;
}

module.exports = function ProoflineReporter(runner) {
  let last;
  const put = (runnable, outcome, error) => {
    const retries = typeof runnable.currentRetry === "function" ? runnable.currentRetry() : 0;
    const failure = error === undefined ? undefined : sink.facts(error);
    const file = fileOf(runnable);
    if (file !== last && last !== undefined) sink.put({ t: "file", file: last });
    last = file;
    sink.put({ t: "case", file, suite: suiteOf(runnable), name: runnable.title, outcome, ms: runnable.duration, retries: Math.max(0, retries), failure });
  };
  runner.on("test", (test) => cut(fileOf(test) || working));
  runner.on("pass", (test) => put(test, "passed"));
  runner.on("fail", (test, error) => put(test, "failed", error === undefined ? { message: "failed without an error" } : error));
  // it.skip and a test without a body look alike from here.
  runner.on("pending", (test) => put(test, "skipped"));
  runner.on("end", () => {
    cut(undefined);
    sink.end();
  });
  this.done = (failures, exit) => exit(failures);
};
`}`;
