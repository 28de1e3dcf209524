/** Files that must outlive a runner, by name: `ledger.jsonl`, `flakes.json`, `coverage/…`. */
export type StateFiles = ReadonlyMap<string, Uint8Array>;

/** State as it was found. */
export interface LoadedState {
  readonly files: StateFiles;
  /** Principal whose key signed it; absent when it is not signed: then it is only `reported`. */
  readonly signedBy?: string;
  /** Commit id of the state itself, or the digest of the artifact: what a later save compares with. */
  readonly version: string;
}

/**
 * Keeps state between runs. Implemented by adapters/state.
 * `save` hands the newest state, and who signed it, to `merge` and stores what comes back only if nobody was faster; otherwise it asks
 * again.
 */
export interface TravellingState {
  load(): Promise<LoadedState | undefined>;
  save(merge: (newest: StateFiles, signedBy?: string) => StateFiles | Promise<StateFiles>): Promise<LoadedState>;
}

/** Signs and checks the list of files that state consists of. Without a key it seals nothing and `signedBy` stays absent. */
export interface StateSealer {
  seal(manifest: object): Promise<string>;
  /** Raises when a signature is there and does not fit a key of the target branch. */
  open(sealed: string): Promise<{ readonly manifest: unknown; readonly signedBy?: string }>;
}
