import type { TestFile } from "../anatomy.ts";
import { changedAssertions } from "./changed-assertions.ts";
import { changedFiles } from "./changed-files.ts";
import { changedRestraints } from "./changed-restraints.ts";
import type { Comparison, TestChange } from "./comparison.ts";
import { located, type TestFilePair } from "./located.ts";
import { lostAssertions } from "./lost-assertions.ts";
import { pairAssertions } from "./pair-assertions.ts";
import { pairTests } from "./pair-tests.ts";
import { removedTests } from "./removed-tests.ts";
import type { SourceFacts } from "./source-facts.ts";
import type { TestEdit } from "./test-edit.ts";
import { uncollected } from "./uncollected.ts";
import { unwrittenSnapshots } from "./unwritten-snapshots.ts";

/**
 * What a change did to its tests that lets them catch less. Tests are matched across all its files first, then their assertions, so
 * that moving, renaming, splitting, merging and rewriting say nothing. Linear in the tests, but for those without a namesake.
 */
export function compareTests(change: TestChange): readonly TestEdit[] {
  const whole = change.files.filter(isReadable);
  const tests = pairTests(located(whole, "base"), located(whole, "head"));
  const comparison: Comparison = { change: { source: withData(change.source, whole), files: whole }, ...tests, assertions: pairAssertions(tests) };
  return RULES.flatMap((rule) => [...rule(comparison)]);
}

/**
 * What the change itself broke can't be said to miss anything. Where a parser does not understand a language's every corner, it
 * misses the same on both sides; where no test is missing, nothing was lost to it.
 */
const isReadable = ({ base, head }: TestFilePair): boolean => head?.damaged !== true || base?.damaged === true || testsIn(head) >= testsIn(base);

const testsIn = (file: TestFile | undefined): number => file?.parts.filter(({ kind }) => kind === "test").length ?? 0;

/** Test-side code without a test of its own is data and set-up: it can be the reason for another expectation. */
const withData = (source: SourceFacts, files: readonly TestFilePair[]): SourceFacts => ({ ...source, surroundings: source.surroundings || files.some(({ base, head }) => !(head ?? base)?.parts.some(({ kind }) => kind === "test" || kind === "file")) });

type Rule = (comparison: Comparison) => Iterable<TestEdit>;

const RULES: readonly Rule[] = [changedRestraints, removedTests, lostAssertions, changedAssertions, changedFiles, unwrittenSnapshots, uncollected];
