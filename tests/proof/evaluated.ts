import assert from "node:assert";
import { dirname, posix } from "node:path";
import vm from "node:vm";
import { openRepository } from "../../packages/core/src/adapters/git/index.ts";
import { syntaxReader } from "../../packages/core/src/adapters/syntax/index.ts";
import { placeMutants, withMutant } from "../../packages/core/src/change/index.ts";
import type { JudgedMutant, MutationRunner, TestCase, TestExecutor, TestRun } from "../../packages/core/src/evidence/index.ts";
import { assessChange } from "../../packages/core/src/operations/assess-change/assess-change.ts";
import { DEFAULT_INPUT, noMutationMemory, silentProgress, type AssessPorts, type VerdictDocument } from "../../packages/core/src/operations/index.ts";
import type { Sides } from "./proving.ts";

type Texts = ReadonlyMap<string, { readonly text?: string }>;

/** Runs CommonJS tests (`test`, `it`, `describe`, `assert`) inside this process: everything round a run is real, and a run takes a millisecond. */
function evaluate(tree: string, files: readonly string[], texts: Texts): TestRun {
  const cases: TestCase[] = [];
  for (const file of files.filter((one) => texts.has(one))) {
    const suites: string[] = [];
    const bodies: { readonly name: string; readonly suite: readonly string[]; readonly body: () => void }[] = [];
    const test = (name: string, body: () => void): void => void bodies.push({ name, suite: [...suites], body });
    const skip = (name: string): void => void cases.push({ id: { file, suite: [...suites], name }, outcome: "skipped" });
    const describe = (name: string, inside: () => void): void => {
      suites.push(name);
      inside();
      suites.pop();
    };
    loader(texts, { test: Object.assign(test, { skip }), it: Object.assign(test, { skip }), describe, assert })(file);
    for (const { name, suite, body } of bodies) cases.push({ id: { file, suite, name }, ...outcome(file, body) });
  }
  return { kind: "test-run", source: "ran", subject: tree, digest: "sha256:0", origin: "evaluated", tool: "evaluated", cases, unloaded: [], complete: true, durationMs: 1, selection: files };
}

function outcome(file: string, body: () => void): Pick<TestCase, "outcome" | "failure"> {
  try {
    body();
    return { outcome: "passed" };
  } catch (error) {
    const { message, stack = "", name } = error as Error;
    const line = stack.split("\n").find((one) => one.includes(file))?.match(/:(\d+):\d+/)?.[1];
    return { outcome: "failed", failure: { kind: name === "AssertionError" ? "assertion" : "error", message, ...(line !== undefined && { place: { file, line: Number(line) } }) } };
  }
}

/** `require` over the texts of a tree. */
function loader(texts: Texts, globals: object): (path: string) => unknown {
  const loaded = new Map<string, { exports: unknown }>();
  const load = (path: string): unknown => {
    const known = loaded.get(path);
    if (known) return known.exports;
    const module = { exports: {} as unknown };
    loaded.set(path, module);
    const require = (name: string): unknown => load([posix.join(dirname(path), name), posix.join(dirname(path), `${name}.js`)].find((one) => texts.has(one)) ?? name);
    vm.runInThisContext(`(function (module, exports, require, ${Object.keys(globals).join(", ")}) { ${texts.get(path)?.text ?? ""}\n})`, { filename: path, timeout: 1000 })(module, module.exports, require, ...Object.values(globals));
    return module.exports;
  };
  return load;
}

export interface Evaluated {
  readonly verdict: VerdictDocument;
  /** Test runs made. */
  readonly runs: number;
}

