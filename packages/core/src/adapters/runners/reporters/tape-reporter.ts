import { sinkForCommonJs } from "./sink.ts";

/**
 * Loaded before one tape file. Asks tape for its events as objects; tape reports assertions, so a test fails with its first
 * failed one. An exception ends the process: the test it came from is red, later tests of the file are missing and said so.
 */
export const tapeReporter = `${sinkForCommonJs}${String.raw`
const { createRequire } = require("node:module");
const path = require("node:path");
const file = path.resolve(sink.selected[0]);
const tests = new Map();
let running;
let finished = 0;

function pathOf(row) {
  const names = [];
  for (let at = row.parent === undefined ? undefined : tests.get(row.parent); at; at = at.parent === undefined ? undefined : tests.get(at.parent)) names.unshift(at.name);
  return names;
}

function failureOf(row) {
  const error = row.error;
  const message = String(row.name || (error && error.message) || "failed");
  const found = sink.facts(error || {});
  const plain = message + (row.operator === "error" || row.operator === "throws" ? ": " + found.message : "");
  if (row.operator === "fail" && / timed out after \d+ms$/.test(message)) return Object.assign(found, { message, timeout: true });
  if (/^(test exited without ending|\.end\(\) already called)/.test(message)) return Object.assign(found, { message });
  // What the tested code threw comes as an assertion that nothing was thrown; it is no expectation of the test's.
  return Object.assign(found, { message: plain, line: row.line, at: row.file }, row.operator === "error" ? {} : { expects: true });
}

function put(row) {
  if (row.put) return;
  row.put = true;
  finished++;
  if (row.children && !row.failure && row.asserts === 0) return;
  const outcome = row.failure ? "failed" : row.skip ? "skipped" : row.todo ? "todo" : "passed";
  sink.put({ t: "case", file, suite: pathOf(row), name: row.name, outcome, ms: row.started ? Date.now() - row.started : undefined, failure: row.failure });
}

function onRow(row) {
  if (!row || typeof row !== "object") return;
  if (row.type === "test") {
    running = Object.assign(row, { asserts: 0, started: Date.now() });
    tests.set(row.id, running);
    const parent = row.parent === undefined ? undefined : tests.get(row.parent);
    if (parent) parent.children = true;
    if (row.skip) put(row);
  } else if (row.type === "assert") {
    const test = tests.get(row.test);
    if (!test) return;
    test.asserts++;
    if (!row.ok && !row.todo && !row.skip && !test.failure) test.failure = failureOf(row);
    if (!row.ok && /^test exited without ending/.test(String(row.name))) put(test);
  } else if (row.type === "end") {
    const test = tests.get(row.test);
    if (test) put(test);
    running = undefined;
  }
}

sink.put({ t: "start", version: "" });
const tape = createRequire(file)("tape");
const stream = tape.createStream({ objectMode: true });
stream.on("data", onRow);

// tape 5 and older print nothing when asked for objects; people reading the kept output see at least the names.
process.on("uncaughtExceptionMonitor", (error) => {
  if (process.listenerCount("uncaughtException") > 0) return; // the test waits for it, and the process lives on
  if (!running) return sink.put({ t: "unloaded", file, tests: finished, failure: sink.facts(error) });
  running.failure = sink.facts(error);
  put(running);
  sink.put({ t: "stray", file, failure: Object.assign(sink.facts(error), { type: "crash" }) });
});

// tape removes other listeners of "exit", so the end is marked when its own stream ends. A process that ends earlier has no mark.
stream.on("end", () => sink.end());
`}`;
