/**
 * Plain JavaScript put in front of every reporter. It takes the folder for results out of the environment before any test
 * file is loaded, so that a test neither sees it nor hands it to a child, and binds what it needs before a test can replace
 * it (fake timers, a mocked file system). Records that can't be written now are kept and written later.
 */
export const sink = String.raw`
function openSink(fs) {
  const folder = process.env.PROOFLINE_RESULTS;
  delete process.env.PROOFLINE_RESULTS;
  const open = fs.openSync, writeSync = fs.writeSync, readFileSync = fs.readFileSync;
  const stringify = JSON.stringify;
  const fd = open(folder + "/results.jsonl", "a");
  let waiting = "";
  let cases = 0;
  function put(record) {
    if (record.t === "case") cases++;
    waiting += stringify(record) + "\n";
    try {
      const bytes = Buffer.from(waiting);
      let at = 0;
      while (at < bytes.length) at += writeSync(fd, bytes, at);
      waiting = "";
    } catch (error) {
      if (waiting.length > 50000000) throw error;
    }
  }
  function clip(text, length) {
    const all = typeof text === "string" ? text : "";
    return all.length > length ? all.slice(0, length) : all;
  }
  function facts(error) {
    try {
      if (error === null || (typeof error !== "object" && typeof error !== "function")) return { message: clip(String(error), 4000) };
      const found = { message: clip(String(error.message || ""), 4000), stack: clip(String(error.stack || ""), 8000) };
      if (typeof error.name === "string") found.name = clip(error.name, 200);
      if (typeof error.code === "string") found.code = clip(error.code, 200);
      if ("expected" in error || "actual" in error || error.matcherResult) found.expects = true;
      const cause = error.cause;
      if (cause && typeof cause === "object" && typeof cause.message === "string") found.cause = clip(cause.message, 1000);
      return found;
    } catch (_) {
      return { message: "an error that cannot be read" };
    }
  }
  let selected;
  try {
    selected = JSON.parse(readFileSync(folder + "/selected.json", "utf8"));
  } catch (_) {
    selected = undefined;
  }
  let ended = false;
  return {
    selected,
    facts,
    put,
    end(extra) {
      if (ended) return;
      ended = true;
      put(Object.assign({ t: "end", cases }, extra));
    },
  };
}
`;

/** The sink for a reporter that is an ES module. */
export const sinkForModules = `import proofline_fs from "node:fs";\n${sink}\nconst sink = openSink(proofline_fs);\n`;

/** The sink for a reporter that is a CommonJS module. */
export const sinkForCommonJs = `"use strict";\n${sink}\nconst sink = openSink(require("node:fs"));\n`;
