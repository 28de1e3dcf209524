import { describe, expect, it } from "vitest";
import { newNames, testKey, type Evidence, type RunRequest, type TestCase, type TestExecutor, type TestFailure, type TestRun } from "#evidence";
import { runProof, type ProofOrder } from "./run-proof.ts";

const FILE = "test/a.test.ts";
type Outcome = "passed" | TestFailure["kind"];

/** A runner whose tests do on each tree, run by run, what they are told; the last word is repeated. */
function scripted(script: Readonly<Record<string, readonly Outcome[]>>): TestExecutor & { readonly asked: RunRequest[] } {
  const asked: RunRequest[] = [];
  return {
    asked,
    detect: () => Promise.resolve([{ runner: "vitest", packageDir: ".", because: "test" }]),
    run: (_setups, request) => {
      const words = script[request.tree] ?? [];
      const word = words[Math.min(asked.filter((one) => one.tree === request.tree).length, words.length - 1)] ?? "passed";
      asked.push(request);
      return Promise.resolve([runOf(request.tree, word)]);
    },
  };
}

function runOf(tree: string, word: Outcome): Evidence {
  const base = { kind: "test-run", source: "ran", subject: tree, digest: "sha256:0", origin: "vitest", tool: "vitest", complete: true, selection: [FILE] } as const;
  if (word === "load" || word === "missing-package") return { ...base, cases: [], unloaded: [{ file: FILE, failure: { kind: word, message: `no ${word}` } }] };
  const test: TestCase = { id: { file: FILE, suite: [], name: "adds" }, outcome: word === "passed" ? "passed" : "failed", ...(word !== "passed" && { failure: { kind: word, message: "expected" } }) };
  return { ...base, cases: [test], unloaded: [] } satisfies TestRun;
}

const repository = {
  listFiles: () => Promise.resolve([]),
  composeTree: (base: string, edits: ReadonlyMap<string, unknown>) => Promise.resolve(`${base}+${[...edits.keys()].join("+")}`),
};
const BROKEN = "base+test/a.test.ts";
const WITH_SURROUNDINGS = "base+test/a.test.ts+package.json";
const order = (more: Partial<ProofOrder> = {}): ProofOrder => ({
  plan: { files: [FILE], overlay: [FILE], surroundings: [] },
  type: "fix",
  aboutHang: false,
  broken: "base",
  headTree: "head",
  subject: "commit",
  headRuns: [],
  declaredSetups: [],
  red: { names: newNames([], []), isTestSide: () => true, lineAt: () => undefined },
  repeat: 2,
  budgetMs: 60_000,
  signal: new AbortController().signal,
  onProgress: () => undefined,
  ticks: () => 0,
  ...more,
});
const prove = async (script: Readonly<Record<string, readonly Outcome[]>>, more: Partial<ProofOrder> = {}) => {
  const executor = scripted(script);
  const made = await runProof(order(more), { repository, executor });
  return { ...made, trees: executor.asked.map((request) => request.tree) };
};

