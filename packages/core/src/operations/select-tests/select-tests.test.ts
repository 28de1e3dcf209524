import { expect, test } from "vitest";
import { fileKind, type Change, type Repository } from "#change";
import type { TestSetup } from "#evidence";
import { noCodeMemory, type CodeMemory } from "../ports/code-memory.ts";
import { commandLines } from "./command-lines.ts";
import { fitBudget, withTimes } from "./fit-budget.ts";
import { selectTests } from "./select-tests.ts";

type Files = Readonly<Record<string, string>>;

/** A repository of two trees, where a blob's id is its text. */
function repositoryOf(trees: Readonly<Record<string, Files>>): Pick<Repository, "listFiles" | "readBlobs" | "readFiles"> & { readonly read: string[] } {
  const read: string[] = [];
  const content = (text: string) => ({ blob: text, bytes: text.length, text });
  return {
    read,
    listFiles: (tree) => Promise.resolve(Object.entries(trees[tree] ?? {}).map(([path, text]) => ({ path, mode: "100644", blob: text }))),
    readBlobs: (blobs) => {
      read.push(...blobs);
      return Promise.resolve(new Map(blobs.map((blob) => [blob, content(blob)])));
    },
    readFiles: (tree, paths) => Promise.resolve(new Map(paths.flatMap((path) => (trees[tree]?.[path] === undefined ? [] : [[path, content(trees[tree][path])] as const])))),
  };
}

const changed = (...paths: string[]): Change => ({ headTree: "head", mergeBaseTree: "base", files: paths.map((path) => ({ path, basePath: path, kind: fileKind(path), status: "modified", behaviour: true })) }) as unknown as Change;
const json = (value: unknown): string => JSON.stringify(value);

const CODE: Files = { "src/a.js": 'import "left-pad"', "src/b.js": 'import "lodash"', "test/a.test.js": 'import "../src/a.js"', "test/b.test.js": 'import "../src/b.js"', "package.json": json({ devDependencies: { vitest: "1", eslint: "1" } }) };
const lock = (versions: Readonly<Record<string, string>>): string =>
  json({ lockfileVersion: 3, packages: Object.fromEntries(Object.entries(versions).map(([name, version]) => [`node_modules/${name}`, { version, ...(name === "left-pad" && { dependencies: { deep: "*" } }), ...(name === "vitest" && { dependencies: { tinyspy: "*" } }) }])) });
const VERSIONS = { "left-pad": "1.0.0", lodash: "4.0.0", deep: "1.0.0", eslint: "9.0.0", vitest: "1.0.0", tinyspy: "1.0.0" };

/** Test files a changed lock file selects, certain ones and all. */
async function byLock(after: Readonly<Record<string, string>>) {
  const { tests, widened } = await selectTests(changed("package-lock.json"), { repository: repositoryOf({ base: { ...CODE, "package-lock.json": lock(VERSIONS) }, head: { ...CODE, "package-lock.json": lock({ ...VERSIONS, ...after }) } }) });
  return { files: tests.map(({ file }) => file), widened: widened.map(({ because }) => because) };
}

test("a lock file selects by package: what imports it, or something that depends on it", async () => {
  expect(await byLock({ "left-pad": "1.0.1" })).toEqual({ files: ["test/a.test.js"], widened: [] });
  expect(await byLock({ deep: "1.0.1" })).toEqual({ files: ["test/a.test.js"], widened: [] });
  expect(await byLock({ lodash: "4.0.1" })).toEqual({ files: ["test/b.test.js"], widened: [] });
});

test("a package nobody imports selects nothing; one that runs the tests widens to all, said so", async () => {
  expect(await byLock({ eslint: "9.0.1" })).toEqual({ files: [], widened: [] });
  expect(await byLock({ vitest: "1.0.1" })).toEqual({ files: ["test/a.test.js", "test/b.test.js"], widened: ["package-lock.json changes vitest, which runs or translates the tests"] });
  expect((await byLock({ tinyspy: "1.0.1" })).files).toHaveLength(2);
});

test("a lock file that can't be read widens to all below it", async () => {
  const files = { ...CODE, "bun.lockb": "x" };
  const { widened } = await selectTests(changed("bun.lockb"), { repository: repositoryOf({ base: files, head: { ...files, "bun.lockb": "y" } }) });
  expect(widened).toEqual([{ because: "bun.lockb changed and can't be read package by package", tests: ["test/a.test.js", "test/b.test.js"], every: true }]);
});

test("a manifest selects by what changed in it", async () => {
  const by = async (after: unknown): Promise<readonly string[]> => {
    const { tests } = await selectTests(changed("package.json"), { repository: repositoryOf({ base: { ...CODE, "package.json": json({ version: "1.0.0", dependencies: { lodash: "1" } }) }, head: { ...CODE, "package.json": json(after) } }) });
    return tests.map(({ file }) => file);
  };
  expect(await by({ version: "1.0.1", dependencies: { lodash: "1" } })).toEqual([]);
  expect(await by({ version: "1.0.0", dependencies: { lodash: "2" } })).toEqual(["test/b.test.js"]);
  expect(await by({ version: "1.0.0", type: "module", dependencies: { lodash: "1" } })).toHaveLength(2);
});

