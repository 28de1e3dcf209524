/** A source file a test file ran through, at one exact content. */
export interface RanFile {
  readonly path: string;
  /** Names of its functions that ran; empty where it was loaded and no named function of it ran. */
  readonly functions: readonly string[];
}

/** What ran while one test file did, as the runner saw it. */
export interface RanThrough {
  /** Repository path of the test file. */
  readonly test: string;
  readonly files: readonly RanFile[];
}

/** The same, bound to contents, so that it can be kept: it holds as long as they are the same. */
export interface RanRecord {
  readonly test: string;
  /** Blob id of the test file. */
  readonly blob: string;
  readonly files: readonly (RanFile & { readonly blob: string })[];
}

/** Files of all records together; tests beyond are not kept, and count as never measured. */
export const MOST_RAN_FILES = 300_000;
/** Names kept of one file: more are cut off, and the file then counts as one whose functions are not known. */
export const MOST_FUNCTIONS = 400;

/** Binds what was seen to the contents of the tree it was seen in. What the tree does not hold (built, generated) is left out. */
export function recordsOf(seen: readonly RanThrough[], blobs: ReadonlyMap<string, string>): readonly RanRecord[] {
  return seen.flatMap(({ test, files }) => {
    const blob = blobs.get(test);
    if (blob === undefined) return [];
    const own = files.flatMap((file) => {
      const at = blobs.get(file.path);
      return at === undefined || file.path === test ? [] : [{ path: file.path, blob: at, functions: file.functions.length > MOST_FUNCTIONS ? [TOO_MANY] : file.functions }];
    });
    return own.length === 0 ? [] : [{ test, blob, files: own }];
  });
}

/** Stands for names that were too many to keep. */
export const TOO_MANY = "*";

/** Newer records take the place of older ones of the same test; what is beyond the bound is let go, oldest first. */
export function mergeRan(before: readonly RanRecord[], fresh: readonly RanRecord[]): readonly RanRecord[] {
  const renewed = new Set(fresh.map(({ test }) => test));
  const all = [...fresh, ...before.filter(({ test }) => !renewed.has(test))];
  let room = MOST_RAN_FILES;
  return all.filter(({ files }) => (room -= files.length) >= 0);
}
