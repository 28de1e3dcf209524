import { expect, test } from "vitest";
import { goesUntested, testPractices } from "./practice.ts";

const times = (count: number, ...paths: readonly string[]) => Array.from({ length: count }, () => paths);
const nearTo = (path: string, ...earlier: readonly (readonly string[])[]) => testPractices(earlier)(path);

test("the nearest folder with eight changes of its own decides", () => {
  const earlier = [...times(7, "src/web/menu/a.ts"), ...times(5, "src/web/b.ts"), ...times(20, "src/core/c.ts", "test/c.test.ts")];
  expect(nearTo("src/web/menu/x.ts", ...earlier)).toEqual({ place: "src/web/", changes: 12, tested: 0 });
  expect(nearTo("src/core/x.ts", ...earlier)).toEqual({ place: "src/core/", changes: 20, tested: 20 });
});

test("a change that touches other places as well shows no habit of this one, nor does a sweep", () => {
  const earlier = [...times(10, "web/a.ts", "core/b.ts"), ...times(10, ...Array.from({ length: 31 }, (_, n) => `web/${n}.ts`)), ...times(10, "docs/a.md", "web/a.test.ts")];
  expect(nearTo("web/a.ts", ...earlier)).toEqual({ place: "", changes: 10, tested: 0 });
  expect(nearTo("web/a.ts", ...earlier.slice(10))).toBeUndefined();
});

test.each([
  ["components apart from code", "web/a.tsx", "web/a.ts"],
  ["shell scripts apart from code", "web/a.sh", "web/a.ts"],
])("%s", (_, path, other) => {
  const earlier = [...times(8, path), ...times(8, other, "web/a.test.ts")];
  expect(nearTo(path, ...earlier)).toMatchObject({ changes: 8, tested: 0 });
  expect(nearTo(other, ...earlier)).toMatchObject({ changes: 8, tested: 8 });
});

test("a change to components and code together counts for the code only", () => {
  const earlier = [...times(8, "web/a.tsx"), ...times(8, "web/a.tsx", "web/a.ts", "web/a.test.ts")];
  expect(nearTo("web/a.tsx", ...earlier)).toMatchObject({ changes: 8, tested: 0 });
  expect(nearTo("web/a.ts", ...earlier)).toMatchObject({ changes: 8, tested: 8 });
});

test("history too short to show a habit says nothing", () => {
  expect(nearTo("src/a.ts", ...times(7, "src/a.ts"))).toBeUndefined();
  expect(nearTo("src/a.ts")).toBeUndefined();
});

test("a place goes untested when fewer than one in five changes there brought a test", () => {
  expect([0, 1, 2, 3].map((tested) => goesUntested({ place: "", changes: 10, tested }))).toEqual([true, true, false, false]);
});
