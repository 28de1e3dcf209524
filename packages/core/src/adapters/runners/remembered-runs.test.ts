import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Evidence, RunRequest, TestExecutor, TestRun, TestSetup } from "#evidence";
import { runStore } from "../store/index.ts";
import { rememberRuns } from "./remembered-runs.ts";

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), "proofline-runs-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const SETUP: TestSetup = { runner: "vitest", packageDir: ".", because: "test" };
const runOf = (tree: string, more: Partial<TestRun> = {}): TestRun => ({
  kind: "test-run",
  source: "ran",
  subject: tree,
  digest: "sha256:0",
  origin: "vitest",
  tool: "vitest",
  complete: true,
  unloaded: [],
  cases: [{ id: { file: "a.test.ts", suite: [], name: "adds" }, outcome: "passed" }],
  ...more,
});
const red = (kind: "assertion" | "environment"): Partial<TestRun> => ({ cases: [{ id: { suite: [], name: "adds" }, outcome: "failed", failure: { kind, message: "no" } }] });

/** One command: an executor of its own over the same folder. */
function command(answer: (request: RunRequest) => readonly Evidence[] = ({ tree }) => [runOf(tree)], env: Readonly<Record<string, string>> = {}, day = "2026-03-01") {
  const asked: RunRequest[] = [];
  const own: TestExecutor = { detect: () => Promise.resolve([]), run: (_setups, request) => (asked.push(request), Promise.resolve(answer(request))) };
  const executor = rememberRuns({ executor: own, store: runStore({ folder: join(folder, "runs"), keyFile: join(folder, "home", "key") }), checkout: folder, env, today: () => day });
  const run = (tree: string, more: Partial<RunRequest> = {}, setups: readonly TestSetup[] = [SETUP]) => executor.run(setups, { tree, selection: ["a.test.ts"], budgetMs: 1000, signal: new AbortController().signal, ...more });
  return { run, asked };
}

