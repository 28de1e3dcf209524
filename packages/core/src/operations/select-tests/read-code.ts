import type { Repository, TreeEntry } from "#change";
import { isFollowed, isSettings, mapCode, NO_FACTS, scanModule, type CodeMap, type ModuleFacts, type SourceText } from "#evidence";
import type { CodeMemory } from "../ports/code-memory.ts";

export interface CodePorts {
  readonly repository: Pick<Repository, "listFiles" | "readBlobs">;
  readonly code: CodeMemory;
}

/** Above this many files of code nobody follows imports: the repository is asked in parts. */
export const MOST_FILES = 60_000;
/** Blobs read at a time: what is held in memory does not grow with the repository. */
const AT_A_TIME = 2000;
const MANIFEST = /(?:^|\/)package\.json$/;

/** What the code of a tree says of itself, with its entries; `tooMany` where it is too large to be followed. */
export interface CodeRead {
  readonly map: CodeMap;
  readonly blobs: ReadonlyMap<string, string>;
  readonly tooMany?: number;
}

/** Reads who uses whom in a tree. Only blobs that were never seen are read; their facts are kept by blob id. */
export async function readCode(tree: string, { repository, code }: CodePorts): Promise<CodeRead> {
  const entries = (await repository.listFiles(tree)).filter((entry) => entry.mode.startsWith("100") && !/(?:^|\/)node_modules\//.test(entry.path));
  const blobs = new Map(entries.map(({ path, blob }) => [path, blob]));
  const followed = entries.filter(({ path }) => isFollowed(path));
  const tooMany = followed.length > MOST_FILES;
  const [facts, texts] = await Promise.all([tooMany ? new Map<string, ModuleFacts>() : factsOf(followed, { repository, code }), repository.readBlobs(entries.filter(({ path }) => MANIFEST.test(path) || isSettings(path)).map(({ blob }) => blob))]);
  const textsOf = (wanted: (path: string) => boolean): SourceText[] =>
    entries.flatMap(({ path, blob }) => {
      const text = wanted(path) ? texts.get(blob)?.text : undefined;
      return text === undefined ? [] : [{ path, text }];
    });
  const map = mapCode({ paths: [...blobs.keys()], manifests: textsOf((path) => MANIFEST.test(path)), settings: textsOf(isSettings), facts });
  return { map, blobs, ...(tooMany && { tooMany: followed.length }) };
}

async function factsOf(entries: readonly TreeEntry[], { repository, code }: CodePorts): Promise<ReadonlyMap<string, ModuleFacts>> {
  const known = await code.facts();
  const unknown = entries.filter((entry) => !known.has(keyOf(entry)));
  const fresh = new Map<string, ModuleFacts>();
  for (let at = 0; at < unknown.length; at += AT_A_TIME) {
    const part = unknown.slice(at, at + AT_A_TIME);
    const texts = await repository.readBlobs(part.map(({ blob }) => blob));
    for (const entry of part) {
      const text = texts.get(entry.blob)?.text;
      fresh.set(keyOf(entry), text === undefined ? NO_FACTS : scanModule(entry.path, text));
    }
  }
  if (fresh.size > 0) await code.keepFacts(worthKeeping(entries, known, fresh));
  return new Map(entries.map((entry) => [entry.path, known.get(keyOf(entry)) ?? fresh.get(keyOf(entry)) ?? NO_FACTS]));
}

/** This tree's, and as many others of late: a base and a head are often asked in turn. */
function worthKeeping(entries: readonly TreeEntry[], known: ReadonlyMap<string, ModuleFacts>, fresh: ReadonlyMap<string, ModuleFacts>): ReadonlyMap<string, ModuleFacts> {
  const all = new Map([...known, ...fresh]);
  if (all.size <= 2 * entries.length + 1000) return all;
  return new Map(entries.flatMap((entry) => [[keyOf(entry), all.get(keyOf(entry)) ?? NO_FACTS] as const]));
}

/** The same text means something else in another kind of file. */
const keyOf = ({ path, blob }: Pick<TreeEntry, "path" | "blob">): string => blob + (/\.(?:vue|svelte|astro)$/.test(path) ? "c" : path.endsWith(".py") ? "p" : "");