test("blobs that were read once are not read again, and the same question is answered from memory", async () => {
  let facts: Awaited<ReturnType<CodeMemory["facts"]>> = new Map();
  const answers = new Map<string, unknown>();
  const code: CodeMemory = { ...noCodeMemory, facts: () => Promise.resolve(facts), keepFacts: (fresh) => Promise.resolve(void (facts = fresh)), answer: <T>(question: string) => Promise.resolve(answers.get(question) as T | undefined), keepAnswer: (question, answer) => Promise.resolve(void answers.set(question, answer)) };
  const repository = repositoryOf({ base: CODE, head: CODE, later: { ...CODE, "src/c.js": 'import "./a.js"' } });
  const first = await selectTests(changed("src/a.js"), { repository, code });
  expect(repository.read.filter((text) => text.includes("left-pad"))).toHaveLength(1);
  repository.read.length = 0;
  expect(await selectTests(changed("src/a.js"), { repository, code })).toEqual(first);
  expect(repository.read).toEqual([]);
  await selectTests({ ...changed("src/c.js"), headTree: "later" }, { repository, code });
  expect(repository.read.filter((text) => text.startsWith("import"))).toEqual(['import "./a.js"']);
});

test("each runner's own command line, in its own folder, quoted", () => {
  const tests = ["packages/a/test/one.test.ts", "packages/a/test/it's.test.ts", "test/root.test.js", "py/test_a.py"].map((file) => ({ file, distance: 1, layer: "unit" as const, via: [file] }));
  const setups = [
    { runner: "mocha", packageDir: ".", because: "", start: { options: ["--require", "ts-node/register"], nodeOptions: ["--no-warnings"] } },
    { runner: "vitest", packageDir: "packages/a", because: "" },
    { runner: "pytest", packageDir: "py", because: "" },
  ];
  expect(commandLines(tests, setups).commands.map(({ command }) => command)).toEqual([
    "(cd packages/a && npx vitest run test/one.test.ts 'test/it'\\''s.test.ts')",
    "NODE_OPTIONS=--no-warnings npx mocha --require ts-node/register test/root.test.js",
    "(cd py && python -m pytest test_a.py)",
  ]);
  expect(commandLines([{ file: "e2e/a.spec.ts", distance: 9, layer: "e2e", via: [], runner: "playwright" }], setups).commands[0]?.command).toBe("npx playwright test e2e/a.spec.ts");
  expect(commandLines(tests.slice(0, 1), []).unplaced).toEqual(["packages/a/test/one.test.ts"]);
});

test("a file that is called like an option is none", () => {
  const one = { file: "-e/--config=x.test.js", distance: 0, layer: "unit" as const, via: [] };
  const of = (setup: Partial<TestSetup>) => commandLines([one], [{ runner: "vitest", packageDir: ".", because: "", ...setup }]).commands.map(({ command }) => command);
  expect([of({}), of({ packageDir: "-e" }), of({ runner: "command", command: "run {files}" })]).toEqual([["npx vitest run ./-e/--config=x.test.js"], ["(cd ./-e && npx vitest run ./--config=x.test.js)"], ["run ./-e/--config=x.test.js"]]);
});

test("tests of types go to what checks types, never to a runner that would run them", () => {
  const typed = (file: string, runner?: string) => ({ file, distance: 6, layer: "unit" as const, via: [file], ...(runner !== undefined && { runner }) });
  const of = (setups: readonly TestSetup[], ...tests: readonly ReturnType<typeof typed>[]) => commandLines(tests, setups);
  const [ava, vitest] = (["ava", "vitest"] as const).map((runner): TestSetup => ({ runner, packageDir: ".", because: "" })) as [TestSetup, TestSetup];
  expect(of([ava], typed("index.test-d.ts", "tsd"), typed("test.js", "ava")).commands.map(({ command }) => command)).toEqual(["npx tsd --files index.test-d.ts", "npx ava test.js"]);
  expect(of([ava], typed("index.test-d.ts"))).toEqual({ commands: [], unplaced: ["index.test-d.ts"] });
  expect(of([vitest], typed("a.test-d.ts"), typed("a.test.ts")).commands.map(({ command }) => command)).toEqual(["npx vitest run --typecheck.only a.test-d.ts", "npx vitest run a.test.ts"]);
  expect(of([{ ...ava, packageDir: "packages/a" }], typed("packages/a/index.test-d.ts", "tsd")).commands[0]?.command).toBe("(cd packages/a && npx tsd --files index.test-d.ts)");
});

test("node-tap by its own command, and programs one process a file, the program a script names first", () => {
  const tests = ["test/a.js", "test/b c.js"].map((file) => ({ file, distance: 1, layer: "unit" as const, via: [file] }));
  const lines = (setup: Partial<TestSetup>) => commandLines(tests, [{ runner: "tap", packageDir: ".", because: "", ...setup }]).commands.map(({ command }) => command);
  expect(lines({ start: { options: ["--timeout", "60"] } })).toEqual(["npx tap --timeout 60 test/a.js 'test/b c.js'"]);
  expect(lines({ runner: "program", start: { files: ["test/*.js"], nodeOptions: ["--import", "tsx"] } })).toEqual(["node --import tsx test/a.js && node --import tsx 'test/b c.js'"]);
  expect(lines({ runner: "program", start: { files: ["./test/all.js"], variables: { TZ: "UTC" } } })).toEqual(["TZ=UTC node test/all.js && TZ=UTC node test/a.js && TZ=UTC node 'test/b c.js'"]);
});

test("a budget cuts from the end, keeps the first, and lets a short test past a long one", () => {
  const tests = ["a", "b", "c", "d"].map((file) => ({ file, distance: 1, layer: "unit" as const, via: [file] }));
  const timed = withTimes(tests, new Map([["a", 400], ["b", 900], ["d", 100]])); // prettier-ignore
  expect(timed.map(({ ms, measured }) => [ms, measured])).toEqual([[400, true], [900, true], [400, false], [100, true]]); // prettier-ignore
  expect(fitBudget(timed, 600).taken.map(({ file }) => file)).toEqual(["a", "d"]);
  expect(fitBudget(timed, 10).taken.map(({ file }) => file)).toEqual(["a"]);
  expect(fitBudget(timed, undefined).cut).toEqual([]);
});
