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
 * `save` hands the newest state to `merge` and stores what comes back only if nobody was faster; otherwise it asks again.
 */
export interface TravellingState {
  load(): Promise<LoadedState | undefined>;
  save(merge: (newest: StateFiles) => StateFiles | Promise<StateFiles>): Promise<LoadedState>;
}
