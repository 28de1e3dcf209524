import { kitForModules } from "./kit.ts";

/**
 * For runners that give every test file a process or a thread of its own, or that one process can't be kept warm for: one start a mutant and test file, with
 * the mutant active since it began, and beside it the reporter that tells test from test. What a start reached is said by every process and thread of it.
 * Without a mutant each file is started twice: a test that is not green both times notices nothing.
 */
export const eachMain = `${kitForModules}${String.raw`
import { spawn } from "node:child_process";
import os from "node:os";
const kit = openOwnKit();
const { starts, preload } = kit.job.command;
const cores = Math.max(1, Math.min(4, kit.job.cores || os.availableParallelism()));
const LOOK_MS = 120;

const keyOf = (one) => JSON.stringify([one.file, one.suite, one.name]);
const titleOf = (one) => [...one.suite, one.name].join(" > ");

/** Lines that came since the last look; one that was cut off waits for its end. */
function reader(path) {
  let at = 0;
  return () => {
    let text = "";
    try {
      text = proofline_fs.readFileSync(path, "utf8").slice(at);
    } catch (_) {}
    const end = text.lastIndexOf("\n") + 1;
    at += end;
    return text.slice(0, end).split("\n").flatMap((line) => {
      try {
        return line === "" ? [] : [JSON.parse(line)];
      } catch (_) {
        return [];
      }
    });
  };
}

/** Starts one test file. With a mutant it is ended as soon as a test that was green is red. */
function run(start, { id, hits = 0, limit, green }) {
  const folder = proofline_fs.mkdtempSync(kit.folder + "/run-");
  if (start.selected) proofline_fs.writeFileSync(folder + "/selected.json", JSON.stringify(start.selected));
  const { PROOFLINE_MUTATION: _, ...env } = process.env;
  const options = [start.env.NODE_OPTIONS || env.NODE_OPTIONS || "", "--require " + JSON.stringify(preload)].join(" ").trim();
  const own = { NODE_OPTIONS: options, PROOFLINE_RESULTS: folder, PROOFLINE_SAID: folder + "/said.jsonl", PROOFLINE_HITS: String(Math.max(1000, hits * 100)) };
  const began = kit.now();
  const child = spawn(start.argv[0], start.argv.slice(1), { stdio: "ignore", detached: true, env: { ...env, ...start.env, ...own, ...(id === undefined ? {} : { __STRYKER_ACTIVE_MUTANT__: id }) } });
  const end = () => {
    try {
      process.kill(-child.pid, "SIGKILL");
    } catch (_) {
      child.kill("SIGKILL");
    }
  };
  return new Promise((done) => {
    const look = reader(folder + "/results.jsonl");
    const records = [];
    let late = false;
    let enough = false;
    const timer = setTimeout(() => {
      late = true;
      end();
    }, limit);
    const watch = setInterval(() => {
      records.push(...look());
      if (enough || !green || !records.some((one) => one.t === "case" && one.outcome === "failed" && green.has(keyOf(one)))) return;
      enough = true;
      end();
    }, LOOK_MS);
    const over = (code) => {
      clearTimeout(timer);
      clearInterval(watch);
      // What a test started and left behind ends with it.
      end();
      records.push(...look());
      const said = reader(folder + "/said.jsonl")();
      const reached = {};
      for (const one of said) for (const [mutant, times] of Object.entries(one.hits || {})) reached[mutant] = Math.max(reached[mutant] || 0, times);
      proofline_fs.rmSync(folder, { recursive: true, force: true });
      const cases = records.filter((one) => one.t === "case");
      done({ late, code, cases, apart: records.filter((one) => one.t === "unloaded" || one.t === "stray"), reached, looped: said.some((one) => one.looped), took: kit.now() - began });
    };
    child.on("error", () => over(-1));
    child.on("close", over);
  });
}

/** What a file says without a mutant, twice. */
async function learn(start) {
  const [first, second] = [await run(start, { limit: 600_000 }), await run(start, { limit: 600_000 })];
  const outcomes = (one) => {
    const found = new Map();
    for (const each of one.cases) found.set(keyOf(each), found.get(keyOf(each)) === "failed" ? "failed" : each.outcome);
    return found;
  };
  const [before, after] = [outcomes(first), outcomes(second)];
  const green = new Set([...before].flatMap(([key, outcome]) => (outcome === "passed" && after.get(key) === "passed" ? [key] : [])));
  const hits = {};
  for (const one of [first, second]) for (const [id, times] of Object.entries(one.reached)) hits[id] = Math.max(hits[id] || 0, times);
  const told = new Set();
  for (const each of [...first.cases, ...second.cases]) {
    const key = keyOf(each);
    if (each.outcome !== "failed" || told.has(key)) continue;
    told.add(key);
    kit.red(each.file || start.file, titleOf(each), before.get(key) === after.get(key) ? (each.failure && each.failure.message) || "it failed" : "it passes and fails on the same code", hits);
  }
  const [apart] = [...first.apart, ...second.apart];
  if (apart && green.size === 0) kit.red(apart.file || start.file, "", apart.failure.message, apart.t === "unloaded" ? undefined : hits);
  if (green.size > 0) {
    kit.ns.mutantCoverage.perTest[start.file] = hits;
    kit.test(start.file, start.file, "", [], start.file.split("/").at(-1), Math.max(first.took, second.took));
  }
  return { start, green, hits, kills: 0, broke: first.apart.length + second.apart.length > 0, failed: first.code !== 0 || second.code !== 0, took: Math.max(first.took, second.took) };
}

