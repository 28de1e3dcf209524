import { kitForModules } from "./kit.ts";

/**
 * Runs inside Vitest's own workers in place of its runner. A file's tests run once as they are, saying which mutants each reaches; then the same worker
 * runs them again and again, one mutant at a time. Vitest's own loop for repeated tests does that, so hooks, fixtures and time-outs are the project's
 * own. In the pass that looks again every mutant gets its modules anew.
 */
export const vitestRunner = `${kitForModules}${String.raw`
const { VitestTestRunner } = await import(/* @vite-ignore */ process.env.PROOFLINE_VITEST + "runners.js");
const { startTests } = await import(/* @vite-ignore */ process.env.PROOFLINE_VITEST_CORE);
const { vi } = await import(/* @vite-ignore */ process.env.PROOFLINE_VITEST + "index.js");

const testsIn = (task) => (task.type === "suite" ? (task.tasks || []).flatMap(testsIn) : [task]);
const suitesIn = (task) => (task.type === "suite" ? [task].concat((task.tasks || []).flatMap(suitesIn)) : []);
const pathOf = (test) => {
  const names = [];
  for (let at = test.suite; at && at.name; at = at.suite) if (at !== test.file) names.unshift(at.name);
  return names;
};
const runs = (task) => task.mode === "run" || task.mode === "queued";
const errorOf = (result) => result && result.errors && result.errors[0];

