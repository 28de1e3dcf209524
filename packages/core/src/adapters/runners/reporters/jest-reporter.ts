import { sinkForCommonJs } from "./sink.ts";

/** Reports Jest test by test while a file runs; when the file has ended its final results replace them. */
export const jestReporter = `${sinkForCommonJs}${String.raw`
const OUTCOMES = { passed: "passed", failed: "failed", skipped: "skipped", pending: "skipped", disabled: "skipped", todo: "todo", focused: "passed" };

function failureOf(result) {
  const details = (result.failureDetails || [])[0];
  const text = (result.failureMessages || [])[0];
  const found = sink.facts(details && typeof details === "object" ? details : { message: "" });
  if (typeof text === "string") {
    // A thrown error arrives as {}: what it was stands in the printed message only.
    const plain = text.replace(/\u001b\[[0-9;]*m/g, "");
    const first = /^(?:Uncaught )?(?:thrown: )?(\w*(?:Error|Exception))?(?: \[(\w+)\])?:? ?([^]*?)(?=\n\s+at |$)/.exec(plain);
    if (!found.message) found.message = (first && first[3].trim()) || plain.slice(0, 4000);
    if (!found.stack) found.stack = plain.slice(0, 8000);
    if (!found.name && first && first[1]) found.name = first[1];
    if (!found.code && first && first[2]) found.code = first[2];
  }
  if (details && details.matcherResult) found.expects = true;
  return found;
}

function caseOf(file, result) {
  const outcome = OUTCOMES[result.status] || "skipped";
  return {
    t: "case",
    file,
    suite: result.ancestorTitles || [],
    name: result.title,
    outcome,
    ms: typeof result.duration === "number" ? result.duration : undefined,
    retries: Math.max(0, (result.invocations || 1) - 1),
    failure: outcome === "failed" ? failureOf(result) : undefined,
  };
}

// What one test file ran through, as Jest's own coverage saw it.
const traced = process.env.PROOFLINE_TRACE;
let parts = 0;
function ranIn(coverage) {
  if (Array.isArray(coverage)) return coverage.map(({ result }) => [result.url, result.functions.filter((one) => one.ranges[0] && one.ranges[0].count > 0).map((one) => one.functionName).filter(Boolean)]);
  return Object.values(coverage)
    .filter((file) => Object.values(file.s).some((count) => count > 0))
    .map((file) => [file.path, Object.keys(file.f).filter((key) => file.f[key] > 0).map((key) => file.fnMap[key].name)]);
}
function trace(file, { coverage, v8Coverage }) {
  try {
    const rows = ranIn(v8Coverage || coverage).map(([path, names]) => [path, Array.from(new Set(names))]);
    if (rows.length > 0) require("node:fs").writeFileSync(traced + "/" + ++parts + ".json", JSON.stringify({ of: [file], rows }));
  } catch (_) {}
}

module.exports = class ProoflineReporter {
  onRunStart(results) {
    sink.put({ t: "start", version: "" });
    sink.put({ t: "plan", files: (results && results.numTotalTestSuites) || 0 });
  }
  onTestCaseResult(test, result) {
    sink.put(caseOf(test.path, result));
  }
  onTestResult(test, result) {
    sink.put({ t: "again", file: test.path });
    for (const one of result.testResults || []) sink.put(caseOf(test.path, one));
    const none = (result.testResults || []).length === 0;
    const error = result.testExecError;
    if (error || (none && result.failureMessage)) {
      const empty = /must contain at least one test/.test(String((error && error.message) || result.failureMessage));
      const failure = failureOf({ failureDetails: [error || {}], failureMessages: [result.failureMessage || ""] });
      if (!empty) sink.put({ t: "unloaded", file: test.path, tests: (result.testResults || []).length, failure });
    }
    sink.put({ t: "file", file: test.path });
    if (traced && (result.coverage || result.v8Coverage)) trace(test.path, result);
  }
  onRunComplete(_, results) {
    const error = results && results.runExecError;
    if (error) sink.put({ t: "stray", failure: sink.facts(error) });
    sink.end({ interrupted: Boolean(results && results.wasInterrupted) });
  }
  getLastError() {}
};
`}`;
