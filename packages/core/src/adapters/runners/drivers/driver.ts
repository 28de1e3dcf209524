import type { TestFailure, TestStart } from "#evidence";
import type { Tool } from "../find-tool.ts";
import type { LaunchResult } from "../launch.ts";

/** What a driver turns into command lines. */
export interface DriverRequest {
  readonly start: TestStart;
  /** The package folder, absolute. */
  readonly cwd: string;
  /** Absolute paths of the chosen test files; undefined for the whole suite. */
  readonly selected: readonly string[] | undefined;
  /** Absolute path of our reporter. */
  readonly reporter: string;
  readonly tool: Tool | undefined;
  /** The tree's folder, absolute, and every tracked path in it. */
  readonly root: string;
  readonly files: readonly string[];
  /** Turns files, folders and globs of a test script into absolute paths of tracked files. */
  expand(patterns: readonly string[], extensions: readonly string[]): readonly string[];
  /** Folder for the runner's own caches, outside of the tree. */
  readonly cacheFolder: string;
  /** Set when coverage is wanted: the folder its own reporter shall write lcov to. */
  readonly coverageFolder?: string;
  /** True when traces, screenshots and videos are wanted, where the runner makes them. */
  readonly attachments?: boolean;
  /** Set when it shall be told apart what each test file ran through: by a provider of ours, or by what the reporter writes there. */
  readonly trace?: { readonly folder: string; readonly provider?: string };
}

/** One process to start. */
export interface Invocation {
  readonly argv: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Files a reporter shall keep to, handed over in a file. */
  readonly selected?: readonly string[];
  /** It may wait for ever on something a test left open, without a word that it is done: long silence after its first test ends it. */
  readonly mayHang?: boolean;
}

/** Knows how one runner is started with our reporter and the project's own settings. */
export interface Driver {
  /** The package it comes from; undefined when it is part of Node. */
  readonly package?: string;
  /** The first version that takes a reporter of ours; an older one would wait for ever or say nothing. */
  readonly since?: string;
  /** Why it can't be started here though it is installed. */
  unable?(found: { readonly tool: Tool | undefined }): TestFailure | undefined;
  invocations(request: DriverRequest): readonly Invocation[];
  /** Another way to start, where the first one ended before any test for want of something that is not needed, or fell silent. */
  again?(first: Invocation, result: LaunchResult): Invocation | undefined;
}

/** `node` with the options the project's own script gives it. */
export function node(request: DriverRequest, ...rest: readonly string[]): readonly string[] {
  return [process.execPath, ...(request.start.nodeOptions ?? []), ...rest];
}
