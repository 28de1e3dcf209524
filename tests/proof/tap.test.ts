import { describe, expect, it, vi } from "vitest";
import { proveSides, sidesOf, type Files } from "./proving.ts";
import { installTap } from "./tap-stand-in.ts";

vi.setConfig({ testTimeout: 120_000 });

const HEAD = 'const t = require("tap");\nconst price = require("../price.js");\n';
const ZERO = 't.test("rounds zero", async (t) => { t.equal(price.round(0), 0); });\n';
const HALF = 't.test("rounds half up", async (t) => { t.equal(price.round(1.5), 2); });\n';
const OLD = "exports.round = (n) => Math.floor(n);\n";
const NEW = "exports.round = (n) => Math.round(n);\nexports.half = exports.round;\n";
const BEFORE: Files = { "package.json": '{ "name": "shop", "scripts": { "test": "tap test/*.js" }, "devDependencies": { "tap": "*" } }', "price.js": OLD, "test/price.js": HEAD + ZERO };

async function prove(version: string, test: string, more: { readonly old?: string; readonly files?: Files; readonly repeat?: number } = {}) {
  const sides = sidesOf([], { ...BEFORE, "price.js": more.old ?? OLD }, { "price.js": NEW, "test/price.js": test, ...more.files });
  installTap(sides.repo.dir, version);
  return proveSides(sides, { repeat: more.repeat ?? 1 });
}

describe.each(["10.7.3", "16.3.0", "21.0.0"])("node-tap %s", (version) => {
  it("proves a fix by the test that was red before, a file at a time", async () => {
    const other = { "test/other.js": `${HEAD}${HALF.replace("rounds half up", "rounds half up, too")}` };
    const record = await prove(version, HEAD + ZERO + HALF, { files: other, repeat: 2 });
    expect(record).toMatchObject({ outcome: "proven", repeats: 2 });
    expect(record.tests.map((test) => [test.id.file, test.id.name, test.base, test.head, test.red])).toEqual([
      ["test/other.js", "rounds half up, too", "red", "green", "assertion"],
      ["test/price.js", "rounds half up", "red", "green", "assertion"],
      ["test/price.js", "rounds zero", "green", "green", undefined],
    ]);
  });

  it.each<[what: string, test: string, outcome: string, red?: string]>([
    ["passes on both sides", `${HEAD}${ZERO}console.log("not ok 1 - rounds zero");\n`, "refuted"],
    ["asks for a new name", `${HEAD}t.test("halves", async (t) => { t.equal(price.half(1.5), 2); });\n`, "not proven", "absent-before"],
    ["skips itself", `${HEAD}t.test("rounds half up", { skip: true }, async (t) => { t.equal(price.round(1.5), 2); });\n`, "not proven"],
    ["times out on the old code", `${HEAD}t.test("waits", { timeout: 200 }, () => (price.round(1.5) === 2 ? undefined : new Promise(() => setTimeout(() => {}, 1000))));\n`, "not proven", "timeout"],
    ["ends the process", `${HEAD}${HALF}if (price.round(1.5) !== 2) process.exit(1);\n`, "not proven", "crash"],
    ["meets surroundings that fail", `${HEAD}t.test("dials", async (t) => { if (price.round(1.5) !== 2) throw Object.assign(new Error("connect ECONNREFUSED 127.0.0.1:1"), { code: "ECONNREFUSED" }); });\n`, "not proven", "environment"],
    ["prints success", `${HEAD}console.log("ok 1 - rounds half up");\n`, "not proven"],
  ])("proves nothing by a test that %s", async (_, test, outcome, red) => {
    const record = await prove(version, test);
    expect([record.outcome, record.tests[0]?.red]).toEqual([outcome, red]);
  });

  it("counts assertions outside of any test as one, and what is inside a test as its own", async () => {
    const nested = 't.test("rounding", async (t) => { t.test("half", async (t) => { t.equal(price.round(1.5), 2); }); });\n';
    const record = await prove(version, `${HEAD}t.equal(price.round(2.5), 3);\n${nested}`);
    expect(record.tests.map((test) => [test.id.suite, test.id.name, test.red])).toEqual([
      [["rounding"], "half", "assertion"],
      [[], "(top level)", "assertion"],
    ]);
  });

  it("tells what the tested code threw from an expectation, and a file that does not load", async () => {
    const old = "exports.round = (n) => { if (n > 1) throw new RangeError('too much'); return n; };\n";
    expect(await prove(version, HEAD + HALF, { old })).toMatchObject({ outcome: "proven", tests: [{ red: "expected-error", failure: { message: "RangeError: too much" } }] });
    expect(await prove(version, `${HEAD}require("no-such-package");\n${HALF}`)).toMatchObject({ outcome: "not proven" });
  });
});
