import { kitForModules } from "./kit.ts";

/**
 * For runners that can't be kept warm: one process a mutant, active since it began, on the test files that reach it. Which files do is said by what is
 * loaded into them (`said.jsonl`: one line a test file). Two at a time where there are two cores.
 */
export const aloneMain = `${kitForModules}${String.raw`
import { spawn } from "node:child_process";
import os from "node:os";
const kit = openOwnKit();
const { argv, dry } = kit.job.command;
const cores = Math.max(1, Math.min(4, kit.job.cores || os.availableParallelism()));
let turn = 0;

function run(files, id, hits, limit) {
  const said = kit.folder + "/said-" + (turn += 1) + ".jsonl";
  const own = { PROOFLINE_SAID: said, PROOFLINE_HITS: String(Math.max(1000, hits * 100)) };
  const child = spawn(process.execPath, [...argv, ...files], { stdio: "ignore", detached: true, env: { ...process.env, ...own, ...(id === undefined ? {} : { __STRYKER_ACTIVE_MUTANT__: id }) } });
  return new Promise((done) => {
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      try {
        process.kill(-child.pid, "SIGKILL");
      } catch (_) {
        child.kill("SIGKILL");
      }
    }, limit);
    child.on("error", () => done({ late, code: -1, lines: [] }));
    child.on("close", (code) => {
      clearTimeout(timer);
      let text = "";
      try {
        text = proofline_fs.readFileSync(said, "utf8");
      } catch (_) {}
      const lines = text.split("\n").flatMap((line) => {
        try {
          return line === "" ? [] : [JSON.parse(line)];
        } catch (_) {
          return [];
        }
      });
      done({ late, code, lines });
    });
  });
}

const started = kit.now();
const first = await run(dry, undefined, 0, 600_000);
const took = kit.now() - started;
const reach = new Map();
for (const { file, failed, hits, ms, message, unloaded } of first.lines) {
  if (failed) {
    kit.red(file, "", message || "it ended with a failure", unloaded ? undefined : hits);
    continue;
  }
  kit.ns.mutantCoverage.perTest[file] = hits;
  kit.test(file, file, "", [], file.split("/").at(-1), ms || took);
  for (const id of Object.keys(hits)) reach.set(id, [...(reach.get(id) || []), file]);
}
if (first.lines.length === 0) {
  kit.put({ t: "fault", message: "no test file said what it reaches (exit code " + first.code + ")" });
  process.exit(1);
}

async function judge(id) {
  const files = reach.get(id);
  const limit = kit.limitFor(took) + 3000;
  const once = async () => {
    const { late, lines, code } = await run(files, id, kit.hits[id] || 0, limit);
    if (late || lines.some((one) => one.looped || (one.failed && kit.isTimeOut(one.message)))) return { outcome: "timeout" };
    const red = lines.find((one) => one.failed);
    if (red) return { outcome: "killed", by: red.file, message: red.message };
    return { outcome: lines.length < files.length || code !== 0 ? "lost" : "survived" };
  };
  let { outcome, by, message } = await once();
  // Seen twice, whatever it was.
  const again = await once();
  if (again.outcome !== outcome) outcome = [outcome, again.outcome].includes("timeout") ? "timeout" : "unsteady";
  kit.put({ t: "end", w: process.pid, pass: "alone", file: "", id, outcome, by, message });
}

const left = [...reach.keys()].filter((id) => kit.wants(id));
await Promise.all(
  Array.from({ length: cores }, async () => {
    for (let id = left.shift(); id !== undefined; id = left.shift()) await judge(id);
  }),
);
kit.put({ t: "idle" });
process.exit(0);
`}`;

/** The namespace that instrumented code of a world looks at, with the mutant of this process active from the start. */
const watched = String.raw`
function watched(world) {
  const ns = world.__stryker__ || (world.__stryker__ = {});
  ns.mutantCoverage = { static: {}, perTest: {} };
  if (process.env.__STRYKER_ACTIVE_MUTANT__) {
    ns.activeMutant = process.env.__STRYKER_ACTIVE_MUTANT__;
    ns.hitCount = 0;
    ns.hitLimit = Number(process.env.PROOFLINE_HITS);
  }
  return ns;
}
`;

/** Loaded before a test file of node:test: says at its end what it reached, and whether it failed. */
export const nodeTestPreload = `${watched}${String.raw`
import fs from "node:fs";
const file = process.argv[1] || "";
if (process.env.NODE_TEST_CONTEXT && process.env.PROOFLINE_SAID) {
  const ns = watched(globalThis);
  const began = performance.now();
  process.on("exit", (code) => {
    fs.appendFileSync(process.env.PROOFLINE_SAID, JSON.stringify({ file, failed: (process.exitCode || code) !== 0, hits: ns.mutantCoverage.static, ms: performance.now() - began, looped: ns.hitCount > ns.hitLimit }) + "\n");
  });
}
`}`;

/** Stands before Jest's own test runner: says what a file reached, and what was red in it. */
export const jestTestRunner = `"use strict";${watched}${String.raw`
const fs = require("node:fs");
const found = require(process.env.PROOFLINE_JEST_RUNNER);
const runner = found.default || found;
module.exports = async (globalConfig, config, environment, runtime, testPath, ...more) => {
  const ns = watched(environment.global);
  const began = performance.now();
  const put = (more) => fs.appendFileSync(process.env.PROOFLINE_SAID, JSON.stringify(Object.assign({ file: testPath, hits: ns.mutantCoverage.static, ms: performance.now() - began, looped: ns.hitCount > ns.hitLimit }, more)) + "\n");
  try {
    const result = await runner(globalConfig, config, environment, runtime, testPath, ...more);
    const red = (result.testResults || []).find((one) => one.status === "failed");
    const error = result.testExecError;
    put({ failed: result.numFailingTests > 0 || Boolean(error), unloaded: Boolean(error), message: String((red && red.failureMessages && red.failureMessages[0]) || (error && error.message) || "").slice(0, 500) });
    return result;
  } catch (error) {
    put({ failed: true, unloaded: true, message: String((error && error.message) || error).slice(0, 500) });
    throw error;
  }
};
`}`;
