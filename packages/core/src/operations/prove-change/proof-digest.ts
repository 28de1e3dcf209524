import { digestOf } from "#kernel";
import type { Proof, ProofTest } from "#evidence";

/** What a proof says, without times and words. */
export type ProofFacts = Pick<Proof, "outcome" | "changeType" | "broken" | "brokenTree" | "selection" | "subject"> & { readonly tests: readonly Pick<ProofTest, "id" | "head" | "base" | "why">[] };

/** `sha256:<hex>` over what a proof says: two that say the same have the same, whenever and wherever they were made. */
export const proofDigest = ({ outcome, changeType, broken, brokenTree, selection, subject, tests }: ProofFacts): string =>
  digestOf({
    ...{ outcome, changeType, broken, brokenTree, selection, subject },
    tests: tests.map(({ id, head, base, why }) => ({ id: { file: id.file ?? null, suite: id.suite, name: id.name }, head, base, why: why ?? null })),
  });