describe("a run that was made before", () => {
  it("is answered from what was kept, word for word, and says so", async () => {
    const first = await command().run("t1");
    const later = command();
    expect(await later.run("t1")).toEqual(first.map((run) => ({ ...run, remembered: true })));
    expect(later.asked).toEqual([]);
  });

  it.each<[what: string, more: Partial<RunRequest>, setups?: readonly TestSetup[]]>([
    ["another selection", { selection: "all" }],
    ["another isolation", { isolation: "strict" }],
    ["another setup", {}, [{ ...SETUP, start: { options: ["--globals"] } }]],
  ])("is made again for %s", async (_, more, setups) => {
    await command().run("t1");
    const later = command();
    await later.run("t1", more, setups);
    expect(later.asked).toHaveLength(1);
  });

  it("is made again when other packages are installed", async () => {
    await command().run("t1");
    mkdirSync(join(folder, "node_modules"));
    writeFileSync(join(folder, "node_modules", ".package-lock.json"), "{}");
    const later = command();
    await later.run("t1");
    expect(later.asked).toHaveLength(1);
  });

  it("is made again when somebody wrote into an installed package, in a workspace's folder too", async () => {
    const setups = [{ ...SETUP, packageDir: "packages/a" }];
    for (const dir of ["node_modules/left", "packages/a/node_modules/right"]) {
      mkdirSync(join(folder, dir), { recursive: true });
      writeFileSync(join(folder, dir, "index.js"), "one");
      await command().run("t1", {}, setups);
      const same = command();
      await same.run("t1", {}, setups);
      expect(same.asked).toHaveLength(0);
      writeFileSync(join(folder, dir, "index.js"), "two and more");
      const other = command();
      await other.run("t1", {}, setups);
      expect(other.asked).toHaveLength(process.platform === "linux" ? 1 : 0);
    }
  });

  it("is never kept while a package is a link to a folder elsewhere; one inside the checkout is part of the tree", async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), "proofline-linked-"));
    try {
      mkdirSync(join(folder, "node_modules", "@own"), { recursive: true });
      mkdirSync(join(folder, "packages", "a"), { recursive: true });
      symlinkSync("../../packages/a", join(folder, "node_modules", "@own", "a"));
      await command().run("t1");
      const inside = command();
      await inside.run("t1");
      expect(inside.asked).toHaveLength(0);
      symlinkSync(elsewhere, join(folder, "node_modules", "@own", "b"));
      for (const one of [command(), command()]) {
        await one.run("t2");
        expect(one.asked).toHaveLength(1);
      }
    } finally {
      rmSync(elsewhere, { recursive: true, force: true });
    }
  });

  it("is made again in another time zone, and on another day", async () => {
    await command(undefined, { TZ: "UTC" }).run("t1");
    const asked = async (env: Readonly<Record<string, string>>, day?: string): Promise<number> => {
      const one = command(undefined, env, day);
      await one.run("t1");
      return one.asked.length;
    };
    expect(await asked({ TZ: "UTC", EDITOR: "vi" })).toBe(0);
    expect(await asked({ TZ: "Asia/Tokyo" })).toBe(1);
    expect(await asked({ TZ: "UTC" }, "2026-03-02")).toBe(1);
  });

  it("is made again when a variable the tests declare changes", async () => {
    const setups = [{ ...SETUP, needs: { env: ["DATABASE"] } }];
    await command(undefined, { DATABASE: "one" }).run("t1", {}, setups);
    const same = command(undefined, { DATABASE: "one" });
    await same.run("t1", {}, setups);
    const other = command(undefined, { DATABASE: "two" });
    await other.run("t1", {}, setups);
    expect([same.asked.length, other.asked.length]).toEqual([0, 1]);
  });

  it("a repeat is a run of its own, the first time and later", async () => {
    const once = command();
    await once.run("t1");
    await once.run("t1");
    expect(once.asked).toHaveLength(2);
    const later = command();
    await later.run("t1");
    await later.run("t1");
    await later.run("t1");
    expect(later.asked).toHaveLength(1);
  });

  it("is looked at again when it was red, unless it is about code nobody works on", async () => {
    await command(({ tree }) => [runOf(tree, red("assertion"))]).run("head");
    await command(({ tree }) => [runOf(tree, red("assertion"))]).run("broken", { keepRed: true });
    const later = command();
    await later.run("head");
    const broken = await later.run("broken", { keepRed: true });
    expect(later.asked.map((request) => request.tree)).toEqual(["head"]);
    expect(broken).toMatchObject([{ cases: [{ outcome: "failed" }] }]);
  });

  it.each<readonly [string, readonly Evidence[]]>([
    ["was cut short", [runOf("t1", { complete: false })]],
    ["found nothing", [runOf("t1", { cases: [] })]],
    ["met bad surroundings", [runOf("t1", red("environment"))]],
    ["is none", []],
  ])("is not kept when it %s", async (_, answer) => {
    await command(() => answer).run("t1", { keepRed: true });
    const later = command();
    await later.run("t1", { keepRed: true });
    expect(later.asked).toHaveLength(1);
  });

  it("of a declared command, of tests with ports, or with coverage is never kept", async () => {
    const cases: readonly (readonly [Partial<RunRequest>, TestSetup])[] = [[{}, { ...SETUP, runner: "command" }], [{}, { ...SETUP, needs: { ports: [5432] } }], [{ coverage: true }, SETUP]];
    for (const [more, setup] of cases) await command().run("t1", more, [setup]);
    const later = command();
    for (const [more, setup] of cases) await later.run("t1", more, [setup]);
    expect(later.asked).toHaveLength(3);
  });
});

describe("a kept run", () => {
  const files = (): string[] => readdirSync(join(folder, "runs")).filter((name) => name !== ".gitignore").map((name) => join(folder, "runs", name));

  it.each<readonly [string, (text: string) => string]>([
    ["was changed", (text) => text.replace('"passed"', '"failed"')],
    ["lost its seal", (text) => text.slice(64)],
    ["was cut off", (text) => text.slice(0, 40)],
    ["is empty", () => ""],
  ])("counts for nothing when it %s", async (_, damage) => {
    await command().run("t1");
    for (const file of files()) writeFileSync(file, damage(readFileSync(file, "utf8")));
    const later = command();
    await later.run("t1");
    expect(later.asked).toHaveLength(1);
  });

  it("of another person counts for nothing", async () => {
    await command().run("t1");
    rmSync(join(folder, "home"), { recursive: true });
    const later = command();
    await later.run("t1");
    expect(later.asked).toHaveLength(1);
  });

  it("under another's name counts for nothing", async () => {
    await command().run("t1");
    await command().run("t2");
    const [one = "", two = ""] = files();
    const text = readFileSync(one, "utf8");
    writeFileSync(one, readFileSync(two, "utf8"));
    writeFileSync(two, text);
    const later = command();
    await later.run("t1");
    await later.run("t2");
    expect(later.asked).toHaveLength(2);
  });
});
