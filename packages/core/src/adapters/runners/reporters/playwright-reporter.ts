import { sinkForModules } from "./sink.ts";

/** Reports Playwright test by test, each when no further try of it comes: with its tags and annotations as labels, and with what it left to look at. */
export const playwrightReporter = `${sinkForModules}${String.raw`
const plain = (text) => (typeof text === "string" ? text.replace(/\u001b\[[0-9;]*m/g, "") : "");

function failureOf(result) {
  const error = result.error || (result.errors || [])[0] || {};
  const message = plain(error.message || error.value || "");
  // A browser that does not start says nothing of the product; its log is pages long.
  if (message.includes("browserType.launch")) return { message: "Failed to launch the browser: " + message.split("\n")[0].slice(0, 300) + fatalOf(message) };
  const found = sink.facts({ message: message || "the test ended as " + result.status, stack: plain(error.stack || "") });
  const named = /^(\w*Error)\b/.exec(plain(error.stack || ""));
  if (named) found.name = named[1];
  if (/\bexpect\(|expect\.\w+\(/.test(message)) found.expects = true;
  else if (result.status === "timedOut") found.timeout = true;
  return found;
}

const fatalOf = (log) => {
  const line = /FATAL:[^\n]*/.exec(log);
  return line ? " (" + line[0].slice(0, 300) + ")" : "";
};

function labelsOf(test) {
  const labels = Array.from(test.tags || []);
  for (const { type, description } of test.annotations || []) labels.push(description === undefined ? type : type + "=" + description);
  return labels.filter((label) => typeof label === "string" && label.length <= 1000).slice(0, 50);
}

function caseOf(test, result) {
  const outcome = result.status === "skipped" ? "skipped" : test.outcome() === "unexpected" || result.status === "interrupted" ? "failed" : "passed";
  const attachments = (result.attachments || [])
    .filter((one) => typeof one.path === "string")
    .slice(0, 50)
    .map((one) => ({ name: String(one.name).slice(0, 200), type: String(one.contentType).slice(0, 200), path: one.path }));
  const record = {
    t: "case",
    file: test.location.file,
    suite: test.titlePath().slice(3, -1),
    name: test.title,
    outcome,
    ms: result.duration,
    retries: result.retry || 0,
    labels: labelsOf(test),
    failure: outcome === "failed" ? failureOf(result) : undefined,
  };
  return attachments.length > 0 ? Object.assign(record, { attachments }) : record;
}

export default class ProoflineReporter {
  onBegin(config, suite) {
    sink.put({ t: "start", version: config.version || "" });
    sink.put({ t: "plan", files: new Set(suite.allTests().map((test) => test.location.file)).size });
  }
  onTestEnd(test, result) {
    const comesAgain = result.status !== "skipped" && result.status !== test.expectedStatus && result.retry < test.retries && result.status !== "interrupted";
    if (!comesAgain) sink.put(caseOf(test, result));
  }
  onError(error) {
    const message = plain(error.message || error.value || "");
    const facts = sink.facts({ message, stack: plain(error.stack || "") });
    const file = error.location && error.location.file;
    if (file) sink.put({ t: "unloaded", file, failure: facts });
    else sink.put({ t: "stray", failure: facts });
  }
  onEnd(result) {
    sink.end({ interrupted: result.status === "interrupted" });
  }
  printsToStdio() {
    return false;
  }
}
`}`;
