/** Bad input or usage is 2, "could not be answered" is 3, our own bug is 70. */
export type ErrorExit = 2 | 3 | 70;

/** An error as data: text, JSON, HTTP and the docs page are projections of it. */
export interface ErrorDefinition<P> {
  /** `area/slug`. Permanent: people search for it. Retire, never rename. */
  readonly code: `${string}/${string}`;
  readonly title: string;
  /** What happened and where, in one or two sentences. */
  readonly message: (about: P) => string;
  /** What to do about it, in the imperative. */
  readonly fix: (about: P) => string;
  readonly exit: ErrorExit;
}

/** The only error Proofline throws on purpose. */
export class ProoflineError extends Error {
  override readonly name = "ProoflineError";

  constructor(
    readonly code: string,
    readonly title: string,
    message: string,
    readonly fix: string,
    readonly exit: ErrorExit,
    cause?: unknown,
  ) {
    super(message, cause === undefined ? undefined : { cause });
  }
}

/** Makes an error from its definition; `raise.definition` feeds the generated reference page. */
export function defineError<P = void>(definition: ErrorDefinition<P>) {
  const raise = (about: P, cause?: unknown): ProoflineError =>
    new ProoflineError(definition.code, definition.title, definition.message(about), definition.fix(about), definition.exit, cause);
  return Object.assign(raise, { definition });
}

/** True for errors Proofline raised on purpose, optionally with this code. */
export function isProoflineError(error: unknown, code?: string): error is ProoflineError {
  return error instanceof ProoflineError && (code === undefined || error.code === code);
}
