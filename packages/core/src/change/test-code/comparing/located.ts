import type { Assertion, TestFile, TestPart } from "../anatomy.ts";

/** A file of tests on both sides; a side is absent where the file is. */
export interface TestFilePair {
  readonly base?: TestFile;
  readonly head?: TestFile;
}

/** A part with the file it stands in. */
export interface Located {
  readonly part: TestPart;
  readonly file: TestFile;
  /** Index of the pair of files, the same on both sides. */
  readonly pair: number;
}

export const located = (pairs: readonly TestFilePair[], side: "base" | "head"): Located[] =>
  pairs.flatMap((pair, index) => {
    const file = pair[side];
    return file === undefined ? [] : file.parts.map((part) => ({ part, file, pair: index }));
  });

/** Suites and name, for people. */
export const titleOf = ({ part }: Located): string => {
  if (part.kind === "file") return "the file's own checks";
  const title = [...part.suites, part.name].filter((name) => name !== "").join(" › ");
  return part.kind === "helper" ? `${part.name}()` : title === "" ? "a test without a name" : title;
};

const SYMMETRIC = new Set<Assertion["relation"]>(["same", "deep", "loosely equal", "deep, undefined ignored"]);

/** Equal keys insist on the same thing. Nuances of equality are the same relation here: they are compared when paired. */
export function claimKey({ relation, negated, subject, expected }: Assertion): string {
  if (!SYMMETRIC.has(relation)) return `${negated ? "not " : ""}${relation}\u0000${subject}\u0000${expected}`;
  const [one, other] = subject < expected ? [subject, expected] : [expected, subject];
  return `${negated ? "not " : ""}equal\u0000${one}\u0000${other}`;
}

/** The claim with local names resolved. */
export const resolvedKey = (assertion: Assertion): string => claimKey({ ...assertion, subject: assertion.resolved });

/** How much two sets of words have in common, 0 to 1. */
export function alike(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  if (one.size === 0 || other.size === 0) return 0;
  const [small, large] = one.size < other.size ? [one, other] : [other, one];
  let common = 0;
  for (const word of small) if (large.has(word)) common += 1;
  return common / (one.size + other.size - common);
}
