import type { Comparison } from "./comparison.ts";
import { titleOf } from "./located.ts";
import { atMost, type TestEdit } from "./test-edit.ts";

/** Tests that stand where their runner looks for none any more: a class that is called otherwise now. */
export function* uncollected({ pairs }: Comparison): Generator<TestEdit> {
  for (const { base, head } of pairs) {
    if (head.part.kind !== "test" || head.part.uncollected !== true || base.part.uncollected === true) continue;
    yield {
      kind: "test-skipped",
      effect: atMost("test-skipped", "ask"),
      test: titleOf(head),
      because: `stands in ${head.part.suites.at(-1) ?? "a class"} now, where pytest looks for no test`,
      places: [{ file: head.file.path, line: head.part.line, side: "head" }],
      subject: `uncollected ${titleOf(base)}`,
    };
  }
}
