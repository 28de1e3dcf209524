import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Instrumenter } from "@stryker-mutator/instrumenter";
import { describe, expect, test, vi } from "vitest";
import { instrument, type PlacedMutant } from "./instrument.ts";

const ALL = [{ from: 1, to: 1_000 }];
const placed = async (text: string, path = "src/a.ts", spans = ALL, everything = false): Promise<readonly PlacedMutant[]> => (await instrument([{ path, text, spans }], everything)).mutants;
const tried = (mutants: readonly PlacedMutant[]): string[] => mutants.filter(({ leftOut }) => leftOut === undefined).map(({ mutant }) => mutant.says.replace(/ in src\/.*$/, ""));
const leftOut = (mutants: readonly PlacedMutant[]): (string | undefined)[] => mutants.map((one) => one.leftOut).filter((why) => why !== undefined);

describe("placing", () => {
  test("only what lies on the lines asked for", async () => {
    const text = "export const a = (n) => n > 1;\nexport const b = (n) => n > 2;\n";
    const mutants = await placed(text, "src/a.js", [{ from: 2, to: 2 }]);
    expect(new Set(mutants.map(({ mutant }) => mutant.line))).toEqual(new Set([2]));
    expect(mutants.length).toBeGreaterThan(3);
  });

  test("offsets name the code that is replaced, in every line", async () => {
    const text = "// first\nexport function f(n: number) {\n  return n >= 3 ? 0 : 5;\n}\n";
    for (const { mutant } of await placed(text)) expect(text.slice(mutant.start, mutant.end)).toBe(mutant.before);
    expect(tried(await placed(text))).toEqual(expect.arrayContaining([">= became >", "“n >= 3” was always true", "everything f() does was left out"]));
  });

  test("TypeScript, JSX, decorators and commonJS are read", async () => {
    expect(tried(await placed("export const f = <T,>(x: T): T | undefined => (x ? x : undefined);\n", "src/a.tsx")).length).toBeGreaterThan(0);
    expect(tried(await placed("export const F = (p) => <b>{p.a && p.b}</b>;\n", "src/a.jsx"))).toContain("&& became ||");
    expect(tried(await placed("class A { @dec() m(): number { return 1 + 1; } }\n"))).toContain("+ became -");
    expect(tried(await placed("exports.f = (a) => a + 1;\nreturn;\n", "src/a.cjs"))).toContain("+ became -");
  });

  test("a file that can't be read is said, and the others are tried", async () => {
    const { unread, mutants } = await instrument([
      { path: "src/bad.ts", text: "export const = ;", spans: ALL },
      { path: "src/a.ts", text: "export const f = (n: number) => n > 1;", spans: ALL },
    ]);
    expect(unread.map(({ path }) => path)).toEqual(["src/bad.ts"]);
    expect(mutants.every(({ mutant }) => mutant.file === "src/a.ts")).toBe(true);
  });

  test("Babel settings of the folder we run in are not loaded: they are code", async () => {
    const folder = mkdtempSync(join(tmpdir(), "instrument-test-"));
    writeFileSync(join(folder, "babel.config.json"), '{ "presets": ["./nowhere"] }');
    const cwd = vi.spyOn(process, "cwd").mockReturnValue(folder);
    try {
      // The library's own parser does.
      const stock = new Instrumenter({ isDebugEnabled: () => false, debug: () => {}, info: () => {} } as never);
      const files = [{ name: join(folder, "a.js"), content: "export const f = (n) => n > 1;", mutate: true }];
      await expect(stock.instrument(files, { ignorers: [], excludedMutations: [], plugins: null, noHeader: false })).rejects.toThrow(/nowhere/);
      expect((await instrument([{ path: join(folder, "a.js"), text: "export const f = (n) => n > 1;", spans: ALL }])).unread).toEqual([]);
    } finally {
      cwd.mockRestore();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe("what nobody would test is left out", () => {
  test.each(["console.log('a' + b);", "this.logger.warn('x');", "await metrics.increment('n');", "debug('seen', n);", "log('x');", "this.log.info('x');"])("%s", async (line) => {
    const text = `export class A { async f(n, b, metrics, debug, log) { ${line} return n; } }`;
    expect(leftOut(await placed(text, "src/a.js"))).toContain("it only logs or counts");
  });

  test.each(["return Math.log(n + 1);", "blog('x' + n);", "catalog.add(n + 1);", "dialog.show('x');", "logistics.move(n > 1);"])("its innocent twin: %s", async (line) => {
    expect(leftOut(await placed(`export function f(n, blog, catalog, dialog, logistics) { ${line} }`, "src/a.js"))).toEqual([]);
  });

  test("the wording of an error, and not the refusal", async () => {
    const mutants = await placed("export function f(n) { if (n > 9) throw new TypeError(`too many: ${n}`); return n; }", "src/a.js");
    expect(leftOut(mutants)).toContain("it is the wording of an error");
    expect(tried(mutants)).toContain("> became >=");
  });

  test("a comment of the project's own is heard", async () => {
    expect(leftOut(await placed("export const f = (n) =>\n  // Stryker disable next-line all: no\n  n > 9;\n", "src/a.js")).length).toBeGreaterThan(0);
  });

  test("with everything, nothing is", async () => {
    expect(leftOut(await placed("export function f(n) { console.log('x'); throw new Error('y'); }", "src/a.js", ALL, true))).toEqual([]);
  });
});

describe("what nobody could tell apart is left out", () => {
  test.each([
    ["export const max = (a, b) => (a > b ? a : b);\n", "> became >="],
    ["export function f(a, b) { if (a < b) a = b; return a; }\n", "< became <="],
  ])("%s", async (text, says) => {
    const mutants = await placed(text, "src/a.js");
    expect(mutants.find(({ mutant }) => mutant.says.startsWith(says))?.leftOut).toBe("at the boundary both ways give the same value");
  });

  test.each([
    ["export const max = (a, b) => (a > b ? a : 0);\n", "> became >="],
    ["export function f(a, b) { if (a < b) a = 0; return a; }\n", "< became <="],
  ])("its innocent twin: %s", async (text, says) => {
    const mutants = await placed(text, "src/a.js");
    expect(mutants.find(({ mutant }) => mutant.says.startsWith(says))).toMatchObject({ mutant: { kind: "comparison" } });
    expect(leftOut(mutants)).toEqual([]);
  });

  test("a miss of a cache", async () => {
    const mutants = await placed("const cache = new Map();\nexport function f(k) {\n  if (cache.has(k)) return cache.get(k);\n  return k + 1;\n}\n", "src/a.js");
    expect(leftOut(mutants)).toContain("it only makes a cache miss");
  });
});
