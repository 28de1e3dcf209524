import { sinkForCommonJs } from "./sink.ts";

/**
 * Loaded before one program that tests by itself (`node test.js` with assertions). It is one test, named after what it is: green when it ends with
 * exit code 0, red by the error that ended it. An exit code without an error tells that it failed and not why.
 */
export const programReporter = `${sinkForCommonJs}${String.raw`
const path = require("node:path");
const { isMainThread } = require("node:worker_threads");

if (isMainThread) {
  const file = path.resolve(sink.selected[0]);
  const began = Date.now();
  let last;
  sink.put({ t: "start", version: process.version });
  process.on("uncaughtExceptionMonitor", (error) => {
    last = sink.facts(error);
  });
  process.on("exit", (code) => {
    // An error that the program waited for, and lived on after, is none.
    const failure = code === 0 ? undefined : last || { message: "the program ended with exit code " + code, type: "exit" };
    sink.put({ t: "case", file, suite: [], name: "(the whole program)", outcome: failure ? "failed" : "passed", ms: Date.now() - began, failure });
    sink.end();
  });
}
`}`;
