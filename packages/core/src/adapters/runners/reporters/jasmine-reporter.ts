import { sinkForCommonJs } from "./sink.ts";

/**
 * Reports Jasmine. Loaded before the spec files, it keeps one file that fails to load from ending the whole run. It is CommonJS because
 * Jasmine 3 requires its reporters, and it notes which file declared what because Jasmine 3 does not say. A helper that clears the
 * reporters to put a prettier one there (the usual way to install jasmine-spec-reporter) does not clear this one.
 */
export const jasmineReporter = `${sinkForCommonJs}${String.raw`
const path = require("node:path");
const { fileURLToPath } = require("node:url");

const folder = path.dirname(path.dirname(require("node:fs").realpathSync(process.argv[1])));
const OUTCOMES = { passed: "passed", failed: "failed", pending: "skipped", excluded: "skipped" };
const declaredIn = new Map();

function declared() {
  try {
    return jasmine.getEnv().topSuite().children.map((child) => child.id);
  } catch (_) {
    return [];
  }
}

try {
  const Loader = require(path.join(folder, "lib/loader.js"));
  const load = Loader.prototype.load;
  Loader.prototype.load = async function (name, ...rest) {
    const file = path.resolve(name);
    try {
      const given = await load.call(this, name, ...rest);
      for (const id of declared()) if (!declaredIn.has(id)) declaredIn.set(id, file);
      return given;
    } catch (error) {
      sink.put({ t: "unloaded", file, tests: 0, failure: sink.facts(error.cause || error) });
      return undefined;
    }
  };
} catch (_) {
  // An older Jasmine keeps its loader elsewhere; a load failure then ends the run and is seen by the missing end marker.
}

function fileOf(result, outermost) {
  const name = result.filename;
  if (typeof name !== "string") return declaredIn.get(outermost);
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

function stayIn(reporter) {
  const env = typeof jasmine === "object" && jasmine !== null && typeof jasmine.getEnv === "function" ? jasmine.getEnv() : undefined;
  if (!env || typeof env.clearReporters !== "function" || typeof env.addReporter !== "function") return;
  const { clearReporters, addReporter } = env;
  let present = false;
  env.addReporter = (added) => {
    if (added === reporter && present) return;
    present = present || added === reporter;
    addReporter.call(env, added);
  };
  env.clearReporters = () => {
    clearReporters.call(env);
    present = false;
    env.addReporter(reporter);
  };
}

module.exports = class ProoflineReporter {
  constructor() {
    this.suites = [];
    this.outermost = undefined;
    stayIn(this);
  }
  jasmineStarted(about) {
    sink.put({ t: "start", version: "" });
  }
  suiteStarted(suite) {
    if (this.suites.length === 0) this.outermost = suite.id;
    this.suites.push(suite.description);
  }
  suiteDone(suite) {
    for (const failure of suite.failedExpectations || []) {
      sink.put({ t: "case", file: fileOf(suite, this.outermost), suite: [...this.suites], name: "(hook)", outcome: "failed", failure: failureOf(failure) });
    }
    this.suites.pop();
    if (this.suites.length === 0) this.outermost = undefined;
  }
  specDone(spec) {
    const outcome = OUTCOMES[spec.status] || "skipped";
    const first = (spec.failedExpectations || [])[0];
    const failure = outcome === "failed" ? (first ? failureOf(first) : { message: "failed without an expectation" }) : undefined;
    sink.put({ t: "case", file: fileOf(spec, this.outermost || spec.id), suite: [...this.suites], name: spec.description, outcome, ms: spec.duration, failure });
  }
  jasmineDone(about) {
    for (const failure of about.failedExpectations || []) sink.put({ t: "stray", failure: failureOf(failure) });
    sink.end({ interrupted: false });
  }
};
`}`;
