import type { Mutation } from "#evidence";

/** Keeps what became of mutants, for the next time exactly the same code meets exactly the same tests. What can't be kept or read costs time, nothing else. */
export interface MutationMemory {
  recall(question: string): Promise<Mutation | undefined>;
  keep(question: string, mutation: Mutation): Promise<void>;
}

/** Where nothing is remembered. */
export const noMutationMemory: MutationMemory = { recall: () => Promise.resolve(undefined), keep: () => Promise.resolve() };