async function inTurns(all, work) {
  const left = [...all];
  await Promise.all(
    Array.from({ length: cores }, async () => {
      while (left.length > 0) await work(left.shift());
    }),
  );
}

const known = [];
await inTurns(starts, async (start) => void known.push(await learn(start)));
const able = known.filter((one) => one.green.size > 0);

/** What one start with a mutant came to: the tests that noticed, where they did. */
async function once(file, id) {
  const found = await run(file.start, { id, hits: kit.hits[id] || 0, limit: kit.limitFor(file.took) + 3000, green: file.green });
  const red = found.cases.filter((one) => one.outcome === "failed" && file.green.has(keyOf(one)));
  const noticed = red.filter((one) => !(one.failure && (one.failure.timeout || kit.isTimeOut(one.failure.message))));
  if (noticed.length > 0 && !found.looped) return { outcome: "killed", keys: new Set(noticed.map(keyOf)), message: noticed[0].failure && noticed[0].failure.message };
  if (found.late || found.looped || red.length > 0) return { outcome: "timeout" };
  // It ends otherwise than it does without the mutant, before its tests or beside them.
  if ((found.apart.length > 0 && !file.broke) || (found.code !== 0 && !file.failed)) return { outcome: "killed", keys: new Set([""]), message: found.apart[0] && found.apart[0].failure.message };
  const passed = new Set(found.cases.flatMap((one) => (one.outcome === "passed" ? [keyOf(one)] : [])));
  return { outcome: [...file.green].every((key) => passed.has(key)) ? "survived" : "lost" };
}

/** Files that noticed something before go first, then quick ones: one that notices is enough. */
const byPromise = (a, b) => b.kills - a.kills || a.took - b.took;

/** Who notices has to notice twice. */
async function judge(id) {
  let worst = "survived";
  for (const file of able.filter((one) => one.hits[id] !== undefined).sort(byPromise)) {
    const first = await once(file, id);
    if (first.outcome === "survived") continue;
    const second = await once(file, id);
    const same = first.outcome === second.outcome && (first.outcome !== "killed" || [...first.keys].some((key) => second.keys.has(key)));
    if (same && first.outcome === "killed") file.kills += 1;
    if (same && first.outcome === "killed") return { outcome: "killed", by: file.start.file, message: first.message };
    const timeout = first.outcome === "timeout" || second.outcome === "timeout";
    const found = same ? first.outcome : timeout ? "timeout" : "unsteady";
    if (worst === "survived" || found === "timeout") worst = found;
  }
  return { outcome: worst };
}

const reached = new Set(able.flatMap((one) => Object.keys(one.hits)));
await inTurns([...reached].filter((id) => kit.wants(id)), async (id) => {
  kit.put(Object.assign({ t: "end", w: process.pid, pass: "alone", file: "", id }, await judge(id)));
});
kit.put({ t: "idle" });
process.exit(0);
`}`;

/**
 * Loaded before everything else into each process and thread of a start: makes its mutant active, and says at the end what was reached. A runner may take
 * listeners of the end away, so the end itself is watched.
 */
export const eachPreload = `"use strict";${String.raw`
const fs = require("node:fs");
const said = process.env.PROOFLINE_SAID;
if (said !== undefined) {
  const { appendFileSync } = fs;
  const stringify = JSON.stringify;
  const ns = globalThis.__stryker__ || (globalThis.__stryker__ = {});
  ns.mutantCoverage = { static: {}, perTest: {} };
  if (process.env.__STRYKER_ACTIVE_MUTANT__) {
    ns.activeMutant = process.env.__STRYKER_ACTIVE_MUTANT__;
    ns.hitCount = 0;
    ns.hitLimit = Number(process.env.PROOFLINE_HITS);
  }
  let done = false;
  const emit = process.emit;
  process.emit = function (name, ...rest) {
    if (name === "exit" && !done) {
      done = true;
      try {
        appendFileSync(said, stringify({ hits: ns.mutantCoverage.static, looped: ns.hitCount > ns.hitLimit }) + "\n");
      } catch (_) {}
    }
    return emit.call(this, name, ...rest);
  };
}
`}`;
