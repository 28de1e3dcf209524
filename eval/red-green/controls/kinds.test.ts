import { describe, expect, it } from "vitest";
import { CONTROLS, flaky } from "./kinds.ts";
import { DIALECTS } from "./runners.ts";

const controls = CONTROLS.filter((control) => !control.expected.includes("proven"));

describe("the controls", () => {
  it("are at least twelve kinds in at least three runners", () => {
    expect(new Set(controls.map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(12);
    expect(DIALECTS.length).toBeGreaterThanOrEqual(3);
  });

  it("change something: both sides differ and share the test's path", () => {
    for (const dialect of DIALECTS)
      for (const control of [...CONTROLS, flaky]) {
        const { base, head } = control.files(dialect);
        expect(base, control.kind).not.toEqual(head);
        expect(Object.keys(head), control.kind).toContain(dialect.testFile);
      }
  });

  it("come with twins that must be proven, so that a command that never proves anything fails too", () => {
    expect(CONTROLS.length - controls.length).toBeGreaterThanOrEqual(2);
  });
});
