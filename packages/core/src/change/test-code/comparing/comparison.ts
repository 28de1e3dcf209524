import type { Located, TestFilePair } from "./located.ts";
import type { AssertionPairs } from "./pair-assertions.ts";
import type { SourceFacts } from "./source-facts.ts";

/** Everything that is compared at once: tests move between files. */
export interface TestChange {
  readonly files: readonly TestFilePair[];
  readonly source: SourceFacts;
}

/** So many edited tests beside changed behaviour are a rewriting: what one of them lost may be said by others. */
const MANY = 10;

/** True for a change that rewrites tests with the behaviour they are about. */
export const rewrites = ({ pairs, change }: Comparison): boolean => change.source.behaviour && pairs.filter(({ base, head }) => base.part.kind === "test" && base.part.body !== head.part.body).length >= MANY;

/** What the rules that follow are told. */
export interface Comparison {
  readonly change: TestChange;
  readonly pairs: readonly { readonly base: Located; readonly head: Located }[];
  readonly removed: readonly Located[];
  readonly added: readonly Located[];
  readonly assertions: readonly AssertionPairs[];
}
