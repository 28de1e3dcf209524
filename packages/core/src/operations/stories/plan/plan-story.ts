import { nearest, withoutCredentials } from "#kernel";
import { allChecks } from "#checks";
import { CONFIG_FILES, isStoryFile, technicalSpecFile, technicalSpecLibrary, type Story, type StoryProblem, type TechnicalSpec } from "#intent";
import type { ChangeRequest, ResolvedChange } from "#change";
import type { ProofLink, SourceLinks, TracedStory } from "#evidence";
import { configTextIn } from "../../assess-change/read-rules.ts";
import { loadConfig } from "../../config/load-config.ts";
import type { CheckoutFiles } from "../../ports/checkout-files.ts";
import { noCodeMemory, type CodeMemory } from "../../ports/code-memory.ts";
import { storyUnknown, storyUnreadable } from "../errors.ts";
import { findLinks, type TreeLinks } from "../find-links.ts";
import { packageName } from "../elsewhere.ts";
import { storiesAt } from "../stories-at.ts";
import { resolveTree } from "../trace-stories.ts";
import type { TracePorts } from "../trace-ports.ts";
import { closeOthers, openOthers, type Other } from "../workspace.ts";
import { draftSpec } from "./draft-spec.ts";
import { factsOf, type Asked, type RepositoryFacts } from "./facts.ts";
import { partsOf } from "./parts.ts";
import { matchTargets, targetsFor } from "./targets.ts";

export interface PlanInput {
  /** An id as people type it. */
  readonly story: string;
  readonly head?: ChangeRequest["head"];
  /** Write the files; else say what would be written. */
  readonly write: boolean;
}

/** One repository's technical spec, and what became of its file. */
export interface PlannedSpec {
  readonly file: string;
  /** `would-…` where nothing was to be written. */
  readonly state: "written" | "updated" | "unchanged" | "would-write" | "would-update";
  /** Parts of the file that somebody edited: they stay. */
  readonly kept: readonly string[];
  readonly spec: TechnicalSpec;
}

/** What every repository of the product owes a story. */
export interface PlanReport {
  readonly schema: "proofline/technical-specs/1";
  readonly story: { readonly id: string; readonly title: string; readonly file: string };
  readonly repositories: readonly { readonly name: string; readonly at: string; readonly commit?: string; readonly notes: readonly string[] }[];
  readonly specs: readonly PlannedSpec[];
  readonly unaffected: readonly { readonly repository: string; readonly because: string }[];
  readonly problems: readonly StoryProblem[];
}

export interface PlanPorts extends TracePorts {
  readonly checkout: CheckoutFiles;
  readonly code?: CodeMemory;
}

/** Drafts a technical spec for every repository a story concerns. Reads trees, runs nothing, and writes only files of its own folder, where told to. */
export const planStory =
  (ports: PlanPorts) =>
  async (input: PlanInput): Promise<PlanReport> => {
    const { repository, progress } = ports;
    const resolved = await resolveTree(input, ports);
    const config = await loadConfig(configTextIn(await repository.readFiles(resolved.headTree, [...CONFIG_FILES])), { checks: allChecks, ...(ports.policySource && { source: ports.policySource }) });
    progress.says("reading the repositories of the workspace");
    const others = await openOthers(config.workspace, ports.siblings);
    try {
      const members = await membersOf(resolved, others, ports);
      const about = await storyAsked(input.story, members, ports);
      const { facts, unaffected } = await readAffected(about.story, members, ports);
      const specs: PlannedSpec[] = [];
      for (const one of facts) specs.push(await fileOf(draftSpec(one, { story: about.story, traced: about.traced, all: facts, here: members[0].name }), input.write, ports.checkout));
      const repositories = members.map(({ name, at, commit, notes }) => ({ name, at: withoutCredentials(at), ...(commit !== undefined && { commit }), notes }));
      return { schema: "proofline/technical-specs/1", story: { id: about.story.id, title: about.story.title, file: about.story.file }, repositories, specs, unaffected, problems: about.problems };
    } finally {
      await closeOthers(others);
    }
  };

/** A repository of the workspace with its files and the links of its tests. */
interface Member extends Pick<Asked, "name" | "tree" | "repository" | "code"> {
  readonly at: string;
  readonly commit?: string;
  readonly notes: readonly string[];
  readonly home: boolean;
  readonly here: boolean;
  readonly found: TreeLinks;
}

/** This repository first. */
async function membersOf({ headTree: tree, headCommit: commit }: ResolvedChange, others: readonly Other[], ports: PlanPorts): Promise<readonly [Member, ...Member[]]> {
  const readers = await ports.readers();
  const found = await findLinks(tree, { repository: ports.repository, memory: ports.links, ...readers });
  const away = others.some(({ home }) => home);
  const here: Member = { name: await ownName(found, ports), at: ".", ...(commit !== undefined && { commit }), notes: [], home: !away, here: true, tree, repository: ports.repository, code: ports.code ?? noCodeMemory, found };
  const rest: Member[] = [];
  for (const { name, at, home, sibling } of others) rest.push({ name, at, commit: sibling.commit, notes: sibling.notes, home, here: false, tree: sibling.tree, repository: sibling.repository, code: noCodeMemory, found: await findLinks(sibling.tree, { repository: sibling.repository, memory: ports.links, ...readers }) });
  return [here, ...rest];
}

