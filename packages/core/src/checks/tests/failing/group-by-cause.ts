import type { EvidenceSource, TestFailure } from "#evidence";

export interface RedTest {
  readonly key: string;
  readonly title: string;
  readonly file?: string;
  readonly failure: TestFailure;
  readonly source: EvidenceSource;
}

/**
 * One root cause, one finding: tests that share a sign of their cause fall into one group, and so do groups that one test ties together.
 * Groups keep the order in which their first test came.
 */
export function groupByCause(tests: readonly RedTest[]): RedTest[][] {
  const leaders = tests.map((_, at) => at);
  const leaderOf = (at: number): number => {
    let leader = at;
    while (leaders[leader] !== leader) leader = leaders[leader] = leaders[leaders[leader] ?? leader] ?? leader;
    return leader;
  };
  const firstWith = new Map<string, number>();
  for (const [at, test] of tests.entries()) {
    for (const sign of signsOf(test)) {
      const first = firstWith.get(sign);
      if (first === undefined) firstWith.set(sign, at);
      // The earlier one leads, so that a group stands where its first test stood.
      else leaders[Math.max(leaderOf(first), leaderOf(at))] = Math.min(leaderOf(first), leaderOf(at));
    }
  }
  const groups = new Map<number, RedTest[]>();
  for (const [at, test] of tests.entries()) {
    const leader = leaderOf(at);
    const group = groups.get(leader);
    if (group) group.push(test);
    else groups.set(leader, [test]);
  }
  return [...groups.values()];
}

/** More findings of one file than this say no more than the first of them, and cost a screen. */
const FINDINGS_OF_A_FILE = 3;

/**
 * Groups of one test file put together where there are more than three: one mistake turns many expectations of one file red, each at its own line. `apart`
 * keeps two groups from being put together. Order as before.
 */
export function groupByFile(groups: readonly (readonly RedTest[])[], apart: (test: RedTest) => unknown): RedTest[][] {
  const named = groups.map((group) => ({ group, name: JSON.stringify([nameOf(group), apart(group[0] as RedTest)]) }));
  const many = (name: string): boolean => named.filter((other) => other.name === name).length > FINDINGS_OF_A_FILE;
  const together = new Map<string, RedTest[]>();
  for (const [at, { group, name }] of named.entries()) {
    const key = nameOf(group) !== undefined && many(name) ? name : String(at);
    together.set(key, [...(together.get(key) ?? []), ...group]);
  }
  return [...together.values()];
}

/** The one file all of them stand in. */
export const nameOf = (group: readonly RedTest[]): string | undefined => (group.every((test) => test.file === group[0]?.file) ? group[0]?.file : undefined);

/** What two tests with one cause have in common: any of these is enough. */
function signsOf({ failure, file, key }: RedTest): string[] {
  if (failure.missing) return [`missing ${failure.missing}`];
  if (failure.kind === "assertion") return [key, ...atPlace(failure), ...saidInFile(failure, file)];
  const text = failure.message.slice(0, 400).replace(/0x[0-9a-f]+|\d+/gi, "#").replace(/\s+/g, " ").trim();
  const thrown = failure.thrownAt ? [`thrown ${failure.kind} ${failure.thrownAt.file}:${failure.thrownAt.line}`] : [];
  return [`${failure.kind} ${text}`, ...thrown];
}

/** One assertion, met by several rows or through one helper. */
const atPlace = ({ place }: TestFailure): string[] => (place?.line === undefined ? [] : [`at ${place.file}:${place.line}`]);

/**
 * The same words in one file, numbers included: `500 !== 200` and `404 !== 200` are two findings. Across files a text such as
 * "expected false to be true" is too common to mean the same.
 */
function saidInFile({ message, place }: TestFailure, file = place?.file): string[] {
  const text = message.replace(/0x[0-9a-f]+|\b\d+(?:\.\d+)? ?m?s\b/gi, "#").replace(/\s+/g, " ").trim();
  return file === undefined || text === "" || text === "no message" ? [] : [`says ${file} ${text}`];
}
