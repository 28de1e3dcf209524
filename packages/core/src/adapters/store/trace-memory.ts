import { join } from "node:path";
import { neverStarted, type ProofLink, type TestCase, type TestRun } from "#evidence";
import type { LinkMemory, OutcomeMemory, ReadStory } from "#operations";
import { keptAs, sealedFiles, type SealedFiles } from "./sealed-files.ts";

/** Runs of one tree that are kept; the newest first. */
const MOST_RUNS = 6;

export interface TraceMemoryOptions {
  /** Top of the checkout, or the folder of a bare repository, where nothing is kept. */
  readonly root: string;
  readonly bare: boolean;
  /** File of this person's own secret. */
  readonly keyFile: string;
  /** What tells this program from every other build of it; without it no link is kept. */
  readonly build?: string | undefined;
}

/** What is kept for traces of a checkout. */
export function traceMemory({ root, bare, keyFile, build }: TraceMemoryOptions): { readonly links: LinkMemory; readonly outcomes: OutcomeMemory } {
  if (bare) return { links: NO_LINKS, outcomes: { outcomes: () => Promise.resolve([]), keepOutcomes: () => Promise.resolve() } };
  const files = sealedFiles({ folder: join(root, ".proofline", "cache", "trace"), keyFile, most: 40, largest: 64_000_000 });
  return { links: build === undefined ? NO_LINKS : linkMemory(files, build), outcomes: outcomeMemory(files) };
}

const NO_LINKS: LinkMemory = { links: () => Promise.resolve(new Map()), keepLinks: () => Promise.resolve(), stories: () => Promise.resolve(new Map()), keepStories: () => Promise.resolve() };

/** Links of test files and stories by blob, kept for the build of the program that read them. */
function linkMemory(files: SealedFiles, build: string): LinkMemory {
  const links = keptMap<readonly ProofLink[]>(files, `links of ${build}`);
  const stories = keptMap<ReadStory>(files, `stories of ${build}`);
  return { links: links.read, keepLinks: links.keep, stories: stories.read, keepStories: stories.keep };
}

/** A map that is read from disk once. */
function keptMap<T>(files: SealedFiles, name: string): { read(): Promise<ReadonlyMap<string, T>>; keep(values: ReadonlyMap<string, T>): Promise<void> } {
  let known: Promise<ReadonlyMap<string, T>> | undefined;
  return {
    read: () => (known ??= keptAs<Record<string, T>>(files, name).then((kept) => new Map(Object.entries(kept ?? {})))),
    keep: (values) => {
      known = Promise.resolve(values);
      return files.write(name, JSON.stringify(Object.fromEntries(values)));
    },
  };
}

/** What tests of a tree did. What was handed in is not kept: whoever has the report hands it in again. */
function outcomeMemory(files: SealedFiles): OutcomeMemory {
  const nameOf = (tree: string): string => `outcomes of ${tree}`;
  const outcomes = async (tree: string): Promise<readonly TestRun[]> => (await keptAs<readonly TestRun[]>(files, nameOf(tree))) ?? [];
  return {
    outcomes,
    keepOutcomes: async (tree, runs) => {
      const fresh = runs.filter((run) => run.source === "ran" && !neverStarted(run) && run.cases.length + run.unloaded.length > 0).map(lean);
      if (fresh.length === 0) return;
      const before = (await outcomes(tree)).filter(({ digest }) => !fresh.some((run) => run.digest === digest));
      await files.write(nameOf(tree), JSON.stringify([...fresh, ...before].slice(0, MOST_RUNS)));
    },
  };
}

/** Tags that say which journey a test walks. */
function journeyTags(labels: TestCase["labels"]): Pick<TestCase, "labels"> {
  const tags = labels?.filter((label) => label.startsWith("@JN-")) ?? [];
  return tags.length > 0 ? { labels: tags } : {};
}

/** Identities and outcomes: places and durations say nothing of a promise. */
function lean({ kind, source, subject, digest, origin, tool, complete, cases, unloaded }: TestRun): TestRun {
  return {
    kind,
    source,
    subject,
    digest,
    origin,
    tool,
    complete,
    cases: cases.map(({ id, outcome, failure, retries, labels }): TestCase => ({ id, outcome, ...journeyTags(labels), ...(failure && { failure: { kind: failure.kind, message: failure.message.slice(0, 300) } }), ...(retries !== undefined && { retries }) })),
    unloaded: unloaded.map(({ file, failure }) => ({ file, failure: { kind: failure.kind, message: failure.message.slice(0, 300) } })),
  };
}
