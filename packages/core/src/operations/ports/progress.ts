/** Where long waits are told. A surface shows it; nothing depends on it. */
export interface ProgressSink {
  /** A short line such as `vitest: 12 of 41 files`, replacing the one before. */
  says(line: string): void;
  /** Clears what is shown. */
  done(): void;
}

/** For callers that show nothing. */
export const silentProgress: ProgressSink = { says: () => {}, done: () => {} };
