import { diffLocks, isLockFile, readLockFile, type Change, type ChangedFile, type LockDiff, type LockFile } from "#change";
import type { Facts, FileRequest } from "../../check.ts";

/** A lock file this change touches, read on both sides and compared. */
export interface ChangedLock {
  readonly file: ChangedFile;
  readonly base: LockFile | undefined;
  readonly head: LockFile | undefined;
  readonly diff: LockDiff;
  /** True when the change adds another lock file in its folder, or takes the whole package away. */
  readonly replaced: boolean;
}

/** A lock file that could not be read, and why. */
export interface UnreadLock {
  readonly file: ChangedFile;
  readonly because: string;
  readonly fix: string;
}

const lockFilesOf = (change: Change): ChangedFile[] => change.files.filter((file) => isLockFile(file.path) || isLockFile(file.basePath ?? file.path));

/** Both sides of every lock file in the change. */
export const lockRequests = (change: Change): FileRequest[] =>
  lockFilesOf(change).flatMap((file) => [
    ...(file.status === "added" ? [] : [{ side: "base" as const, path: file.basePath ?? file.path }]),
    ...(file.status === "deleted" ? [] : [{ side: "head" as const, path: file.path }]),
  ]);

/** Reads and compares them. A side that can't be read makes the file unread: half a comparison would call everything new. */
export function readChangedLocks({ change, text }: Pick<Facts, "change" | "text">): { readonly locks: ChangedLock[]; readonly unread: UnreadLock[] } {
  const locks: ChangedLock[] = [];
  const unread: UnreadLock[] = [];
  for (const file of lockFilesOf(change)) {
    const base = file.status === "added" ? undefined : sideOf(file.basePath ?? file.path, text("base", file.basePath ?? file.path));
    const head = file.status === "deleted" ? undefined : sideOf(file.path, text("head", file.path));
    const failed = [head, base].find((side) => side?.ok === false);
    if (failed?.ok === false) unread.push({ file, because: failed.because, fix: failed.fix });
    else {
      const [before, after] = [base?.ok ? base.lock : undefined, head?.ok ? head.lock : undefined];
      locks.push({ file, base: before, head: after, diff: diffLocks(before, after), replaced: isReplaced(file, change) });
    }
  }
  return { locks, unread };
}

const sideOf = (path: string, text: string | undefined): ReturnType<typeof readLockFile> =>
  text === undefined ? { ok: false, because: `${path} could not be read: it is too large or not text.`, fix: "Regenerate it with the package manager." } : readLockFile(path, text);

function isReplaced(file: ChangedFile, change: Change): boolean {
  const folderOf = (path: string): string => path.slice(0, path.lastIndexOf("/") + 1);
  return change.files.some((other) => other !== file && folderOf(other.path) === folderOf(file.path) && (isLockFile(other.path) ? other.status === "added" : other.status === "deleted" && /(?:^|\/)(?:package\.json|composer\.json|Cargo\.toml|pyproject\.toml|Pipfile|Gemfile)$/.test(other.path)));
}
