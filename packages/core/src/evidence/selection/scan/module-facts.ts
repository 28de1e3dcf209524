/** How a file names another one. `type` is gone when the code runs; `mock` also stands for what a test replaces; `resolve` asks only where a file is. */
export type ImportKind = "static" | "type" | "dynamic" | "require" | "mock" | "resolve";

/** A URL pattern that this file handles, as written. */
export interface RouteNamed {
  /** `GET`, … or `ANY`. */
  readonly method: string;
  readonly path: string;
}

/** What one file says of others, read from its text alone: the same blob always gives the same facts, so they are kept by blob id. */
export interface ModuleFacts {
  readonly imports: readonly (readonly [specifier: string, kind: ImportKind])[];
  /** Starts of names that are completed when the code runs: `./locale/` of `import("./locale/" + name)`, or of a glob. */
  readonly prefixes: readonly string[];
  /** Texts that look like paths: read, started or joined when the code runs. */
  readonly names: readonly string[];
  readonly routes: readonly RouteNamed[];
  /** Loads something whose name nobody knows before it runs. */
  readonly opaque: boolean;
  /** Starts other processes. */
  readonly spawns: boolean;
  /** Writes down tests, and does not only help them. */
  readonly tests: boolean;
}

/** What a file without code says. */
export const NO_FACTS: ModuleFacts = { imports: [], prefixes: [], names: [], routes: [], opaque: false, spawns: false, tests: false };

/** Texts that may be paths, for one file: more are a table and no code. */
export const MOST_NAMES = 300;
