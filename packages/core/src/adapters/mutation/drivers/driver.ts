import type { Bench } from "#evidence";
import type { Job, JobTests, Starting } from "../session.ts";

/** Knows how one runner's own process is made to try mutants. */
export interface Driver {
  /** The package it comes from; undefined when it is part of Node. */
  readonly package?: string;
  /**
   * How what was not killed is looked at again. `handed`: the process stays and gives every test file a new worker. `anew`: a new process takes all of
   * them, one after the other. `alone`: one process each.
   */
  readonly again: "handed" | "anew" | "alone";
  start(bench: Bench, folder: string, job: Job): Promise<Starting | { readonly unable: string }>;
}

/** `node` with the options the project's own script gives it. */
export const node = (bench: Bench, ...rest: readonly string[]): readonly string[] => [process.execPath, ...(bench.setup.start?.nodeOptions ?? []), ...rest];

/** Test files a later job is about, absolute. */
export const filesOf = (job: Job): readonly string[] => [...new Set(Object.values(job.tests ?? {}).flatMap((byFile: Readonly<Record<string, JobTests>>) => Object.keys(byFile)))].filter((file) => file !== "");
