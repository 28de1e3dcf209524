import type { Observation } from "#kernel";

/** Keeps what a check answered, for the next time exactly the same is asked. What can't be kept or read costs time, nothing else. */
export interface AnswerMemory {
  /** What was answered to this question by this very program; undefined when nobody asked, or nobody can be sure. */
  recall(question: string): Promise<readonly Observation[] | undefined>;
  keep(question: string, answers: readonly Observation[]): Promise<void>;
}

/** Where nothing is remembered: trials, replays, a program that does not know its own version. */
export const noMemory: AnswerMemory = { recall: () => Promise.resolve(undefined), keep: () => Promise.resolve() };
