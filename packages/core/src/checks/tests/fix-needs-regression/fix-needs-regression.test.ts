import { expect, test } from "vitest";
import type { Change, ChangedFile } from "#change";
import type { Facts } from "../../check.ts";
import { fixNeedsRegression } from "./fix-needs-regression.ts";

const file = (path: string): ChangedFile => ({ path, kind: "source", behaviour: true, status: "modified", hunks: [], symbols: [], added: 1 }) as unknown as ChangedFile;
const fix = (typeFrom: Change["typeFrom"], ...paths: readonly string[]): Change => ({ type: "fix", typeFrom, files: paths.map(file) }) as unknown as Change;
const times = (count: number, ...paths: readonly string[]) => Array.from({ length: count }, () => paths);

const effectOf = (change: Change, earlier: Facts["earlier"]): string | undefined => {
  const facts = { change, ...(fixNeedsRegression.recalls?.({ change } as Facts) === true && { earlier }) } as Facts;
  return [...fixNeedsRegression.look(facts)].map(({ effect, ask }) => effect ?? (ask ? "ask" : "none")).join();
};

const untested = times(20, "web/page.tsx");
const tested = times(20, "src/a.ts", "test/a.test.ts");

test("where nobody writes tests a fix without one is a note; where they do it is a question", () => {
  expect(effectOf(fix("prefix", "web/page.tsx"), untested)).toBe("note");
  expect(effectOf(fix("prefix", "src/a.ts"), [...tested, ...untested])).toBe("ask");
  expect(effectOf(fix("prefix", "src/a.ts"), [])).toBe("ask");
});

test("one file of a tested place is enough for the question", () => {
  expect(effectOf(fix("prefix", "web/page.tsx", "src/a.ts"), [...tested, ...untested])).toBe("ask");
});

test("who declares a fix is asked whatever others do", () => {
  expect(effectOf(fix("declared", "web/page.tsx"), untested)).toBe("ask");
});

test("what is only taken away takes its tests along; taken away without one it is asked about", () => {
  const removed = { ...file("src/a.ts"), added: 0, deleted: 3 };
  const test = { ...file("test/a.test.ts"), kind: "test", added: 0, deleted: 4 } as ChangedFile;
  expect(effectOf({ ...fix("prefix"), files: [removed, test] }, [])).toBe("");
  expect(effectOf({ ...fix("prefix"), files: [removed] }, [])).toBe("ask");
  expect(effectOf({ ...fix("prefix"), files: [removed, { ...file("src/b.ts"), added: 2 }, test] }, [])).toBe("ask");
});

test("history is read only when there is something to ask", () => {
  expect(fixNeedsRegression.recalls?.({ change: { ...fix("prefix", "src/a.ts"), type: "feature" } } as Facts)).toBe(false);
  expect(fixNeedsRegression.recalls?.({ change: fix("prefix", "src/a.ts") } as Facts)).toBe(true);
});

test("a test beside the code it tests is a test; where it is missing, the function that changed comes first", () => {
  const inside = { ...file("src/a.rs"), testsInside: true as const };
  expect(effectOf({ ...fix("prefix"), files: [inside] }, [])).toBe("");
  const files = [{ ...file("build.config.ts"), added: 9 }, { ...file("src/a.ts"), symbols: [{ name: "total", line: 1 }] }];
  const [found] = fixNeedsRegression.look({ change: { ...fix("prefix"), files } } as unknown as Facts);
  expect(found?.places?.map((place) => place.file)).toEqual(["src/a.ts", "build.config.ts"]);
});

test("what is logged, and locks, owe no test; what stands beside them does", () => {
  const changed = (path: string, ...texts: readonly string[]): ChangedFile => ({ ...file(path), hunks: [{ headStart: 1, lines: texts.map((text, at) => ({ op: "+", line: at + 1, text })) }] }) as unknown as ChangedFile;
  const effectOfFiles = (...files: readonly ChangedFile[]): string | undefined => effectOf({ ...fix("prefix"), files }, []);
  expect(effectOfFiles(changed("src/a.go", "m.mutex.Lock()"), changed("src/b.go", 'log.Warn("late")'))).toBe("");
  expect(effectOfFiles(changed("src/a.go", "m.mutex.Lock()", "m.total = 0"))).toBe("ask");
  expect(effectOfFiles(changed("src/a.go", "m.mutex.Lock()"), changed("src/b.go", "m.total = 0"))).toBe("ask");
});
