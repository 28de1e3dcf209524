import type { EvidenceSource, TestFailure } from "#evidence";

export interface RedTest {
  readonly key: string;
  readonly title: string;
  readonly file?: string;
  readonly failure: TestFailure;
  readonly source: EvidenceSource;
}

/**
 * One root cause, one finding: tests with the same kind of failure and the same message, once numbers, quotes and
 * addresses are taken out of it, fall into one group. Groups keep the order in which their first test came.
 */
export function groupByCause(tests: readonly RedTest[]): RedTest[][] {
  const groups = new Map<string, RedTest[]>();
  for (const test of tests) {
    const cause = causeOf(test);
    const group = groups.get(cause);
    if (group) group.push(test);
    else groups.set(cause, [test]);
  }
  return [...groups.values()];
}

function causeOf({ failure, key }: RedTest): string {
  if (failure.missing) return `missing ${failure.missing}`;
  // Two different assertions often share a text such as "expected false to be true": they are told apart by place.
  if (failure.kind === "assertion") return failure.place ? `at ${failure.place.file}:${failure.place.line}` : key;
  const text = failure.message.slice(0, 400).replace(/0x[0-9a-f]+|\d+/gi, "#").replace(/\s+/g, " ").trim();
  return `${failure.kind} ${text}`;
}
