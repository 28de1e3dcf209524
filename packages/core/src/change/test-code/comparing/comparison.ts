import type { Located, TestFilePair } from "./located.ts";
import type { AssertionPairs } from "./pair-assertions.ts";
import type { SourceFacts } from "./source-facts.ts";

/** Everything that is compared at once: tests move between files. */
export interface TestChange {
  readonly files: readonly TestFilePair[];
  readonly source: SourceFacts;
}

/** What the rules that follow are told. */
export interface Comparison {
  readonly change: TestChange;
  readonly pairs: readonly { readonly base: Located; readonly head: Located }[];
  readonly removed: readonly Located[];
  readonly added: readonly Located[];
  readonly assertions: readonly AssertionPairs[];
}
