/** Files of the user's checkout that Proofline may write: only what a command says it writes, never through a symlink out of it. */
export interface CheckoutFiles {
  /** Text of a file, undefined when there is none. Paths are relative to the root. */
  read(path: string): Promise<string | undefined>;
  /** Writes a file whole or not at all; folders are made. */
  write(path: string, text: string): Promise<void>;
  /** Adds one line to the end of a file, durably; folders are made. */
  append(path: string, line: string): Promise<void>;
  /** Removes a file, and the folders above it that became empty. */
  remove(path: string): Promise<void>;
}
