import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lockedChanges, type LockQuestion } from "./locked-changes.ts";
import { readProofLock, relocked, renderProofLock, type LockedFile } from "./proof-lock.ts";

const blob = (n: number): string => n.toString(16).padStart(40, "0");
const line = (file: string, n = 1, over: Partial<LockedFile> = {}): LockedFile => ({ criterion: "ST-cart#AC-1", file, as: "proof", blob: blob(n), ...over });
const anyLine = fc.record({ criterion: fc.constantFrom("ST-a#AC-1", "ST-a#AC-2", "ST-b#AC-1"), file: fc.string({ minLength: 1, maxLength: 20 }), as: fc.constantFrom("proof" as const, "fixture" as const, "runner" as const), blob: fc.nat(9).map(blob) });

test("what is written is read, sorted and once a criterion and file, whatever the order it came in", () => {
  fc.assert(
    fc.property(fc.uniqueArray(anyLine, { selector: ({ criterion, file }) => `${criterion}\0${file}`, maxLength: 20 }), (lines) => {
      const text = renderProofLock(lines);
      expect(renderProofLock(lines.toReversed())).toBe(text);
      expect(renderProofLock(readProofLock(text).locked)).toBe(text);
      expect(readProofLock(text)).toMatchObject({ unread: 0 });
      expect(readProofLock(text).locked).toHaveLength(lines.length);
    }),
  );
});

test("a line that is none is counted and hides no other", () => {
  const text = `<<<<<<< ours\n${renderProofLock([line("a.test.ts")])}=======\n{"criterion": 1}\n`;
  expect(readProofLock(text)).toEqual({ locked: [line("a.test.ts")], unread: 3 });
});

test("locking some criteria anew leaves the others alone", () => {
  const other = line("a.test.ts", 1, { criterion: "ST-cart#AC-2" });
  expect(relocked([line("a.test.ts"), line("old.test.ts"), other], new Set(["ST-cart#AC-1"]), [line("a.test.ts", 2)])).toEqual([other, line("a.test.ts", 2)]);
});

describe("what a change does to locked proofs", () => {
  const ask = (over: Partial<LockQuestion> & { readonly was?: number; readonly is?: number }) => {
    const { was = 1, is = 1, ...rest } = over;
    return lockedChanges({ before: [line("a.test.ts")], after: [line("a.test.ts")], blobBefore: () => blob(was), blobAfter: () => (is === 0 ? undefined : blob(is)), implements: true, released: new Set(), ...rest }).map(({ how, gone }) => `${how}${gone ? " gone" : ""}`);
  };
  test.each<[string, Parameters<typeof ask>[0], readonly string[]]>([
    ["nothing", {}, []],
    ["changes it beside the code", { is: 2 }, ["implementing"]],
    ["takes it away beside the code", { is: 0 }, ["implementing gone"]],
    ["changes it beside the code and locks it anew in one go", { is: 2, after: [line("a.test.ts", 2)] }, ["implementing"]],
    ["takes the line out beside the code", { after: [] }, ["unlocked"]],
    ["changes it alone, and locks it anew", { is: 2, after: [line("a.test.ts", 2)], implements: false }, []],
    ["changes it alone, unapproved", { is: 2, implements: false }, ["unapproved"]],
    ["changes it alone, and approves another text", { is: 2, after: [line("a.test.ts", 3)], implements: false }, ["unapproved"]],
    ["takes it away alone, and out of the lock", { is: 0, after: [], implements: false }, []],
    ["takes the line out alone", { after: [], implements: false }, ["unlocked"]],
    ["takes the line out alone where its criterion is retired", { after: [], implements: false, released: new Set(["ST-cart#AC-1"]) }, []],
    ["takes the line out alone, of a text that others changed", { was: 2, is: 2, after: [], implements: false }, []],
    ["finds it changed by others", { was: 2, is: 2 }, []],
    ["changes it where its criterion is retired", { is: 2, released: new Set(["ST-cart#AC-1"]) }, []],
  ])("%s", (_, over, told) => expect(ask(over)).toEqual(told));

  test("what a proof no longer uses leaves the lock with the proof's change, and not without it", () => {
    const before = [line("a.test.ts"), line("helper.ts", 2, { as: "fixture" })];
    const how = (proof: number) => lockedChanges({ before, after: [line("a.test.ts", proof)], blobBefore: (path) => blob(path === "a.test.ts" ? 1 : 2), blobAfter: (path) => blob(path === "a.test.ts" ? proof : 2), implements: false, released: new Set() }).map(({ file, how: said }) => `${file} ${said}`);
    expect(how(3)).toEqual([]);
    expect(how(1)).toEqual(["helper.ts unlocked"]);
  });

  test("a file behind several criteria is told once", () => {
    const before = [line("a.test.ts"), line("a.test.ts", 1, { criterion: "ST-cart#AC-2" })];
    expect(lockedChanges({ before, after: before, blobBefore: () => blob(1), blobAfter: () => blob(2), implements: true, released: new Set() })).toMatchObject([{ file: "a.test.ts", criteria: ["ST-cart#AC-1", "ST-cart#AC-2"] }]);
  });
});
