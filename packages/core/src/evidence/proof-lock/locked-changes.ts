import type { LockedFile } from "./proof-lock.ts";

/** A locked file that a change touches. */
export interface LockedChange {
  readonly file: string;
  readonly as: LockedFile["as"];
  /** Criteria it is locked for. */
  readonly criteria: readonly string[];
  /**
   * `implementing`: the same change touches code as well. `unapproved`: only proofs change, and the lock was not renewed. `unlocked`: it stays as it was, but its line was
   * taken out of the lock.
   */
  readonly how: "implementing" | "unapproved" | "unlocked";
  readonly gone: boolean;
}

export interface LockQuestion {
  /** The lock on the target branch, and as the change has it. */
  readonly before: readonly LockedFile[];
  readonly after: readonly LockedFile[];
  /** Content of a path where the change begins, and on its head; undefined where there is none. */
  blobBefore(path: string): string | undefined;
  blobAfter(path: string): string | undefined;
  /** True where the change touches code that is no test. */
  readonly implements: boolean;
  /** Criteria that the change itself takes out of force or away: nobody has to keep their proofs. */
  readonly released: ReadonlySet<string>;
}

/**
 * What a change does to locked proofs. One that only works on proofs and approves them anew (`proofs.lock` says what they are now) does nothing wrong; one that also
 * implements must leave them as they were approved. A file that others changed before is not this change's doing. A line that goes while nothing behind its criterion changes
 * is told whatever else the change does: else a lock emptied today protects nothing tomorrow.
 */
export function lockedChanges({ before, after, blobBefore, blobAfter, implements: implementing, released }: LockQuestion): readonly LockedChange[] {
  const now = new Map(after.map((line) => [`${line.criterion}\0${line.file}`, line.blob]));
  const moved = new Set(before.filter(({ file }) => blobBefore(file) !== blobAfter(file)).map(({ criterion }) => criterion));
  const found = new Map<string, { readonly line: LockedFile; readonly criteria: string[]; readonly how: LockedChange["how"] }>();
  for (const line of before) {
    if (released.has(line.criterion)) continue;
    const how = howOf(line, { renewed: now.get(`${line.criterion}\0${line.file}`), was: blobBefore(line.file), is: blobAfter(line.file), implementing, reworked: moved.has(line.criterion) });
    if (how === undefined) continue;
    const known = found.get(line.file);
    if (known) known.criteria.push(line.criterion);
    else found.set(line.file, { line, criteria: [line.criterion], how });
  }
  return [...found.values()].map(({ line: { file, as }, criteria, how }) => ({ file, as, criteria, how, gone: blobAfter(file) === undefined }));
}

interface LineFacts {
  readonly renewed: string | undefined;
  readonly was: string | undefined;
  readonly is: string | undefined;
  readonly implementing: boolean;
  /** True where something locked for the same criterion changes: what it uses may be other files then. */
  readonly reworked: boolean;
}

function howOf(line: LockedFile, { renewed, was, is, implementing, reworked }: LineFacts): LockedChange["how"] | undefined {
  if (was !== is) {
    if (implementing) return "implementing";
    // A file that is gone is released by taking its line out; another version by the line that names it.
    return renewed === is ? undefined : "unapproved";
  }
  if (line.blob !== is || renewed === line.blob) return undefined;
  return implementing || (renewed === undefined && (line.as === "proof" || !reworked)) ? "unlocked" : undefined;
}
