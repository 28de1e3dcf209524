import type { Claim } from "../assertions/claim.ts";
import type { FunctionSyntax, Syntax, SyntaxTree } from "../syntax.ts";

/** A function that tests may call, and the file it stands in. */
export interface Callee {
  readonly file: string;
  readonly text: string;
  readonly function: FunctionSyntax;
}

/** What the reading of a body has to know of its file. */
export interface Reading {
  readonly file: string;
  readonly tree: SyntaxTree;
  /** What an expression insists on. `handles` are the names that carry assertion methods here. */
  claims(node: Syntax, handles: ReadonlySet<string>): readonly Claim[];
  /** The function a name stands for, in this file or in a helper file that was read. */
  callee(name: string): Callee | undefined;
  /** Canonical text of the value a name of the file was set to; undefined when it is no plain expression. */
  value(name: string): string | undefined;
  /** The value a name of the file stands for, where it is written down and set once. */
  constant(name: string): Syntax | undefined;
  /** True for calls that declare a test, a suite or a hook: their inside is read on its own. */
  declares(node: Syntax): boolean;
}
