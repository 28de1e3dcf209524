import { kitForCommonJs } from "./kit.ts";

/**
 * Given to Mocha as its reporter: the project's own settings, hooks and loaders stay as they are. When Mocha has run its tests once, the same process runs
 * those that reach a mutant again, with Mocha's own runner, one mutant at a time.
 */
export const mochaReporter = `${kitForCommonJs}${String.raw`
const path = require("node:path");
const suitesIn = (suite) => [suite].concat(...suite.suites.map(suitesIn));
const titlesOf = (test) => {
  const names = [];
  for (let at = test.parent; at && at.title; at = at.parent) names.unshift(at.title);
  return names;
};
const fileOf = (test) => {
  for (let at = test; at; at = at.parent) if (at.file) return at.file;
  return "";
};

module.exports = class MutationReporter {
  constructor(runner) {
    const kit = (this.kit = openOwnKit());
    const settings = runner._opts || {};
    settings.cleanReferencesAfterRun = false;
    this.Runner = runner.constructor;
    this.suite = runner.suite;
    this.settings = settings;
    this.green = new Map();
    // What a mutant leaves behind may fail when nobody looks any more.
    process.on("unhandledRejection", () => {});
    if (kit.job.pass === "alone") return this.alone(runner);
    const listed = new Map();
    if (kit.job.pass === "warm") this.watchDry(runner, listed);
    const original = runner.runAsync ? runner.runAsync.bind(runner) : undefined;
    const after = async () => {
      if (kit.job.pass === "warm") await this.warm();
      else await this.again();
      kit.put({ t: "idle" });
      process.exit(0);
    };
    if (original)
      runner.runAsync = async (options) => {
        if (kit.job.pass === "warm") await original(options);
        await after();
        return 0;
      };
    else this.done = (failures, fn) => void after().then(() => fn(0));
  }
  keyOf(test) {
    return fileOf(test) + "\n" + test.fullTitle();
  }
  watchDry(runner) {
    const { kit } = this;
    runner.on("test", (test) => (kit.ns.currentTestId = this.keyOf(test)));
    runner.on("hook", (hook) => {
      if (/^"(?:before|after) all"/.test(hook.title)) kit.ns.currentTestId = undefined;
    });
    runner.on("suite end", () => (kit.ns.currentTestId = undefined));
    const red = new Set();
    const passed = [];
    runner.on("pass", (test) => passed.push(test));
    runner.on("fail", (test, error) => {
      red.add(test);
      kit.red(fileOf(test), test.fullTitle(), kit.messageOf(error), kit.ns.mutantCoverage.perTest[this.keyOf(test)]);
    });
    runner.on("end", () => {
      kit.ns.currentTestId = undefined;
      const twice = new Set();
      const seen = new Set();
      for (const test of passed) (seen.has(this.keyOf(test)) ? twice : seen).add(this.keyOf(test));
      const said = new Set();
      for (const test of passed) {
        const key = this.keyOf(test);
        if (red.has(test) || said.has(key)) continue;
        said.add(key);
        this.green.set(key, { ms: test.duration || 0 });
        kit.test(fileOf(test), key, test.fullTitle(), titlesOf(test), test.title, test.duration || 0);
      }
      this.static = kit.statics("");
    });
  }
  // Runs some tests, by key, with the active mutant as it is; stops at the first red one. Only their suites are walked through.
  run(keys, limit) {
    const { suite } = this;
    const wanted = new Set(keys);
    const undo = [];
    const narrow = (one) => {
      const tests = one.tests.filter((test) => wanted.has(this.keyOf(test)));
      const suites = one.suites.filter(narrow);
      if (tests.length + suites.length === 0) return false;
      if (one.reset) one.reset();
      undo.push([one, one.tests, one.suites, one._bail]);
      Object.assign(one, { tests, suites, _bail: true });
      for (const test of tests) {
        if (test._proofline === undefined) test._proofline = test._timeout;
        test._timeout = test._proofline === 0 ? limit : Math.min(test._proofline, limit);
        test.timedOut = false;
        test._retries = 0;
      }
      return true;
    };
    narrow(suite);
    const runner = new this.Runner(suite, Object.assign({}, this.settings, { delay: false }));
    runner.total = keys.length;
    let found;
    runner.on("fail", (test, error) => {
      if (!found) found = { key: test.type === "test" ? this.keyOf(test) : undefined, error };
    });
    return new Promise((done) => {
      const ended = () => {
        if (runner.dispose) runner.dispose();
        for (const [one, tests, suites, bail] of undo) Object.assign(one, { tests, suites, _bail: bail });
        done(found);
      };
      try {
        runner.run(ended, { files: [], options: {} });
      } catch (error) {
        found = found || { error };
        ended();
      }
    });
  }
  async tryOne(id, keys) {
    const { kit } = this;
    const ms = keys.reduce((sum, key) => sum + (this.green.get(key) || { ms: 0 }).ms, 0);
    kit.begin("", id === undefined ? "" : id, kit.limitFor(ms));
    kit.on(id);
    const found = await this.run(keys, kit.limitFor(Math.max(0, ...keys.map((key) => (this.green.get(key) || { ms: 0 }).ms))));
    const { looped, reached } = kit.off();
    const timeout = looped || (found !== undefined && kit.isTimeOut(found.error));
    return { reached, timeout, failed: found !== undefined && !timeout, key: found && found.key, message: found && kit.messageOf(found.error) };
  }
  async judge(id, keys) {
    const { kit } = this;
    const first = await this.tryOne(id, keys);
    if (first.timeout) return kit.end("", id, "timeout");
    // Reached less often than before: something the process remembers keeps the tests away from it.
    if (!first.failed) return kit.end("", id, first.reached > 0 ? "survived" : "lost", { reached: first.reached });
    kit.end("", id, "killed", { by: first.key, message: first.message });
  }
  // Tests that turned red must still be green without a mutant, twice: else they waver, or a mutant left something behind.
  async calm() {
    const { kit } = this;
    const wavers = [];
    for (const key of kit.settled("").killers) {
      const tries = [await this.tryOne(undefined, [key]), await this.tryOne(undefined, [key])];
      if (tries.some((one) => one.failed || one.timeout)) wavers.push(key);
    }
    kit.calm("", wavers);
  }
  async warm() {
    const { kit, green } = this;
    const settled = kit.settled("");
    const reach = new Map();
    for (const key of green.keys()) for (const id of Object.keys(kit.ns.mutantCoverage.perTest[key] || {})) reach.set(id, [...(reach.get(id) || []), key]);
    for (const [id, keys] of reach) if (kit.wants(id) && !this.static.has(id) && !settled.has(id)) await this.judge(id, keys);
    await this.calm();
    kit.rest();
  }
  async again() {
    const { kit } = this;
    const settled = kit.settled("");
    for (const [id, byFile] of Object.entries(kit.job.tests || {})) {
      const mine = byFile[""];
      if (mine === undefined || settled.has(id)) continue;
      for (const key of mine.keys) this.green.set(key, { ms: (mine.ms && mine.ms[key]) || 0 });
      kit.hits[id] = mine.hits || 0;
      await this.judge(id, mine.keys);
    }
    await this.calm();
    kit.rest();
  }
  // One mutant, active since the process began, against every test that loads it.
  alone(runner) {
    const { kit } = this;
    const [id] = kit.job.ids;
    kit.begin("", id, 60_000);
    kit.hits[id] = 0;
    kit.ns.hitCount = 0;
    kit.ns.hitLimit = 1e9;
    let found;
    for (const one of suitesIn(this.suite)) one._bail = true;
    const green = new Set(kit.job.green || []);
    const titles = new Set([...green].map((key) => key.slice(key.indexOf("\n") + 1)));
    runner._grep = { test: (title) => titles.has(title) };
    runner.on("fail", (test, error) => {
      if (!found && (test.type !== "test" || green.has(this.keyOf(test)))) found = { key: test.type === "test" ? this.keyOf(test) : undefined, error };
    });
    runner.on("end", () => {
      if (found && kit.isTimeOut(found.error)) kit.end("", id, "timeout");
      else kit.end("", id, found ? "killed" : "survived", found ? { by: found.key, message: kit.messageOf(found.error) } : {});
      kit.put({ t: "idle" });
      process.exit(0);
    });
  }
};
`}`;
