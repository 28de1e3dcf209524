import type { Assertion } from "../anatomy.ts";
import { familyOf } from "../assertions/relation.ts";
import type { Comparison } from "./comparison.ts";
import { short } from "./loosening.ts";
import { titleOf } from "./located.ts";
import { atMost, type TestEdit } from "./test-edit.ts";

/**
 * A value somebody wrote down that became a snapshot nobody did: the next run writes whatever the code gives then, and is green. A snapshot that
 * comes with the change was looked at, or can be.
 */
export function* unwrittenSnapshots({ assertions, change }: Comparison): Generator<TestEdit> {
  for (const { kept, head } of assertions) {
    if (head === undefined || isStored(head.file.path, change.source.snapshots)) continue;
    const found = kept.find((one) => one.base.strength > 0 && !isSnapshot(one.base) && one.base.relation !== "own" && isSnapshot(one.head) && !saysIt(one.head) && familyOf(one.base.relation) !== "calls");
    if (found === undefined) continue;
    yield {
      kind: "assertion-loosened",
      effect: atMost("assertion-loosened", "ask"),
      test: titleOf(head),
      because: `compares ${short(found.head.subject)} with a snapshot that nobody wrote yet`,
      places: [{ file: found.head.file, line: found.head.line, endLine: found.head.endLine, side: "head" }, { file: found.base.file, line: found.base.line, endLine: found.base.endLine, side: "base" }],
      before: found.base.text.slice(0, 160),
      after: found.head.text.slice(0, 160),
      subject: `unwritten snapshot ${titleOf(head)} ${found.base.text.slice(0, 200)}`,
    };
  }
}

const isSnapshot = ({ relation, text }: Assertion): boolean => relation === "snapshot" || (relation === "throws that" && /MatchingSnapshot|MatchingInlineSnapshot/.test(text));

/** An inline snapshot with its value, or one of a file named there. */
const saysIt = ({ text, wanted }: Assertion): boolean => /toMatchFileSnapshot|Screenshot|ImageSnapshot/.test(text) || (/Inline/.test(text) && wanted.length > 0);

/** `__snapshots__/a.test.ts.snap`, AVA's `snapshots/a.js.md`: by the test file's name. */
function isStored(path: string, snapshots: readonly string[]): boolean {
  const name = path.split("/").at(-1) ?? path;
  return snapshots.some((one) => (one.split("/").at(-1) ?? "").startsWith(name) || one.includes(`/${name}-snapshots/`));
}
