import { expect, it } from "vitest";
import type { Label } from "../labels.ts";
import type { Asked, SeenFinding } from "./ask-with-runs.ts";
import { runsFigures } from "./runs-figures.ts";

const finding = (effect: string, fact?: string): SeenFinding => ({ effect, kind: "test-removed", because: "", file: "a.test.js", ...(fact !== undefined && { executed: { fact } }) });
const answered = (label: Label["label"], read: readonly SeenFinding[], ran?: readonly SeenFinding[]) => {
  const about = { repository: "a/b", commit: "c" };
  const asked: Asked = ran === undefined ? { ...about, why: "no packages" } : { ...about, read, ran, seconds: 2, cpuSeconds: 1 };
  return { label: { ...about, sample: "marked", label, why: "" } satisfies Label, asked };
};

it("what runs raise and clear is counted against the labels, and what can't run beside them", () => {
  const figures = runsFigures([
    answered("weakened", [finding("ask")], [finding("block", "weaker")]),
    answered("weakened", [finding("ask")], [finding("note", "as-strong")]),
    answered("innocent", [finding("ask")], [finding("note", "as-strong")]),
    answered("question", [], [finding("ask", "weaker")]),
    answered("innocent", [finding("note")], [finding("ask", "weaker")]),
    answered("innocent", [], undefined),
    { label: { repository: "a/b", commit: "d", sample: "marked", label: "innocent", why: "" } },
  ]);
  const said = Object.fromEntries(figures.map(({ name, against }) => [name.replace("weakened with runs: ", ""), against]));
  expect(said).toMatchObject({
    "labelled commits tried": "6 of 7",
    "could be installed and asked": "5 of 6",
    "true alarms of reading confirmed by a fault": "1 of 2",
    "true alarms of reading cleared, wrongly": "1 of 2",
    "true alarms of reading that hold now and did not": "1 of 2",
    "false alarms of reading cleared": "1 of 1",
    "missed by reading, found by a run": "1 of 1",
    "innocent and silent, alarmed on after runs": "1 of 1",
  });
});
