import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Starts every file it is given, as node-tap's command line does. */
const CLI = `const { spawnSync } = require("child_process");
for (const file of process.argv.slice(2)) if (!file.startsWith("-") && file !== "run") {
  const run = spawnSync(process.execPath, [file], { stdio: "inherit" });
  if (run.status !== 0) process.exitCode = 1;
}
`;

/**
 * The events of node-tap's root parser and nothing else of it, as they were recorded of versions 10, 16 and 21: assertions, children, a summary
 * in the parent after each child, what a test threw with `tapCaught` (before 15 with the name of the test), a time-out as `expired`, tests left over when the process ends.
 */
const ROOT = (version: number): string => `const { EventEmitter } = require("events");
const CAUGHT = (test, how) => (${version} < 15 ? { test } : { tapCaught: how });
class Scope {
  constructor(name) {
    this.parser = Object.assign(new EventEmitter(), { name });
    this.ok = true;
    this.queue = [];
  }
  row(row) {
    this.parser.emit("line", "");
    this.ok = this.ok && (row.ok || row.skip === true);
    this.parser.emit("assert", row);
  }
  equal(found, wanted) {
    this.row({ ok: found === wanted, name: "should be equal", diag: found === wanted ? null : { compare: "===", diff: "-" + wanted + "\\n+" + found, stack: "Test.<anonymous> (test/price.js:1:1)" } });
  }
  threw(error, how) {
    this.row({ ok: false, name: error.message, diag: { type: error.name === "Error" ? undefined : error.name, code: error.code, stack: error.stack.split("\\n").slice(1).map((line) => line.replace(/^\\s+at /, "")).join("\\n"), ...CAUGHT(this.parser.name, how), ...("expected" in error && { expected: 0, actual: 0 }) } });
  }
  test(name, options, body) {
    this.queue.push([name, typeof options === "function" ? {} : options, typeof options === "function" ? options : body]);
  }
  async drain() {
    for (let next = this.queue.shift(); next; next = this.queue.shift()) await this.child(...next);
    this.parser.emit("complete", { ok: this.ok, plan: { skipAll: false } });
  }
  async child(name, options, body) {
    if (options.skip) return this.row({ ok: true, skip: true, name });
    const child = new Scope(name);
    this.parser.emit("child", child.parser);
    const late = new Promise((done) => setTimeout(done, options.timeout ?? 1e6, "late").unref());
    const ended = await Promise.race([Promise.resolve().then(() => body(child)).catch((error) => child.threw(error, "returnedPromiseRejection")), late]);
    if (ended === "late") child.row({ ok: false, name: "timeout!", diag: { expired: name } });
    await child.drain();
    this.row({ ok: child.ok, name, time: 1 });
  }
}
class TAP extends Scope {}
const root = new TAP("TAP");
setImmediate(() => root.drain());
process.on("exit", () => { if (!root.ok) process.exitCode = 1; });
`;

/** Puts a stand-in for node-tap into a checkout: this project has no use for the real one, and its versions take a hundred megabytes each. */
export function installTap(dir: string, version: string): void {
  const folder = join(dir, "node_modules/tap");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "tap", version, bin: "cli.js", main: "index.js" }));
  writeFileSync(join(folder, "cli.js"), CLI);
  const kept = 'globalThis[Symbol.for("TAP private constructor")] = root;\nexports.test = root.test.bind(root); exports.equal = root.equal.bind(root);\n';
  writeFileSync(join(folder, "index.js"), ROOT(Number.parseInt(version, 10)) + (Number.parseInt(version, 10) < 18 ? "module.exports = root;\n" : kept));
}
