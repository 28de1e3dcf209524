import type { DraftCase } from "../report-format.ts";

/**
 * node:test names the file of red tests only. All tests below one top-level test stand in the same file,
 * and a test must not change its identity with its result.
 */
export function sharePlaces(cases: readonly DraftCase[]): readonly DraftCase[] {
  const groups: DraftCase[][] = [];
  let top: string | undefined;
  for (const test of cases) {
    const [first] = test.suite;
    if (first !== undefined && first === top) groups.at(-1)?.push(test);
    else groups.push([test]);
    top = first;
  }
  return groups.flatMap((group) => {
    const file = group.find((test) => test.file !== undefined)?.file;
    return file === undefined ? group : group.map((test) => ({ ...test, file: test.file ?? file }));
  });
}
