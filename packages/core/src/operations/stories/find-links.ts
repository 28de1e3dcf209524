import { fileKind, type Repository, type TreeEntry } from "#change";
import type { ProofLink, TraceLibrary } from "#evidence";
import type { SyntaxReader } from "#change";
import type { LinkMemory } from "./trace-ports.ts";

/** Blobs read at a time: what is held in memory does not grow with the repository. */
const AT_A_TIME = 1_000;

export interface FindingPorts {
  readonly repository: Pick<Repository, "listFiles" | "readBlobs">;
  readonly memory: LinkMemory;
  readonly trace: TraceLibrary;
  readonly syntax: SyntaxReader;
}

/** What a tree's tests say they prove. */
export interface TreeLinks {
  readonly links: readonly ProofLink[];
  /** Every file of the tree. */
  readonly entries: readonly TreeEntry[];
  /** Files that may hold tests. */
  readonly testFiles: number;
}

/** Reads the links of every test file of a tree; only blobs that were never seen are read. */
export async function findLinks(tree: string, ports: FindingPorts): Promise<TreeLinks> {
  const entries = (await ports.repository.listFiles(tree)).filter(({ mode }) => mode.startsWith("100"));
  const tests = entries.filter(({ path }) => mayTest(path));
  const known = await ports.memory.links();
  const unknown = [...new Map(tests.filter((entry) => !known.has(keyOf(entry))).map((entry) => [keyOf(entry), entry])).values()];
  const fresh = new Map<string, readonly ProofLink[]>();
  for (let at = 0; at < unknown.length; at += AT_A_TIME) {
    const part = unknown.slice(at, at + AT_A_TIME);
    const texts = await ports.repository.readBlobs(part.map(({ blob }) => blob));
    for (const entry of part) fresh.set(keyOf(entry), await ports.trace.readLinks(entry.path, texts.get(entry.blob)?.text ?? "", ports.syntax));
  }
  if (fresh.size > 0) await ports.memory.keepLinks(worthKeeping(tests, known, fresh));
  const links = tests.flatMap((entry) => (known.get(keyOf(entry)) ?? fresh.get(keyOf(entry)) ?? []).map((link) => ({ ...link, file: entry.path })));
  return { links, entries, testFiles: tests.length };
}

/** Tests by their path; Rust has them beside the code. */
const mayTest = (path: string): boolean => path.endsWith(".rs") || fileKind(path) === "test";

/** The same text is read in another way under another extension. */
const keyOf = ({ path, blob }: Pick<TreeEntry, "path" | "blob">): string => `${blob}${/\.[A-Za-z0-9]{1,10}$/.exec(path)?.[0] ?? ""}`;

/** This tree's, and as many others of late: a base and a head are often asked in turn. */
function worthKeeping(tests: readonly TreeEntry[], known: ReadonlyMap<string, readonly ProofLink[]>, fresh: ReadonlyMap<string, readonly ProofLink[]>): ReadonlyMap<string, readonly ProofLink[]> {
  const all = new Map([...known, ...fresh]);
  if (all.size <= 2 * tests.length + 1_000) return all;
  return new Map(tests.map((entry) => [keyOf(entry), all.get(keyOf(entry)) ?? []] as const));
}
