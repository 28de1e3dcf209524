import { sinkForModules } from "./sink.ts";

/**
 * AVA takes no reporter of others, and its TAP output shares a stream with whatever the configuration prints. This is loaded
 * before AVA, finds AVA's own TAP reporter by its absolute path and listens to the same events.
 */
export const avaReporter = `import { isMainThread } from "node:worker_threads";
${sinkForModules.replace("const sink = openSink(proofline_fs);", "const main = isMainThread && process.env.PROOFLINE_RESULTS !== undefined;\nconst sink = main ? openSink(proofline_fs) : undefined;")}${String.raw`
import proofline_path from "node:path";
import { pathToFileURL } from "node:url";

function errorOf(error) {
  if (!error) return { message: "failed without an error" };
  const original = error.originalError || error.cause || {};
  const stack = String(error.stack || original.stack || "");
  const details = (error.formattedDetails || error.values || []).map((one) => one.label + (String(one.formatted).includes("\n") ? "\n" : " ") + one.formatted).join("\n").replace(/\u001b\[[0-9;]*m/g, "");
  const message = error.message || original.message || error.summary || details;
  const ava = error.type === "ava" || error.avaAssertionError;
  const thrown = ava && /^(Error thrown in test|Rejected promise returned by test)/.test(message + details);
  if (thrown) {
    // AVA wraps what a test throws; what it was stands in the stack only.
    const first = /^(?:(\w[\w.]*): )?([^]*?)(?=\n\s+at |$)/.exec(stack);
    return sink.facts({ name: (first && first[1]) || "Error", message: (first && first[2]) || details, stack });
  }
  const found = sink.facts({ name: error.name, message, stack, code: error.code || original.code });
  if (ava) {
    found.expects = true;
    if (error.assertion && details && !message.includes(details)) {
      // Without a message of the test's own, AVA gives the name of its class.
      const said = found.message && found.message !== error.name ? ": " + found.message : " does not hold";
      found.message = "t." + error.assertion + "()" + said + (details.includes("\n") ? "\n" : ": ") + details;
    }
  }
  return found;
}

const declared = new Map();

function onEvent(event) {
  const file = event.testFile;
  const put = (name, outcome, failure) => {
    declared.set(file, (declared.get(file) || 0) + 1);
    sink.put({ t: "case", file, suite: [], name, outcome, ms: event.duration, failure });
  };
  switch (event.type) {
    case "test-passed":
      return put(event.title, "passed");
    case "test-failed":
    case "hook-failed":
      return put(event.title, "failed", errorOf(event.err));
    case "selected-test":
      if (event.skip) return put(event.title, "skipped");
      return event.todo ? put(event.title, "todo") : undefined;
    case "timeout":
    case "process-exit": {
      const failure = event.type === "timeout" ? { message: "no test ended within " + event.period + " ms", timeout: true } : { message: "the test called process.exit()", stack: event.stack, type: "exit" };
      for (const [path, titles] of event.pendingTests || []) for (const name of titles) sink.put({ t: "case", file: path, suite: [], name, outcome: "failed", failure });
      return undefined;
    }
    case "uncaught-exception":
    case "unhandled-rejection":
      return sink.put(declared.get(file) ? { t: "stray", file, failure: errorOf(event.err) } : { t: "unloaded", file, tests: 0, failure: errorOf(event.err) });
    case "missing-ava-import":
      return sink.put({ t: "silent", file });
    case "internal-error":
      return sink.put({ t: "stray", file, failure: errorOf(event.err) });
    case "worker-failed":
      if (event.nonZeroExitCode || event.signal) sink.put({ t: "stray", file, failure: { message: "the test process ended with " + (event.signal || event.nonZeroExitCode), type: "exit" } });
      return sink.put({ t: "file", file });
    case "worker-finished":
      return sink.put({ t: "file", file });
    default:
      return undefined;
  }
}

if (main) {
  const folder = proofline_path.dirname(process.env.PROOFLINE_AVA);
  delete process.env.PROOFLINE_AVA;
  const loaded = await import(pathToFileURL(proofline_path.join(folder, "lib/reporters/tap.js")).href);
  const Reporter = loaded.default || loaded;
  const startRun = Reporter.prototype.startRun;
  const endRun = Reporter.prototype.endRun;
  sink.put({ t: "start", version: "" });
  Reporter.prototype.startRun = function (plan) {
    sink.put({ t: "plan", files: (plan.files || []).length });
    plan.status.on("stateChange", onEvent);
    return startRun.call(this, plan);
  };
  Reporter.prototype.endRun = function () {
    sink.end();
    return endRun.call(this);
  };
}
`}`;
