import { withoutCredentials } from "#kernel";
import type { Change } from "#change";
import type { SourceLinks, StoryFacts } from "#evidence";
import { CONFIG_FILES } from "#intent";
import { allChecks } from "#checks";
import { loadConfig } from "../config/load-config.ts";
import { findLinks } from "./find-links.ts";
import { storiesAt } from "./stories-at.ts";
import type { LinkMemory, SiblingRepository, SiblingSource, TraceReaders } from "./trace-ports.ts";
import { nameOf } from "./workspace.ts";

/** What other repositories of the product add to a trace: where the stories stand, and whose tests prove them. */
export interface Elsewhere {
  /** Stories of the repository they stand in, where that is another; absent where they stand here, or can't be read. */
  readonly stories?: readonly StoryFacts[];
  readonly sources: readonly SourceLinks[];
  readonly repositories: readonly { readonly name: string; readonly commit: string; readonly stories: boolean }[];
  /** Repositories that could not be read, and why: nothing is known of their tests. */
  readonly unread: readonly { readonly name: string; readonly because: string; readonly stories: boolean }[];
}

export const NOWHERE_ELSE: Elsewhere = { sources: [], repositories: [], unread: [] };

export interface ElsewherePorts {
  readonly siblings: SiblingSource;
  readonly links: LinkMemory;
}

interface Member {
  readonly name: string;
  readonly at: string;
}

/** Reads the tests of the repositories a workspace names. */
export const readMembers = (members: readonly Member[], readers: TraceReaders, ports: ElsewherePorts): Promise<Elsewhere> => joined(members.map((member) => () => readMember(member, readers, ports)));

/**
 * Reads the repository the stories stand in and, where `others` is asked for, those whose tests prove them by its own configuration. The repository that is judged is
 * among those: it is known by its commit or its name, and left out, since its own side is read from the change.
 */
export async function readHome(at: string, change: Pick<Change, "base" | "head" | "mergeBase">, own: string | undefined, readers: TraceReaders, ports: ElsewherePorts): Promise<Elsewhere & { others(): Promise<Elsewhere> }> {
  const home = { name: nameOf(at), at };
  let members: readonly Member[] = [];
  const read = await guarded(home, true, async (sibling) => {
    const found = await findLinks(sibling.tree, { repository: sibling.repository, memory: ports.links, ...readers });
    const { stories } = await storiesAt(found.entries, { repository: sibling.repository, memory: ports.links, ...readers });
    members = await membersOf(sibling, found.entries, at);
    return { ...sourceOf(home.name, true, sibling, found.entries, found.links, readers), stories };
  }, ports);
  const isSelf = (commit: string, name: string | undefined): boolean => [change.base, change.head, change.mergeBase].includes(commit) || (name !== undefined && name === own);
  return { ...read, others: () => joined(members.map((member) => () => readMember(member, readers, ports, isSelf))) };
}

async function readMember(member: Member, readers: TraceReaders, ports: ElsewherePorts, isSelf: (commit: string, name: string | undefined) => boolean = () => false): Promise<Elsewhere> {
  return guarded(member, false, async (sibling) => {
    const { links, entries } = await findLinks(sibling.tree, { repository: sibling.repository, memory: ports.links, ...readers });
    return isSelf(sibling.commit, await packageName(sibling, entries)) ? NOWHERE_ELSE : sourceOf(member.name, false, sibling, entries, links, readers);
  }, ports);
}

type Entries = Awaited<ReturnType<typeof findLinks>>["entries"];

function sourceOf(name: string, home: boolean, { commit }: SiblingRepository, entries: Entries, links: SourceLinks["links"], { trace }: TraceReaders): Elsewhere {
  return { sources: [{ name, here: false, home, links, paths: new Set(entries.map(({ path }) => path)), results: trace.indexResults([]) }], repositories: [{ name, commit, stories: home }], unread: [] };
}

/** What can't be opened is told and does not end a verdict: the change is still judged by what is at hand. */
async function guarded({ name, at }: Member, stories: boolean, read: (sibling: SiblingRepository) => Promise<Elsewhere>, { siblings }: ElsewherePorts): Promise<Elsewhere> {
  let sibling: SiblingRepository;
  try {
    sibling = await siblings.open(at);
  } catch (error) {
    return { ...NOWHERE_ELSE, unread: [{ name, stories, because: withoutCredentials((error instanceof Error ? error.message : String(error)).split("\n")[0] ?? "").slice(0, 300) }] };
  }
  return read(sibling).finally(() => sibling.close());
}

/** One after the other: each holds processes while it is open. */
async function joined(reads: readonly (() => Promise<Elsewhere>)[]): Promise<Elsewhere> {
  const all: Elsewhere[] = [];
  for (const read of reads) all.push(await read());
  return { sources: all.flatMap(({ sources }) => sources), repositories: all.flatMap(({ repositories }) => repositories), unread: all.flatMap(({ unread }) => unread) };
}

/** Members by the story repository's own configuration; its paths start at it. */
async function membersOf({ repository }: SiblingRepository, entries: Entries, at: string): Promise<readonly Member[]> {
  const entry = entries.find(({ path }) => (CONFIG_FILES as readonly string[]).includes(path));
  const text = entry === undefined ? undefined : (await repository.readBlobs([entry.blob])).get(entry.blob)?.text;
  if (entry === undefined || text === undefined) return [];
  const config = await loadConfig({ file: entry.path, text }, { checks: allChecks }).catch(() => undefined);
  const isAddress = (where: string): boolean => /^[\w+.-]+:\/\/|^[\w.-]+@?[\w.-]*:|^\//.test(where);
  // A path of theirs is one from here only where they stand at a path themselves.
  return (config?.workspace?.repositories ?? []).flatMap(({ name, at: where }) => (isAddress(where) ? [{ name, at: where }] : isAddress(at) && !at.startsWith("/") ? [] : [{ name, at: `${at.replace(/\/$/, "")}/${where}` }]));
}

/** What a repository calls itself. */
export async function packageName({ repository }: Pick<SiblingRepository, "repository">, entries: Entries): Promise<string | undefined> {
  const manifest = entries.find(({ path }) => path === "package.json");
  const text = manifest === undefined ? undefined : (await repository.readBlobs([manifest.blob])).get(manifest.blob)?.text;
  return /"name"\s{0,5}:\s{0,5}"([@\w./-]{1,100})"/.exec((text ?? "").slice(0, 20_000))?.[1];
}
