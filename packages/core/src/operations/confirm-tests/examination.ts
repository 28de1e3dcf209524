import type { Mutant, SyntaxReader } from "#change";
import type { ComparedSuites, Side, StrengthJudged, SuspicionOutcome, TestFailure } from "#evidence";
import type { Laboratory, Seen } from "./laboratory.ts";
import type { CodeMap } from "./reachable-code.ts";
import type { Suspicion } from "./suspicions.ts";

/** Suspicions about the tests of one file. */
export interface Group {
  readonly file: string;
  readonly suspicions: readonly Suspicion[];
  /** Milliseconds that must be left of the budget for the groups that come after. */
  readonly until: number;
}

export interface Examined {
  readonly outcomes: readonly SuspicionOutcome[];
  readonly mutants: readonly Mutant[];
  readonly suites?: ComparedSuites & { readonly file: string };
}

/** What an examination works with. */
export interface Lab {
  readonly code: CodeMap;
  readonly syntax: SyntaxReader;
  run(tree: string, files: readonly string[], limitMs?: number): Promise<Seen>;
  ranThrough: Laboratory["ranThrough"];
  treeWith(tree: string, mutant: Mutant): ReturnType<Laboratory["treeWith"]>;
  left(): number;
  says(words: string): void;
}

/** Faults tried for one test file. */
export const MOST_MUTANTS = 24;

/** A fault may make code run for ever. What takes this much longer than without it is stopped, and says nothing. */
export const runLimit = (durationMs: number): number => 5000 + 4 * durationMs;

/** Tests that were green without a fault and are red with it, by what they check: a test that could not load or ran out of time noticed nothing. */
export const redKeys = (side: Side, green: ReadonlySet<string>): readonly string[] =>
  [...green].filter((key) => {
    const test = side.tests.get(key);
    return test?.outcome === "red" && (test.failure?.kind === "assertion" || test.failure?.kind === "error" || test.failure?.kind === "unknown");
  });

export const outcomeOf = ({ check, subject }: Suspicion, { fact, because, caughtBefore, caughtNow, lost, unnoticed, failure }: StrengthJudged & { readonly failure?: TestFailure }, tried: number): SuspicionOutcome => ({
  check,
  subject,
  fact,
  because,
  tried,
  caughtBefore,
  caughtNow,
  ...(lost && { lost }),
  ...(unnoticed && { unnoticed }),
  ...(failure && { failure }),
});

/** A failure's words on one line. */
export const firstLine = ({ message }: TestFailure): string => {
  const line = message.slice(0, 1000).replace(/\s+/g, " ").trim();
  return line.length > 140 ? `${line.slice(0, 137)}…` : line;
};
