import { expect, test } from "vitest";
import type { ChangedFile } from "#change";
import type { Area } from "#intent";
import type { Facts } from "../../check.ts";
import { highNeedsTest } from "./high-needs-test.ts";

const file = (path: string): ChangedFile => ({ path, kind: "source", behaviour: true, status: "modified", areas: ["payment"], symbols: [], hunks: [], added: 1 }) as unknown as ChangedFile;
const area = (declared: boolean): Area => ({ name: "payment", paths: ["**"], risk: "high", owners: [], declared });
const times = (count: number, ...paths: readonly string[]) => Array.from({ length: count }, () => paths);

function effectOf(paths: readonly string[], earlier: Facts["earlier"], declared = false): string {
  const facts = { change: { files: paths.map(file) }, intent: { areas: [area(declared)] }, options: {} } as unknown as Facts;
  const asked = { ...facts, ...(highNeedsTest.recalls?.(facts) === true && earlier && { earlier }) };
  return [...highNeedsTest.look(asked)].map(({ effect, ask }) => effect ?? (ask ? "ask" : "none")).join();
}

const untested = [...times(20, "web/billing/plan.tsx"), ...times(20, "web/billing/charge.ts")];

test("a component where nobody tests components is a note; code is asked about whatever was usual", () => {
  expect(effectOf(["web/billing/plan.tsx"], untested)).toBe("note");
  expect(effectOf(["web/billing/charge.ts"], untested)).toBe("ask");
  expect(effectOf(["web/billing/plan.tsx", "web/billing/charge.ts"], untested)).toBe("ask");
});

test("a component is asked about where they are tested, where history is short and where somebody declared the area", () => {
  expect(effectOf(["web/billing/plan.tsx"], times(20, "web/billing/plan.tsx", "web/billing/plan.test.tsx"))).toBe("ask");
  expect(effectOf(["web/billing/plan.tsx"], [])).toBe("ask");
  expect(effectOf(["web/billing/plan.tsx"], untested, true)).toBe("ask");
});

test("what an area logs is not how it behaves; a lock is", () => {
  const changed = (text: string): ChangedFile => ({ ...file("src/billing/charge.go"), hunks: [{ headStart: 1, lines: [{ op: "+", line: 1, text }] }] }) as unknown as ChangedFile;
  const asks = (...files: readonly ChangedFile[]): number => [...highNeedsTest.look({ change: { files }, intent: { areas: [area(true)] }, options: {} } as unknown as Facts)].length;
  expect(asks(changed('log.Warn("late")'))).toBe(0);
  expect(asks(changed("m.mutex.Lock()"))).toBe(1);
  expect(asks(changed('log.Warn("late")'), changed("m.total = 0"))).toBe(1);
});
