import { sinkForModules } from "./sink.ts";

/**
 * Reports node:test. A test with subtests counts as their suite unless it fails on its own. What Node reports under a
 * file's own name is no test: a failure is a file that could not be loaded, a pass is a file whose tests never reported
 * (it has none, or it ended the process).
 */
export const nodeTestReporter = `${sinkForModules}${String.raw`
import proofline_path from "node:path";
const stacks = new Map();
const printed = new Map();

function stackOf(file) {
  if (!stacks.has(file)) stacks.set(file, []);
  return stacks.get(file);
}

function failureOf(error, file) {
  const type = error && error.failureType;
  const cause = error && error.cause;
  const base = cause && typeof cause === "object" && typeof cause.message === "string" ? cause : error;
  const found = sink.facts(base || { message: "failed without an error" });
  if (type === "testTimeoutFailure") found.timeout = true;
  if (type) found.type = type;
  return found;
}

function fileFailure(error, file) {
  const text = (printed.get(file) || "").slice(0, 8000);
  const line = /^(?:Uncaught )?(?:\[?(\w*(?:Error|Exception))(?: \[(\w+)\])?\]?): ([^]*?)(?=\n\s+at |\nNode\.js v|$)/m.exec(text);
  if (!line) return { message: text.trim().slice(-2000) || String((error && error.message) || "the file failed"), stack: text, exit: error && error.exitCode };
  const code = line[2] || (/^\s+code: '(\w+)'/m.exec(text) || [])[1];
  return { name: line[1], code, message: line[3].trim(), stack: text, exit: error && error.exitCode };
}

function namesFile(data) {
  return data.nesting === 0 && data.file !== undefined && (data.name === data.file || proofline_path.resolve(data.name) === data.file);
}

function record(data, failed) {
  const file = data.file;
  const error = data.details && data.details.error;
  const isFile = namesFile(data);
  if (isFile && failed) return sink.put({ t: "unloaded", file, tests: stacks.has(file) ? 1 : 0, failure: fileFailure(error, file) });
  if (isFile) return sink.put({ t: "silent", file });
  const stack = stackOf(file);
  const entry = stack[data.nesting];
  const isSuite = (data.details && data.details.type === "suite") || (entry && entry.parent);
  const ownFailure = failed && error && error.failureType !== "subtestsFailed" && error.failureType !== "cancelledByParent";
  if (isSuite && !ownFailure) return;
  const outcome = data.todo !== undefined && data.todo !== false ? "todo" : data.skip !== undefined && data.skip !== false ? "skipped" : failed ? "failed" : "passed";
  const suite = stack.slice(0, data.nesting).map((one) => one.name);
  const failure = outcome === "failed" ? failureOf(error, file) : undefined;
  sink.put({ t: "case", file, suite, name: isSuite ? data.name + " (hook)" : data.name, outcome, ms: data.details && data.details.duration_ms, failure });
}

export default async function* prooflineReporter(events) {
  sink.put({ t: "start", version: process.version });
  for await (const event of events) {
    const data = event.data || {};
    if (event.type === "test:start") {
      if (namesFile(data)) continue; // else a file that ends while loading would look like one whose tests had begun
      const stack = stackOf(data.file);
      stack.length = data.nesting;
      stack[data.nesting] = { name: data.name, parent: false };
      if (data.nesting > 0 && stack[data.nesting - 1]) stack[data.nesting - 1].parent = true;
    } else if (event.type === "test:stderr") {
      const before = printed.get(data.file) || "";
      if (before.length < 20000) printed.set(data.file, before + data.message);
    } else if (event.type === "test:pass") record(data, false);
    else if (event.type === "test:fail") record(data, true);
    else if (event.type === "test:plan" && data.nesting === 0 && data.file === undefined) sink.end(); // told to exit, Node may not wait for the rest
    else if (event.type === "test:complete" && data.nesting === 0 && data.name === data.file) sink.put({ t: "file", file: data.file });
  }
  sink.end();
  yield "";
}
`}`;
