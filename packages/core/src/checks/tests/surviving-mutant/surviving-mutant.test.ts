import { describe, expect, test } from "vitest";
import type { Change } from "#change";
import type { JudgedMutant, Mutation } from "#evidence";
import type { Facts } from "../../check.ts";
import { survivingMutant } from "./surviving-mutant.ts";

const judged = (line: number, fate: JudgedMutant["fate"], more: Partial<JudgedMutant["mutant"]> = {}): JudgedMutant => ({
  mutant: { file: "src/a.ts", line, endLine: line, start: 0, end: 2, before: ">=", after: ">", kind: "comparison", unit: "a", says: `>= became > in src/a.ts:${line}`, ...more },
  fate,
  reachedBy: [{ file: "test/a.test.ts", suite: ["a"], name: "works" }],
  reaching: 1,
});

const look = (mutants: readonly JudgedMutant[], more: Partial<Mutation> = {}) => {
  const mutation: Mutation = { kind: "mutation", source: "ran", subject: "head", digest: "d", origin: "o", mutants, complete: true, notes: [], isolation: "i", durationMs: 1, ...more };
  return [...survivingMutant.look({ change: { head: "head", headTree: "tree" } as Change, evidence: [mutation] } as unknown as Facts)];
};

describe("tests/surviving-mutant", () => {
  test("names the fault, the place and the test to extend", () => {
    const [seen, ...more] = look([judged(3, "survived"), judged(4, "killed")]);
    expect(more).toEqual([]);
    expect(seen).toMatchObject({ answer: "broken", because: "Nobody noticed when >= became > in src/a.ts:3.", places: [{ file: "src/a.ts", line: 3 }], excerpt: ["- >=", "+ >"] });
    expect(seen?.fix).toContain("test/a.test.ts: “a › works”");
  });

  test("several lines are one finding, one survivor a line", () => {
    const [seen, ...more] = look([judged(3, "survived", { kind: "literal", says: "1 became 2 in src/a.ts:3" }), judged(3, "survived"), judged(5, "survived")]);
    expect(more).toEqual([]);
    expect(seen?.because).toBe("Nobody noticed when >= became > in src/a.ts:3. On 1 more line a fault goes unnoticed too.");
    expect(seen?.places).toHaveLength(2);
  });

  test("its subject does not know lines", () => {
    const [one] = look([judged(3, "survived")]);
    const [moved] = look([judged(33, "survived")]);
    expect(moved?.subject).toBe(one?.subject);
  });

  test("it is a note, whatever survives", () => {
    expect(survivingMutant.effect).toBe("note");
    expect(look([judged(3, "survived")])[0]?.effect).toBeUndefined();
  });

  test("without a run, without a survivor, and for another tree nothing is said", () => {
    expect(look([judged(3, "unknown"), judged(4, "uncovered")])).toEqual([]);
    expect(look([judged(3, "survived")], { subject: "another" })).toEqual([]);
    expect([...survivingMutant.look({ change: { head: "head", headTree: "tree" } as Change, evidence: [] } as unknown as Facts)]).toEqual([]);
  });

  test("it holds where all are noticed, and says what was left open", () => {
    expect(look([judged(3, "killed")])[0]).toMatchObject({ answer: "holds" });
    expect(look([judged(3, "killed"), judged(4, "unknown")])[0]?.because).toContain("1 could not be judged");
  });
});