/** Tries every fault of the asked lines in this process, and says the same of each as the real runner of mutants would. */
const manyAtOnce = (textsOf: (tree: string) => Promise<Texts>, count: () => void): MutationRunner => ({
  mutate: async (_, { tree, lines, selection, known = [] }) => {
    count();
    const texts = await textsOf(tree);
    const files = selection === "all" ? [] : selection;
    const green = evaluate(tree, files, texts).cases.filter(({ outcome: is }) => is === "passed");
    const mutants: JudgedMutant[] = [];
    for (const [path, spans] of lines) {
      const text = texts.get(path)?.text ?? "";
      const parsed = await syntaxReader.read(path, text);
      for (const mutant of (parsed === undefined ? [] : placeMutants(path, parsed)).flatMap((unit) => unit.mutants)) {
        if (!spans.some(({ from, to }) => from <= mutant.line && mutant.line <= to)) continue;
        const told = known.find((one) => JSON.stringify(one.mutant) === JSON.stringify(mutant));
        const broken = withMutant(text, mutant);
        const red = told || broken === undefined ? [] : evaluate(tree, files, new Map([...texts, [path, { text: broken }]])).cases.filter(({ outcome: is }) => is === "failed");
        const killer = red.find(({ id }) => green.some((one) => one.id.name === id.name && one.id.file === id.file));
        mutants.push(told ?? { mutant, fate: killer ? "killed" : green.length === 0 ? "uncovered" : "survived", ...(killer && { killedBy: killer.id }), reachedBy: [], reaching: green.length });
      }
    }
    return { mutants, complete: true, notes: [], isolation: "evaluated" };
  },
});

export interface EvaluateMore extends Partial<typeof DEFAULT_INPUT> {
  readonly slowRunMs?: number;
  /** Many faults can be tried at once. */
  readonly many?: boolean;
}

/** What a check says of a change whose tests are evaluated here; `checks` limits what is asked. */
export async function assessEvaluated({ repo, broken, fixed }: Sides, checks: readonly string[], { slowRunMs = 100, many = false, ...more }: EvaluateMore = {}): Promise<Evaluated> {
  const repository = await openRepository(repo.dir, { ci: false, env: repo.env });
  let runs = 0;
  let ticks = 0;
  // A clock that only runs move: what a budget cuts is the same on every machine.
  const executor: TestExecutor = {
    detect: () => Promise.resolve([{ runner: many ? "mocha" : "evaluated", packageDir: ".", because: "it is this one" }]),
    run: async (_, { tree, selection }) => {
      runs += 1;
      ticks += slowRunMs;
      const paths = (await repository.listFiles(tree)).map(({ path }) => path);
      return [evaluate(tree, selection === "all" ? paths.filter((path) => path.startsWith("test/")) : selection, await repository.readFiles(tree, paths))];
    },
  };
  const textsOf = async (tree: string): Promise<Texts> => repository.readFiles(tree, (await repository.listFiles(tree)).map(({ path }) => path));
  const runner = manyAtOnce(textsOf, () => {
    runs += 1;
    ticks += slowRunMs;
  });
  const ports: AssessPorts = {
    repository,
    executor,
    ...(many && { mutants: { runner, memory: noMutationMemory } }),
    syntax: syntaxReader,
    reports: { read: () => Promise.resolve([]) },
    reportFiles: { find: () => Promise.resolve({ files: [], unmatched: [] }) },
    secrets: { scan: (_, subject) => Promise.resolve({ kind: "secret-scan", source: "ran", subject, digest: "sha256:0", origin: "none", sightings: [] }) } as AssessPorts["secrets"],
    approvals: { read: () => Promise.resolve([]) } as AssessPorts["approvals"],
    clock: { now: () => 0, ticks: () => ticks },
    progress: silentProgress,
    signal: new AbortController().signal,
    ledger: { read: () => Promise.resolve({ records: [], problems: [], torn: false, notes: [] }), append: () => Promise.resolve() } as unknown as AssessPorts["ledger"],
    verifier: () => Promise.resolve(() => false),
    env: {},
    whoAmI: () => Promise.resolve("a@example.com"),
    remember: () => Promise.resolve(),
  };
  try {
    const { verdict } = await assessChange(ports)({ ...DEFAULT_INPUT, base: broken, head: { kind: "commit", rev: fixed }, gate: "local", budgetMs: 60_000, only: checks as string[], ...more });
    return { verdict, runs };
  } finally {
    await repository.close();
  }
}
