/** The file that remembers proofs as they were approved. */
export const PROOF_LOCK = "proofline/proofs.lock";

/** One file a criterion's proof rests on, with the id of its content in Git. */
export interface LockedFile {
  /** `ST-cart#AC-1`. */
  readonly criterion: string;
  readonly file: string;
  /** A `proof` names the criterion, a `fixture` is what it uses, `runner` says how it is run. */
  readonly as: "proof" | "fixture" | "runner";
  readonly blob: string;
}

const LARGEST = 16 * 1024 * 1024;
const MOST = 100_000;

/** What a lock file says; lines that can't be read (a conflict's marks) are counted. One line a file and criterion, so that two branches that lock different criteria merge. */
export function readProofLock(text: string): { readonly locked: readonly LockedFile[]; readonly unread: number } {
  const lines = text.length > LARGEST ? [] : text.split("\n").filter((line) => line.trim() !== "").slice(0, MOST);
  const locked = lines.flatMap((line) => lineOf(line) ?? []);
  return { locked, unread: lines.length - locked.length + (text.length > LARGEST ? 1 : 0) };
}

function lineOf(line: string): LockedFile | undefined {
  try {
    const { criterion, file, as, blob } = JSON.parse(line.slice(0, 10_000)) as Readonly<Record<string, unknown>>;
    if (typeof criterion !== "string" || typeof file !== "string" || typeof blob !== "string" || !/^[0-9a-f]{40,64}$/.test(blob)) return undefined;
    return as === "proof" || as === "fixture" || as === "runner" ? { criterion, file, as, blob } : undefined;
  } catch {
    return undefined;
  }
}

/** The lock's text: one JSON object a line, sorted by criterion and file. The same lines, the same text. */
export function renderProofLock(locked: readonly LockedFile[]): string {
  const lines = new Map(locked.map(({ criterion, file, as, blob }) => [`${criterion}\0${file}`, JSON.stringify({ criterion, file, as, blob })]));
  return [...lines].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, line]) => `${line}\n`).join("");
}

/** The lock with the lines of some criteria replaced by fresh ones. */
export const relocked = (locked: readonly LockedFile[], criteria: ReadonlySet<string>, fresh: readonly LockedFile[]): readonly LockedFile[] => [...locked.filter(({ criterion }) => !criteria.has(criterion)), ...fresh];
