import { sinkForCommonJs } from "./sink.ts";

/**
 * Loaded before every process a node-tap run starts. In tap's own command line it only marks beginning and end. In a test file's process it waits for
 * tap's root object and listens to the parser that object feeds: what the program prints by itself never gets there. A test is red by its first
 * failed assertion; assertions outside of any test are one test, `(top level)`.
 */
export const tapReporter = `${sinkForCommonJs.replace("const sink = openSink(", "const open = () => openSink(")}${String.raw`
const Module = require("node:module");
const fs = require("node:fs");
const path = require("node:path");
const { isMainThread } = require("node:worker_threads");

const real = (name) => {
  try {
    return fs.realpathSync(name);
  } catch (_) {
    return path.resolve(String(name));
  }
};

if (isMainThread && process.env.PROOFLINE_RESULTS !== undefined && process.argv[1] !== undefined) {
  if (real(process.argv[1]) === real(process.env.PROOFLINE_TAP)) inCommandLine();
  else inTestFile();
}

function inCommandLine() {
  const folder = process.env.PROOFLINE_RESULTS;
  const sink = open();
  process.env.PROOFLINE_RESULTS = folder;
  sink.put({ t: "start", version: "" });
  process.on("exit", () => sink.end());
}

function inTestFile() {
  const sink = open();
  const file = path.resolve(process.argv[1]);
  const own = process.env.PROOFLINE_TAP_OPTIONS || "";
  const options = (process.env.NODE_OPTIONS || "").replace(own, "").trim();
  if (options === "") delete process.env.NODE_OPTIONS;
  else process.env.NODE_OPTIONS = options;
  delete process.env.PROOFLINE_TAP;
  delete process.env.PROOFLINE_TAP_OPTIONS;

  let root, last, written = 0, done = false;

  const frames = (stack) => String(stack || "").split("\n").filter((line) => line.trim() !== "").map((line) => (/^\s*at /.test(line) ? line : "    at " + line.trim())).join("\n");
  const plain = (text) => (typeof text === "string" ? text.slice(0, 4000) : "");

  function failureOf(row) {
    const diag = row.diag || {};
    const at = diag.at || {};
    const found = { message: plain(row.name) || "failed", stack: frames(plain(diag.stack)), line: at.line || at.lineNumber, at: at.file || at.fileName };
    if ("expired" in diag || /^timeout!/.test(found.message)) return Object.assign(found, { timeout: true });
    if (/^(test unfinished|child test left in queue)/.test(found.message)) return Object.assign(found, { type: "crash" });
    const cause = diag.origin || diag.cause || (diag.found && typeof diag.found === "object" && diag.found.stack ? diag.found : undefined);
    const type = diag.type || (cause && (cause.type || cause.name));
    if (typeof type === "string" && /(Error|Exception)$/.test(type)) found.name = type;
    if (typeof diag.code === "string") found.code = diag.code;
    // Older ones say only which test threw, and nothing of the kind for an assertion.
    const thrown = "tapCaught" in diag || "test" in diag || (typeof diag.type === "string" && !("compare" in diag));
    if (thrown) {
      if (typeof diag.message === "string") found.message = plain(diag.message);
      if ("expected" in diag || "actual" in diag || diag.code === "ERR_ASSERTION") found.expects = true;
      else if (cause && cause.stack) found.stack = frames(plain(cause.stack)) + "\n" + found.stack;
      return found;
    }
    // That nothing should be thrown, and that something else was, come as assertions; what a name was missing for is no expectation of the test's.
    const diff = plain(diag.diff);
    const instead = /^\+\s*(\w*Error): ([^\n]* is not (?:a function|a constructor|defined|iterable))/m.exec(diff) || /^(\w*Error): ([^\n]* is not (?:a function|a constructor|defined|iterable))/.exec(plain(cause && cause.stack));
    if (instead && /throw|reject/i.test(found.message)) return Object.assign(found, { name: instead[1], message: instead[2] });
    if (cause && !("wanted" in diag)) return Object.assign(found, { stack: frames(plain(cause.stack)) + "\n" + found.stack });
    if (/^expect resolving Promise/.test(found.message) && diff === "") return found;
    return Object.assign(found, { message: (found.message + (diff ? "\n" + diff : "")).slice(0, 4000), expects: true });
  }

  function put(suite, name, outcome, ms, failure) {
    written++;
    sink.put({ t: "case", file, suite, name, outcome, ms, failure });
  }

  function listen(parser, suite, isRoot) {
    const state = { asserts: 0, children: 0, left: [], failure: undefined, results: undefined };
    let child;
    const endChild = (row) => {
      const { name, state: of } = child;
      child = undefined;
      const skipped = of.results && of.results.plan && of.results.plan.skipAll;
      if (of.asserts === 0 && of.children > 0 && !of.failure) return;
      if (!of.failure && !skipped && of.results && !of.results.ok && of.asserts > 0 && !of.childFailed) of.failure = { message: (of.results.failures && of.results.failures[0] && plain(of.results.failures[0].tapError)) || "the test is not ok", expects: true };
      put(suite, name, of.failure ? "failed" : skipped ? "skipped" : "passed", row && row.time, of.failure);
    };
    parser.on("child", (nested) => {
      const name = String(nested.name || "").replace(/^Subtest: /, "");
      state.children++;
      child = { name, state: listen(nested, [...suite, name], false) };
    });
    parser.on("assert", (row) => {
      if (child && row.name === child.name) {
        if (!row.ok && !row.todo && !row.skip) state.childFailed = true;
        return endChild(row);
      }
      if (child) endChild();
      const left = !row.ok && /^child test left in queue:? ?(?:t\.test |Test:? )?(.*)$/s.exec(String(row.name));
      if (left) return void state.left.push([left[1] || "?", failureOf(row)]);
      // A skipped assertion looks like a skipped test from here.
      if (row.skip || row.todo) return put(suite, String(row.name || "?"), row.skip ? "skipped" : "todo");
      state.asserts++;
      if (row.ok || state.failure) return;
      state.failure = failureOf(row);
      state.thrown = row.diag && ("tapCaught" in row.diag || "test" in row.diag);
    });
    parser.on("complete", (results) => {
      if (child) endChild();
      state.results = results;
      // Where an error ended the file, that error is why they did not run.
      if (!state.thrown) for (const [name, failure] of state.left) put(suite, name, "failed", undefined, failure);
      if (isRoot) endFile(state);
    });
    return state;
  }

  function endFile(state) {
    if (done) return;
    done = true;
    // What ended the file takes the tests after it along.
    if (state.failure && state.thrown) sink.put({ t: "unloaded", file, tests: written, failure: state.failure });
    else if (state.asserts > 0) put([], "(top level)", state.failure ? "failed" : "passed", undefined, state.failure);
    sink.put({ t: "file", file });
    sink.end();
  }

  function atExit() {
    if (done) return;
    if (last) {
      if (!root) sink.put({ t: "start", version: "" });
      done = true;
      sink.put({ t: "unloaded", file, tests: written, failure: last });
      return sink.end();
    }
    if (!root && sink.selected && sink.selected.includes(file)) sink.put({ t: "silent", file });
  }

  function hook(found) {
    if (root) return;
    root = found;
    sink.put({ t: "start", version: "" });
    // tap ends what is open when the process exits, and says how it went; we look after that.
    root.parser.once("line", () => {
      process.removeListener("exit", atExit);
      process.on("exit", atExit);
    });
    listen(root.parser, [], true);
  }

  process.on("exit", atExit);
  process.on("uncaughtExceptionMonitor", (error) => {
    last = sink.facts(error);
  });

  // Up to tap 16 the root object is what a module exports; later it is kept under a symbol, shared by both module systems.
  const load = Module._load;
  Module._load = function () {
    const loaded = load.apply(this, arguments);
    if (!root && loaded !== null && typeof loaded === "object" && loaded.constructor && loaded.constructor.name === "TAP" && loaded.parser) hook(loaded);
    return loaded;
  };
  const key = Symbol.for("TAP private constructor");
  let kept;
  Object.defineProperty(globalThis, key, {
    configurable: true,
    get: () => kept,
    set(value) {
      kept = value;
      if (value && value.parser) hook(value);
    },
  });
}
`}`;
