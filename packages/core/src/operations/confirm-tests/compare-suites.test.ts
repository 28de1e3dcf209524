import { expect, it } from "vitest";
import type { Mutant, Unit } from "#change";
import type { JudgedMutant, MutationRequest, TestSetup } from "#evidence";
import { compareSuites, type ComparingPorts } from "./compare-suites.ts";

const mutant = (line: number): Mutant => ({ file: "src/a.js", line, endLine: line, start: line, end: line + 1, before: "a", after: "b", kind: "condition", unit: "f", says: `fault ${line}` });
const by = { file: "test/a.test.js", suite: [], name: "works" };
const unit = { file: "src/a.js", name: "f", line: 1, endLine: 9, words: new Set<string>(), mutants: [] } as unknown as Unit;

type Fates = Readonly<Record<number, JudgedMutant["fate"]>>;

/** A runner that says of each fault what is written down for the first file it is asked with. */
function ports(fates: Readonly<Record<string, Fates>>, asked: MutationRequest[] = []): ComparingPorts {
  const mutate: ComparingPorts["mutation"]["mutate"] = (_, request) => {
    asked.push(request);
    const own = fates[request.selection[0] ?? ""] ?? {};
    const mutants = Object.keys(fates["old.js"] ?? {}).map(Number).map((line): JudgedMutant => {
      const fate = own[line] ?? "unknown";
      const known = request.known?.find((one) => one.mutant.line === line);
      return known ?? { mutant: mutant(line), fate, reachedBy: [], reaching: 1, ...(fate === "killed" && { killedBy: by }) };
    });
    return Promise.resolve({ mutants, complete: true, notes: [], isolation: "none" });
  };
  return { mutation: { mutate }, setups: [{ runner: "mocha", packageDir: ".", because: "" } satisfies TestSetup], signal: new AbortController().signal, left: () => 60_000, says: () => {} };
}

const about = (others: readonly string[] = ["other.js"]) => ({ old: "o", head: "h", file: "old.js", successors: ["new.js"], othersOf: () => others, units: [unit] });
const lines = (some: readonly { readonly mutant: Mutant }[]): number[] => some.map((one) => one.mutant.line);

it("lost is what the old tests noticed and neither the new ones nor others do", async () => {
  const asked: MutationRequest[] = [];
  const { caught, lost, open } = await compareSuites(about(), ports({ "old.js": { 1: "killed", 2: "killed", 3: "killed", 4: "survived" }, "new.js": { 1: "killed", 2: "survived", 3: "uncovered" }, "other.js": { 2: "survived", 3: "killed" } }, asked));
  expect([lines(caught), lines(lost), open]).toEqual([[1, 2, 3], [2], 0]);
  // Each is asked only what the ones before left open.
  expect(asked.map(({ tree, known = [] }) => [tree, lines(known)])).toEqual([["o", []], ["h", [4]], ["h", [4, 1]]]);
});

it.each([
  ["could not be told", { "new.js": { 1: "unknown" }, "other.js": {} }, ["other.js"]],
  ["is reached by more tests than are asked", { "new.js": { 1: "survived" }, "other.js": { 1: "survived" } }, Array.from({ length: 31 }, (_, n) => (n === 0 ? "other.js" : `more${n}.js`))],
] as const)("a fault that %s is open, and not lost", async (_, fates, others) => {
  expect(await compareSuites(about(others), ports({ "old.js": { 1: "killed" }, ...fates }))).toMatchObject({ lost: [], open: 1 });
});

it("where nobody else reaches the code, the tests of now alone decide", async () => {
  const fates = { "old.js": { 1: "killed" }, "new.js": { 1: "survived" } } as const;
  expect(lines((await compareSuites(about([]), ports(fates))).lost)).toEqual([1]);
});

it("says so when the old tests noticed nothing, and asks nobody else", async () => {
  const asked: MutationRequest[] = [];
  expect(await compareSuites(about(), ports({ "old.js": { 1: "survived" } }, asked))).toMatchObject({ lost: [], because: "the old tests noticed none of the faults" });
  expect(asked).toHaveLength(1);
});
