import type { ModuleFacts, RanRecord } from "#evidence";

/** Keeps what was found out about code, so that the second look costs little. What can't be kept or read costs time, nothing else. */
export interface CodeMemory {
  /** Facts about blobs, by blob id and kind of file. */
  facts(): Promise<ReadonlyMap<string, ModuleFacts>>;
  /** Replaces what was kept: facts of blobs no tree of late had are let go. */
  keepFacts(facts: ReadonlyMap<string, ModuleFacts>): Promise<void>;
  /** Milliseconds a test file took when it last ran here. */
  times(): Promise<ReadonlyMap<string, number>>;
  keepTimes(times: ReadonlyMap<string, number>): Promise<void>;
  /** What test files ran through when they were last measured, here or by another runner. */
  ran(): Promise<readonly RanRecord[]>;
  /** Adds to what was kept; newer records of a test take the place of older ones. */
  keepRan(records: readonly RanRecord[]): Promise<void>;
  /** A whole answer, under everything it follows from. */
  answer<T>(question: string): Promise<T | undefined>;
  keepAnswer(question: string, answer: unknown): Promise<void>;
}

const nothing = (): Promise<undefined> => Promise.resolve(undefined);

/** Where nothing is remembered. */
export const noCodeMemory: CodeMemory = { facts: () => Promise.resolve(new Map()), keepFacts: nothing, times: () => Promise.resolve(new Map()), keepTimes: nothing, ran: () => Promise.resolve([]), keepRan: nothing, answer: nothing, keepAnswer: nothing };
