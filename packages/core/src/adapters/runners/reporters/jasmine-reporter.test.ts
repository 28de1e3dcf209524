import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { writeReporter } from "./write-reporters.ts";

/** What Jasmine 3 does with a reporter: requires it, calls the result, and names no file in what it reports. */
const JASMINE_3 = `
const Loader = require("../lib/loader");
const children = [];
let reporters = [];
const env = { topSuite: () => ({ children }), clearReporters: () => void (reporters = []), addReporter: (one) => reporters.push(one) };
global.jasmine = { getEnv: () => env };
const tell = (event, about) => reporters.forEach((one) => one[event] && one[event](about));
global.describe = (description) => children.push({ id: "suite" + children.length, description });
global.it = (description) => children.push({ id: "spec" + children.length, description });
(async () => {
  const Report = require(process.argv[2]);
  const reporter = new Report();
  env.clearReporters();
  env.addReporter(reporter);
  const loader = new Loader();
  for (const file of process.argv.slice(3)) await loader.load(file);
  tell("jasmineStarted", {});
  for (const child of children) {
    if (child.id.startsWith("suite")) {
      tell("suiteStarted", child);
      tell("specDone", { id: "inner", description: "works", status: "passed", failedExpectations: [] });
      tell("suiteDone", { ...child, failedExpectations: [] });
    } else tell("specDone", { ...child, status: "failed", failedExpectations: [{ message: "Expected 1 to be 2.", matcherName: "toBe", stack: "" }] });
  }
  tell("jasmineDone", { failedExpectations: [] });
})();
`;

describe("the Jasmine reporter", () => {
  let folder: string;
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "jasmine-reporter-")));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("can be required by Jasmine 3, knows which file declared what, and stays when a helper clears the reporters", async () => {
    const write = (path: string, text: string): string => {
      mkdirSync(join(folder, path, ".."), { recursive: true });
      writeFileSync(join(folder, path), text);
      return join(folder, path);
    };
    const program = write("jasmine/bin/jasmine.js", JASMINE_3);
    write("jasmine/lib/loader.js", "module.exports = class Loader { async load(path) { require(path); } };");
    write("spec/helper.js", "jasmine.getEnv().clearReporters(); jasmine.getEnv().addReporter({});");
    const specs = [write("spec/a.spec.js", "describe('a')"), write("spec/broken.spec.js", "throw new TypeError('no')"), write("spec/b.spec.js", "it('alone')")];
    const reporter = await writeReporter("jasmine", folder);
    mkdirSync(join(folder, "results"));

    execFileSync(process.execPath, [program, reporter, join(folder, "spec/helper.js"), ...specs], { env: { PROOFLINE_RESULTS: join(folder, "results") } });

    const records = readFileSync(join(folder, "results", "results.jsonl"), "utf8").trim().split("\n").map((line) => JSON.parse(line) as Record<string, unknown>); // prettier-ignore
    expect(records).toMatchObject([
      { t: "unloaded", file: specs[1], failure: { name: "TypeError" } },
      { t: "start" },
      { t: "case", file: specs[0], suite: ["a"], name: "works", outcome: "passed" },
      { t: "case", file: specs[2], suite: [], name: "alone", outcome: "failed", failure: { expects: true } },
      { t: "end", cases: 2 },
    ]);
  });
});