describe("a proof", () => {
  it("runs both sides, and what decides once more", async () => {
    const { proof, trees } = await prove({ [BROKEN]: ["assertion"] });
    expect(proof).toMatchObject({ outcome: "proven", repeats: 2, brokenTree: BROKEN });
    expect(trees).toEqual(["head", BROKEN, BROKEN, "head"]);
  });

  it("falls to a red that does not come back", async () => {
    expect((await prove({ [BROKEN]: ["assertion", "passed"] })).proof?.outcome).toBe("not proven");
  });

  it("falls to a green that does not come back", async () => {
    expect((await prove({ head: ["passed", "assertion"], [BROKEN]: ["assertion"] })).proof?.outcome).toBe("not proven");
  });

  it("refutes only after the broken side was green twice", async () => {
    const { proof, trees } = await prove({});
    expect(proof?.outcome).toBe("refuted");
    expect(trees.filter((tree) => tree === BROKEN)).toHaveLength(2);
    expect((await prove({ [BROKEN]: ["passed", "assertion"] })).proof?.outcome).toBe("not proven");
  });

  it("does not repeat what rests on no run", async () => {
    expect((await prove({ [BROKEN]: ["missing-package"] })).trees).toEqual(["head", BROKEN]);
  });

  it("makes no run on the head that was made already", async () => {
    const seen = runOf("head", "passed") as TestRun;
    expect((await prove({ [BROKEN]: ["assertion"] }, { headRuns: [seen] })).trees).toEqual([BROKEN, BROKEN, "head"]);
    expect((await prove({ [BROKEN]: ["assertion"] }, { headRuns: [{ ...seen, complete: false }] })).trees[0]).toBe("head");
  });

  it("tries the new packages where nothing loads without them, and says so", async () => {
    const plan = { files: [FILE], overlay: [FILE], surroundings: ["package.json"] };
    const { proof } = await prove({ [BROKEN]: ["missing-package"], [WITH_SURROUNDINGS]: ["assertion"] }, { plan });
    expect(proof).toMatchObject({ outcome: "proven", headSurroundings: true, brokenTree: WITH_SURROUNDINGS });
    const kept = await prove({ [BROKEN]: ["assertion"], [WITH_SURROUNDINGS]: ["passed"] }, { plan });
    expect(kept.proof).toMatchObject({ outcome: "proven", headSurroundings: false });
  });

  it("is not refuted on a side that has the head's settings: the fix may be in them", async () => {
    const plan = { files: [FILE], overlay: [FILE], surroundings: ["package.json"] };
    const { proof } = await prove({ [BROKEN]: ["missing-package"], [WITH_SURROUNDINGS]: ["passed"] }, { plan });
    expect(proof).toMatchObject({ outcome: "not proven", headSurroundings: false });
  });

  it("is not refuted while a test file of the change said nothing, unless it holds no tests", async () => {
    const plan = { files: ["e2e/a.spec.ts", FILE], overlay: [FILE], surroundings: [] };
    const red = (declares: boolean) => ({ ...order().red, declaresTests: () => declares });
    expect((await prove({}, { plan, red: red(true) })).proof).toMatchObject({ outcome: "not proven", because: expect.stringContaining("e2e/a.spec.ts did not run here") });
    expect((await prove({}, { plan, red: red(false) })).proof).toMatchObject({ outcome: "refuted" });
    expect((await prove({}, { plan: { ...plan, files: [FILE], beyond: ["test/z.test.ts"] } })).proof).toMatchObject({ outcome: "not proven" });
  });

  it("is shown by a test that was there before and red, also where the change touches another", async () => {
    const before = "test/before.test.ts";
    const runBefore = (tree: string, outcome: Outcome, selection: readonly string[]): TestRun => {
      const run = runOf(tree, outcome) as TestRun;
      return { ...run, selection, cases: run.cases.map((test) => ({ ...test, id: { ...test.id, file: before } })) };
    };
    const proved = async (outcome: Outcome) => {
      const executor: TestExecutor = { detect: () => Promise.resolve([]), run: (_setups, { tree, selection }) => Promise.resolve(selection !== "all" && selection.includes(before) ? [runBefore(tree, tree === "head" ? "passed" : outcome, selection)] : [runOf(tree, "passed")]) };
      return (await runProof(order({ headRuns: [runOf("head", "passed") as TestRun, runBefore("head", "passed", [before])] }), { repository, executor })).proof;
    };
    expect(await proved("assertion")).toMatchObject({ outcome: "proven", repeats: 2, tests: [{ id: { file: before }, base: "red" }, { id: { file: FILE } }] });
    expect(await proved("passed")).toMatchObject({ outcome: "refuted" });
    expect(await proved("environment")).toMatchObject({ outcome: "refuted" });
  });

  it("rests on no test that is known to be flaky", async () => {
    const flakes = new Map([[testKey({ file: FILE, suite: [], name: "adds" }), { title: "adds", sightings: 1, passed: 3, failed: 1 }]]);
    expect((await prove({ [BROKEN]: ["assertion"] }, { flakes })).proof).toMatchObject({ outcome: "not proven", tests: [{ head: "unstable" }] });
  });

  it("looks only at the tests that were asked for", async () => {
    expect((await prove({ [BROKEN]: ["assertion"] }, { wanted: (id) => id.name === "another" })).proof).toMatchObject({ outcome: "not proven", because: "no test was collected on the head" });
  });

  it("is none when time or patience ended first", async () => {
    const stopped = new AbortController();
    stopped.abort();
    const { proof, cut } = await prove({}, { signal: stopped.signal });
    expect(proof).toBeUndefined();
    expect(cut).toBe("it was interrupted");
  });

  it("has the same digest for the same outcome, whatever the times", async () => {
    const digests = await Promise.all([prove({ [BROKEN]: ["assertion"] }), prove({ [BROKEN]: ["assertion"] }), prove({})]);
    const [first, second, other] = digests.map((made) => made.proof?.digest);
    expect(first).toBe(second);
    expect(first).not.toBe(other);
  });
});
