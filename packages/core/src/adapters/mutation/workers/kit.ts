/**
 * What every worker shares, as text: it runs inside the project's own test process. It reads its job, says what it finds line by line in a feed, and
 * switches mutants on and off through the namespace that the instrumented code looks at.
 */
const kit = String.raw`
function openKit(fs) {
  const folder = process.env.PROOFLINE_MUTATION;
  const feed = folder + "/feed.jsonl";
  const readJson = (name) => JSON.parse(fs.readFileSync(folder + "/" + name, "utf8"));
  const job = readJson("job.json");
  const ns = globalThis.__stryker__ || (globalThis.__stryker__ = {});
  if (!ns.mutantCoverage) ns.mutantCoverage = { static: {}, perTest: {} };
  const clip = (text, most) => {
    try {
      return String(text).slice(0, most);
    } catch (_) {
      return "";
    }
  };
  const put = (record) => fs.appendFileSync(feed, JSON.stringify(record) + "\n");
  // A mutant may replace what a clock gives or how an error prints; these are taken before any test runs.
  const now = performance.now.bind(performance);
  const inReach = new Set(job.ids || []);
  const TIMES = /timed out in [\d.]+ ?ms|Timeout of [\d.]+ms exceeded|Exceeded timeout of [\d.]+ ?ms|test timed out after|ERR_MOCHA_TIMEOUT/i;
  const self = {
    folder,
    job,
    ns,
    now,
    put,
    clip,
    readJson,
    wants: (id) => job.ids === undefined || inReach.has(id),
    hits: {},
    // What earlier workers of this job settled: mutants killed anywhere, and those done with in this file.
    settled(file) {
      const killed = new Set();
      const done = new Set();
      const killers = new Set();
      let text = "";
      try {
        text = fs.readFileSync(feed, "utf8");
      } catch (_) {}
      for (const line of text.split("\n")) {
        if (!/"t":"(?:end|hang)"/.test(line)) continue;
        let record;
        try {
          record = JSON.parse(line);
        } catch (_) {
          continue;
        }
        if (record.pass !== job.pass) continue;
        if (record.outcome === "killed") killed.add(record.id);
        if (record.file !== file) continue;
        done.add(record.id);
        if (record.outcome === "killed" && record.by !== undefined) killers.add(record.by);
      }
      return { killers, has: (id) => killed.has(id) || done.has(id) };
    },
    test(file, key, title, suite, name, ms) {
      const hits = ns.mutantCoverage.perTest[key] || {};
      for (const id of Object.keys(hits)) self.hits[id] = Math.max(self.hits[id] || 0, hits[id]);
      put({ t: "test", file, key, suite, name: clip(name, 2000), ms: Math.round(ms * 100) / 100, hits });
    },
    // hits: what it reached, where that is known.
    red(file, title, message, hits) {
      put({ t: "red", file, title: clip(title, 2000), message: clip(message, 500), hits: hits && Object.keys(hits) });
    },
    statics(file) {
      const ids = Object.keys(ns.mutantCoverage.static);
      if (ids.length > 0) put({ t: "static", file, ids });
      return new Set(ids);
    },
    begin(file, id, limit) {
      put({ t: "begin", w: process.pid, file, id, limit: Math.round(limit) });
    },
    end(file, id, outcome, more) {
      put(Object.assign({ t: "end", w: process.pid, pass: job.pass, file, id, outcome }, more));
    },
    // Which of the tests that turned red are not green without a mutant: what they noticed counts for nothing.
    calm(file, wavers) {
      if (wavers.length > 0) put({ t: "calm", pass: job.pass, file, wavers });
    },
    rest() {
      put({ t: "rest", w: process.pid });
    },
    on(id) {
      ns.activeMutant = id;
      ns.hitCount = id === undefined ? undefined : 0;
      ns.hitLimit = Math.max(1000, (self.hits[id] || 0) * 100);
    },
    off() {
      const looped = ns.hitCount !== undefined && ns.hitCount > ns.hitLimit;
      const reached = ns.hitCount || 0;
      ns.activeMutant = undefined;
      ns.hitCount = undefined;
      return { looped, reached };
    },
    limitFor: (ms) => Math.ceil(job.limits.addMs + ms * job.limits.factor),
    isTimeOut: (error) => TIMES.test(clip((error && (error.message || error.code)) || error || "", 2000)) || (error && error.code === "ERR_MOCHA_TIMEOUT") === true,
    messageOf: (error) => clip((error && error.message) || error || "failed", 300),
  };
  return self;
}
`;

export const kitForModules = `import proofline_fs from "node:fs";\n${kit}\nconst openOwnKit = () => openKit(proofline_fs);\n`;
export const kitForCommonJs = `"use strict";\n${kit}\nconst openOwnKit = () => openKit(require("node:fs"));\n`;
