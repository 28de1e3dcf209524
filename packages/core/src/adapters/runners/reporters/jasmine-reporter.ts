import { sinkForModules } from "./sink.ts";

/** Reports Jasmine. Loaded before the spec files, it keeps one file that fails to load from ending the whole run. */
export const jasmineReporter = `${sinkForModules}${String.raw`
import proofline_path from "node:path";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const folder = proofline_path.dirname(proofline_path.dirname(proofline_fs.realpathSync(process.argv[1])));
const OUTCOMES = { passed: "passed", failed: "failed", pending: "skipped", excluded: "skipped" };
let loading;

try {
  const Loader = createRequire(import.meta.url)(proofline_path.join(folder, "lib/loader.js"));
  const load = Loader.prototype.load;
  Loader.prototype.load = async function (path, ...rest) {
    const file = proofline_path.resolve(path);
    loading = file;
    try {
      return await load.call(this, path, ...rest);
    } catch (error) {
      sink.put({ t: "unloaded", file, tests: 0, failure: sink.facts(error.cause || error) });
      return undefined;
    } finally {
      loading = undefined;
    }
  };
} catch (_) {
  // An older Jasmine keeps its loader elsewhere; a load failure then ends the run and is seen by the missing end marker.
}

function fileOf(result) {
  const name = result.filename;
  if (typeof name !== "string") return undefined;
  return name.startsWith("file:") ? fileURLToPath(name) : name;
}

function failureOf(expectation) {
  const found = sink.facts({ message: expectation.message, stack: expectation.stack });
  if (expectation.matcherName) found.expects = true;
  else {
    const first = /^(?:Uncaught )?(\w*(?:Error|Exception))\b/.exec(expectation.message || "");
    if (first) found.name = first[1];
  }
  if (/^Error: Timeout - Async function did not complete within/.test(expectation.message || "")) found.timeout = true;
  return found;
}

export default class ProoflineReporter {
  constructor() {
    this.suites = [];
  }
  jasmineStarted(about) {
    sink.put({ t: "start", version: "" });
  }
  suiteStarted(suite) {
    this.suites.push(suite.description);
  }
  suiteDone(suite) {
    for (const failure of suite.failedExpectations || []) {
      sink.put({ t: "case", file: fileOf(suite), suite: [...this.suites], name: "(hook)", outcome: "failed", failure: failureOf(failure) });
    }
    this.suites.pop();
  }
  specDone(spec) {
    const outcome = OUTCOMES[spec.status] || "skipped";
    const first = (spec.failedExpectations || [])[0];
    const failure = outcome === "failed" ? (first ? failureOf(first) : { message: "failed without an expectation" }) : undefined;
    sink.put({ t: "case", file: fileOf(spec), suite: [...this.suites], name: spec.description, outcome, ms: spec.duration, failure });
  }
  jasmineDone(about) {
    for (const failure of about.failedExpectations || []) sink.put({ t: "stray", failure: failureOf(failure) });
    sink.end({ interrupted: false });
  }
}
`}`;