/** What the repository calls itself: the same in every clone of it, which the name of a folder is not. */
async function ownName({ entries }: TreeLinks, ports: Pick<PlanPorts, "repository">): Promise<string> {
  return (await packageName(ports, entries))?.split("/").at(-1) ?? "here";
}

/** The story itself, with its proofs in every repository. */
async function storyAsked(asked: string, members: readonly Member[], ports: PlanPorts): Promise<{ readonly story: Story; readonly traced: TracedStory | undefined; readonly problems: readonly StoryProblem[] }> {
  const readers = await ports.readers();
  const home = members.find((one) => one.home) as Member;
  const files = home.found.entries.filter(({ path }) => isStoryFile(path));
  const name = asked.replace(/#.*$/s, "").replace(/^\.\//, "");
  const ids = files.map(({ path }) => path.slice(path.lastIndexOf("/") + 1, -".md".length));
  const entry = files.find(({ path }, at) => path === name || [name, `ST-${name}`].some((one) => one.toLowerCase() === ids[at]?.toLowerCase()));
  const meant = entry === undefined ? nearest(name, ids) : undefined;
  if (entry === undefined) throw storyUnknown({ asked, known: files.length, ...(meant !== undefined && { meant }) });
  const text = (await home.repository.readBlobs([entry.blob])).get(entry.blob)?.text ?? "";
  const { story, problems } = readers.stories.readStory(entry.path, text, readers.yaml);
  if (story === undefined) throw storyUnreadable(problems[0] ?? { file: entry.path, line: 1, says: "It holds no story.", fix: "Begin it with front matter." });
  const { stories } = await storiesAt(home.found.entries, { repository: home.repository, memory: ports.links, ...readers });
  // A spec says which proofs there are; what they did on one commit is for a trace to say, and would change the file with every run.
  const sources = members.map((one): SourceLinks => ({ name: one.name, here: one.here, home: one.home, links: one.found.links, paths: new Set(one.found.entries.map(({ path }) => path)), results: readers.trace.indexResults([]) }));
  return { story, problems, traced: readers.trace.traceStories(stories, sources).stories.find(({ file }) => file === entry.path) };
}

/** Repositories the story concerns, read; and why each of the others is none. */
async function readAffected(story: Story, members: readonly Member[], ports: PlanPorts): Promise<{ readonly facts: readonly RepositoryFacts[]; readonly unaffected: PlanReport["unaffected"] }> {
  const { yaml } = await ports.readers();
  const names = members.map(({ name }) => name);
  // Seen from a code repository its own spec is drafted: the others' are drafted where the stories stand.
  const candidates = members[0]?.home === true ? members : members.filter(({ here }) => here);
  const facts: RepositoryFacts[] = [];
  const unaffected: { repository: string; because: string }[] = [];
  for (const member of candidates) {
    const matched = matchTargets(targetsFor(story.targets, member.name, names), member.found.entries.map(({ path }) => path));
    const links = member.found.links.filter(({ ref }) => ref.story === story.id);
    const because = whyAffected(story, member, matched.files, links, candidates.length === 1);
    if (because === undefined) unaffected.push({ repository: member.name, because: member.home && story.targets.length > 0 ? "the stories stand here, and no target names a file of it" : "no target of the story names a file of it, and none of its tests names the story" });
    else {
      ports.progress.says(`reading ${member.name}`);
      facts.push(await factsOf({ ...member, ...matched, because, keeps: matched.files.length + links.length > 0 || candidates.length === 1, yaml }));
    }
  }
  return { facts, unaffected };
}

function whyAffected(story: Story, { found }: Member, files: readonly string[], links: readonly ProofLink[], only: boolean): string | undefined {
  if (files.length > 0) return "files of it are targets of the story";
  if (links.length > 0) return "its tests name the story";
  const paths = found.entries.map(({ path }) => path);
  const parts = partsOf({ packages: new Set(), paths, routes: false, components: false, published: false });
  if (parts.includes("observability") && story.constraints.length + story.qualityGates.length > 0) return "the story states numbers, and what is measured is shown from here";
  return only ? "it is the only repository of the product" : undefined;
}

async function fileOf(spec: TechnicalSpec, write: boolean, checkout: CheckoutFiles): Promise<PlannedSpec> {
  const file = technicalSpecFile(spec.story, spec.repository);
  const before = await checkout.read(file);
  const { text, kept } = (await technicalSpecLibrary()).writeTechnicalSpec(spec, before);
  const same = before === text;
  if (write && !same) await checkout.write(file, text);
  return { file, state: same ? "unchanged" : before === undefined ? (write ? "written" : "would-write") : write ? "updated" : "would-update", kept, spec };
}