export default class MutationRunner extends VitestTestRunner {
  constructor(config) {
    super(config);
    this.kit = openOwnKit();
    this.own = undefined;
    this.green = new Map();
  }
  onBeforeCollect(paths) {
    this.paths = paths;
    return super.onBeforeCollect ? super.onBeforeCollect(paths) : undefined;
  }
  async onBeforeRunFiles(files) {
    if (super.onBeforeRunFiles) await super.onBeforeRunFiles(files);
    for (const file of files) this.prune(file);
  }
  // Tests at the same time would share one switch; what nothing is planned for is left out, and its hooks with it.
  prune(task) {
    task.concurrent = false;
    if (task.type === "suite") {
      for (const child of task.tasks || []) this.prune(child);
      if (this.own && runs(task) && !(task.tasks || []).some(runs) && task.suite) task.mode = "skip";
      return;
    }
    const left = this.own ? !this.own.plan.has(task.id) : this.kit.job.pass !== "warm";
    if (left && runs(task)) task.mode = "skip";
  }
  async onBeforeRunTask(test) {
    await super.onBeforeRunTask(test);
    if (!this.own || !runs(test)) return;
    const list = this.own.plan.get(test.id).filter((one) => !this.own.dead.has(one.id));
    if (list.length === 0) {
      test.mode = "skip";
      return;
    }
    this.own.list = list;
    this.own.at = -1;
    test.repeats = list.length - 1;
    test.retry = 0;
  }
  async onBeforeTryTask(test, about) {
    const { kit, own } = this;
    if (!own) kit.ns.currentTestId = test.id;
    else {
      this.settle(test, false);
      own.at += 1;
      const { id } = own.list[own.at];
      test.result.state = "run";
      test.result.errors = undefined;
      kit.begin(this.file, id === undefined ? "" : id, kit.limitFor((this.green.get(test.id) || { ms: 0 }).ms));
      if (!own.held) kit.on(id);
    }
    if (super.onBeforeTryTask) await super.onBeforeTryTask(test, about);
  }
  settle(test, last) {
    const { kit, own } = this;
    if (own.at < 0) return;
    const one = own.list[own.at];
    if (!one || one.settled) return;
    one.settled = true;
    const { looped, reached } = own.held ? { looped: kit.ns.hitCount > kit.ns.hitLimit, reached: kit.ns.hitCount } : kit.off();
    const failed = (test.result.state === "fail") !== (test.fails === true && !last);
    own.onTry(one, test, { failed, looped, reached, error: errorOf(test.result) });
  }
  async onAfterRunTask(test) {
    const { kit, own } = this;
    if (own) this.settle(test, true);
    else {
      kit.ns.currentTestId = undefined;
      const state = test.result && test.result.state;
      if (state === "pass") {
        const ms = test.result.duration || 0;
        this.green.set(test.id, { ms });
        kit.test(this.file, test.id, test.name, pathOf(test), test.name, ms);
      } else if (state === "fail") kit.red(this.file, test.name, kit.messageOf(errorOf(test.result)), kit.ns.mutantCoverage.perTest[test.id] || {});
    }
    await super.onAfterRunTask(test);
  }
  get file() {
    return this.paths[0];
  }
  async onAfterRunFiles(files) {
    await super.onAfterRunFiles(files);
    const { kit } = this;
    const own = { onTaskUpdate: this.onTaskUpdate, onCollected: this.onCollected, onAfterRunFiles: this.onAfterRunFiles, testTimeout: this.config.testTimeout };
    this.onTaskUpdate = () => {};
    this.onCollected = () => {};
    this.onAfterRunFiles = () => {};
    try {
      const broken = files.flatMap(suitesIn).find((suite) => errorOf(suite.result));
      if (kit.job.pass === "warm") {
        if (broken) kit.red(this.file, "", kit.messageOf(errorOf(broken.result)));
        const statics = kit.statics(this.file);
        await this.warm(statics);
      } else await this.fresh();
      kit.rest();
    } finally {
      this.own = undefined;
      Object.assign(this, { onTaskUpdate: own.onTaskUpdate, onCollected: own.onCollected, onAfterRunFiles: own.onAfterRunFiles });
      this.config.testTimeout = own.testTimeout;
    }
  }
  async run(plan, onTry, held) {
    this.own = { plan, onTry, dead: new Set(), list: [], at: -1, held };
    vi.resetModules();
    const files = await startTests(this.paths.slice(0, 1), this);
    const own = this.own;
    this.own = undefined;
    return { own, error: errorOf(files[0] && files[0].result) };
  }
  async warm(statics) {
    const { kit } = this;
    const perTest = kit.ns.mutantCoverage.perTest;
    const settled = kit.settled(this.file);
    const plan = new Map();
    const wanted = new Set();
    for (const [test] of [...this.green].sort((a, b) => a[1].ms - b[1].ms)) {
      const ids = Object.keys(perTest[test] || {}).filter((id) => kit.wants(id) && !statics.has(id) && !settled.has(id));
      for (const id of ids) wanted.add(id);
      if (ids.length > 0) plan.set(test, ids.map((id) => ({ id })));
    }
    if (wanted.size === 0) return;
    const outcome = new Map();
    this.config.testTimeout = Math.min(this.config.testTimeout || Infinity, Math.max(1000, kit.limitFor(Math.max(0, ...[...this.green.values()].map((one) => one.ms)))));
    const left = new Map(plan);
    const slow = (test) => this.green.get(test).ms > 20;
    const dead = new Set();
    // Quick tests first: what they notice need not be tried on slow ones.
    for (const part of [new Map([...left].filter(([test]) => !slow(test))), new Map([...left].filter(([test]) => slow(test)))]) {
      const alive = new Map([...part].map(([test, list]) => [test, list.filter(({ id }) => !dead.has(id))]).filter(([, list]) => list.length > 0));
      if (alive.size === 0) continue;
      await this.run(alive, ({ id }, test, { failed, looped, reached, error }) => {
        const before = outcome.get(id) || { reached: 0 };
        outcome.set(id, before);
        before.reached += reached;
        if (looped || (failed && kit.isTimeOut(error))) {
          before.timeout = true;
          kit.end(this.file, id, "timeout");
        } else if (failed) {
          before.key = test.id;
          kit.end(this.file, id, "killed", { by: test.id, message: kit.messageOf(error) });
        } else return;
        dead.add(id);
        if (this.own) this.own.dead.add(id);
      });
    }
    for (const id of wanted) {
      const one = outcome.get(id);
      if (!one) kit.end(this.file, id, "lost");
      else if (one.key === undefined && !one.timeout) kit.end(this.file, id, "survived", { reached: one.reached });
    }
    await this.calm();
  }
  // Tests that turned red must still be green without a mutant, twice: else they waver, or a mutant left something behind.
  async calm() {
    const green = new Map([...this.kit.settled(this.file).killers].filter((key) => this.green.has(key)).map((key) => [key, 0]));
    if (green.size === 0) return;
    await this.run(new Map([...green.keys()].map((key) => [key, [{ id: undefined }, { id: undefined }]])), (one, test, { failed }) => {
      if (!failed) green.set(test.id, green.get(test.id) + 1);
    });
    this.kit.calm(this.file, [...green].filter(([, times]) => times < 2).map(([key]) => key));
  }
  async fresh() {
    const { kit } = this;
    const calm = new Map();
    const isCalm = async (keys) => {
      const name = keys.join("\n");
      if (!calm.has(name)) {
        const tries = [await this.once(undefined, keys), await this.once(undefined, keys)];
        calm.set(name, tries.every((one) => !one.failed && !one.timeout));
      }
      return calm.get(name);
    };
    for (const [id, byFile] of Object.entries(kit.job.tests || {})) {
      const mine = byFile[this.file];
      // Another file's tests may have noticed it meanwhile.
      if (mine === undefined || kit.settled(this.file).has(id)) continue;
      for (const key of mine.keys) this.green.set(key, { ms: (mine.ms && mine.ms[key]) || 0 });
      kit.hits[id] = mine.hits || 0;
      const { failed, timeout, reached, key, message } = await this.once(id, mine.keys);
      if (!failed) kit.end(this.file, id, timeout ? "timeout" : "survived", { reached });
      else kit.end(this.file, id, (await isCalm(key === undefined ? mine.keys.slice(0, 1) : [key])) ? "killed" : "unsteady", { by: key, message });
    }
  }
  // One mutant, switched on before its modules load, against some tests of this file, until one is red.
  async once(id, keys) {
    const { kit } = this;
    let found = { failed: false, timeout: false, reached: 0 };
    kit.begin(this.file, id === undefined ? "" : id, kit.limitFor(keys.reduce((sum, key) => sum + (this.green.get(key) || { ms: 0 }).ms, 0)) + 5000);
    kit.on(id);
    const marker = {};
    const plan = new Map(keys.map((key) => [key, [{ id: marker }]]));
    const { own, error } = await this.run(
      plan,
      (one, test, { failed, looped, reached, error: why }) => {
        if (looped || (failed && kit.isTimeOut(why))) found.timeout = true;
        else if (failed && !found.failed) found = { ...found, failed: true, key: test.id, message: kit.messageOf(why) };
        if ((found.failed || found.timeout) && this.own) this.own.dead.add(marker);
      },
      true,
    );
    const { looped, reached } = kit.off();
    found.reached = reached || 0;
    if (looped) return { ...found, failed: false, timeout: true };
    if (found.timeout) return { ...found, failed: false };
    if (!found.failed && error) return { ...found, failed: true, message: kit.messageOf(error) };
    return found;
  }
}
`}`;
