import { isProoflineError, nearest, withoutCredentials } from "#kernel";
import type { ResolvedChange } from "#change";
import type { Flakes, SourceLinks, TestRun, TracedStory } from "#evidence";
import { CONFIG_FILES } from "#intent";
import { allChecks } from "#checks";
import { flakesIn } from "#ledger";
import { configTextIn } from "../assess-change/read-rules.ts";
import { resolveHead } from "../assess-change/resolve-head.ts";
import { loadConfig } from "../config/load-config.ts";
import type { LoadedConfig } from "../config/config.ts";
import { storyUnknown } from "./errors.ts";
import { findLinks, type TreeLinks } from "./find-links.ts";
import { resultsHere } from "./results-here.ts";
import { storiesAt } from "./stories-at.ts";
import type { TracePorts, TraceReaders } from "./trace-ports.ts";
import type { TracedRepository, TraceInput, TraceReport, TraceSource } from "./trace-report.ts";
import { closeOthers, openOthers, type Other } from "./workspace.ts";

/** Joins the stories of a workspace with the tests that prove them and with what those did on this very commit. */
export const traceStories =
  (ports: TracePorts) =>
  async (input: TraceInput): Promise<TraceReport> => {
    const { repository } = ports;
    const [resolved, readers] = await Promise.all([resolveTree(input, ports), ports.readers()]);
    const config = await loadConfig(configTextIn(await repository.readFiles(resolved.headTree, [...CONFIG_FILES])), { checks: allChecks, ...(ports.policySource && { source: ports.policySource }) });
    ports.progress.says("reading what tests say they prove");
    const found = await findLinks(resolved.headTree, { repository, memory: ports.links, ...readers });
    const others = await openOthers(config.workspace, ports.siblings);
    try {
      return await join({ input, resolved, readers, config, found, others }, ports);
    } finally {
      await closeOthers(others);
    }
  };

/** What is looked at, against nothing. Where there is no HEAD, the reason is told as everywhere. */
export async function resolveTree({ head }: Pick<TraceInput, "head">, { repository, ci }: Pick<TracePorts, "repository" | "ci">): Promise<ResolvedChange> {
  const wanted = head && { head };
  try {
    return await resolveHead({ base: "HEAD", ...wanted }, repository, ci);
  } catch (error) {
    if (head !== undefined || !isProoflineError(error) || error.code !== "git/unknown-revision") throw error;
    return resolveHead({}, repository, ci);
  }
}

interface Joining {
  readonly input: TraceInput;
  readonly resolved: ResolvedChange;
  readonly readers: TraceReaders;
  readonly config: LoadedConfig;
  readonly found: TreeLinks;
  readonly others: readonly Other[];
}

async function join(about: Joining, ports: TracePorts): Promise<TraceReport> {
  const { input, resolved, readers, found, others } = about;
  const master = others.find(({ home }) => home);
  const there = await Promise.all(others.map(async (other) => ({ ...other, found: await findLinks(other.sibling.tree, { repository: other.sibling.repository, memory: ports.links, ...readers }) })));
  const home = master ? there.find(({ home: isHome }) => isHome) : undefined;
  const { stories, problems } = await storiesAt((home?.found ?? found).entries, { repository: home?.sibling.repository ?? ports.repository, memory: ports.links, ...readers });
  const notes: string[] = [];
  const here = stories.length === 0 ? { runs: [], notes: [] } : await resultsHere({ ...about, files: filesNamed(found, stories) }, ports);
  const flakes = here.runs.length === 0 ? undefined : flakesIn((await ports.ledger.read()).records, new Date(ports.clock.now()).toISOString());
  const sources: SourceLinks[] = [sourceOf({ name: "here", here: true, home: home === undefined, found, runs: here.runs, ...(flakes && { flakes }) }, readers)];
  for (const other of there) sources.push(sourceOf({ name: other.name, here: false, home: other.home, found: other.found, runs: await other.sibling.outcomes.outcomes(other.sibling.tree) }, readers));
  const whole = readers.trace.traceStories(stories, sources);
  if (home) notes.push(`Stories stand in ${home.name}; of its promises, those are shown which tests of this repository name.`);
  const seen = home ? whole.stories.flatMap(fromHere) : whole.stories;
  const chosen = input.names.length === 0 ? seen : choose(seen, input.names);
  return {
    schema: "proofline/trace/1",
    repositories: [hereAs(resolved, found, home === undefined), ...there.map(otherAs)],
    results: [...new Map(sources.flatMap(({ results }) => results.runs).map((run) => [run.digest, sourceLine(run)])).values()],
    promised: home || input.names.length > 0 ? readers.trace.countPromised(chosen) : whole.promised,
    stories: chosen,
    loose: input.names.length > 0 ? whole.loose.filter(({ names }) => chosen.some((story) => belongs(names, story, seen))) : home ? whole.loose.filter(({ repository }) => repository === undefined) : whole.loose,
    problems,
    notes: [...notes, ...here.notes],
  };
}

/** A link that names what is shown; of a story that is shown whole, also what it has not. */
const belongs = (names: string, { id, criteria }: TracedStory, all: readonly TracedStory[]): boolean =>
  all.find((one) => one.id === id)?.criteria.length === criteria.length ? names === id || names.startsWith(`${id}#`) : criteria.some((one) => names === `${id}#${one.id}`);

/** Files here that tests or stories name as proofs. */
function filesNamed({ links, entries }: TreeLinks, stories: readonly { readonly criteria: readonly { readonly tests: readonly string[] }[] }[]): readonly string[] {
  const there = new Set(entries.map(({ path }) => path));
  const named = stories.flatMap(({ criteria }) => criteria.flatMap(({ tests }) => tests.map((path) => path.replace(/^\.?\//, ""))));
  return [...new Set([...links.map(({ file }) => file), ...named.filter((path) => there.has(path))])].sort();
}

interface SourceFacts extends Pick<SourceLinks, "name" | "here" | "home"> {
  readonly found: TreeLinks;
  readonly runs: readonly TestRun[];
  readonly flakes?: Flakes;
}

const sourceOf = ({ name, here, home, found, runs, flakes }: SourceFacts, { trace }: TraceReaders): SourceLinks => ({ name, here, home, links: found.links, paths: new Set(found.entries.map(({ path }) => path)), results: trace.indexResults(runs, flakes) });

/** Of another repository's story, what tests of this one say they prove. */
function fromHere(story: TracedStory): readonly TracedStory[] {
  const criteria = story.criteria.filter(({ links }) => links.some(({ repository }) => repository === undefined));
  return criteria.length === 0 ? [] : [{ ...story, criteria }];
}

/** Stories by id with or without `ST-`, or one criterion of them. */
function choose(stories: readonly TracedStory[], names: readonly string[]): readonly TracedStory[] {
  const wanted = new Map<string, Set<string> | "all">();
  for (const name of names) {
    const [asked = "", criterion] = name.split("#");
    const story = stories.find(({ id, file }) => file === asked || [asked, `ST-${asked}`].some((one) => one.toLowerCase() === id.toLowerCase()));
    const meant = story ?? nearest(asked, stories.map(({ id }) => id));
    if (story === undefined || typeof meant === "string" || meant === undefined) throw storyUnknown({ asked: name, known: stories.length, ...(typeof meant === "string" && { meant }) });
    const before = wanted.get(story.id);
    wanted.set(story.id, criterion === undefined || before === "all" ? "all" : new Set([...(before ?? []), criterion.toLowerCase()]));
  }
  return stories.flatMap((story) => {
    const which = wanted.get(story.id);
    if (which === undefined) return [];
    const criteria = which === "all" ? story.criteria : story.criteria.filter(({ id }) => which.has(id.toLowerCase()));
    if (criteria.length === 0 && which !== "all") throw storyUnknown({ asked: `${story.id}#${[...which].join(",")}`, known: stories.length });
    return [{ ...story, criteria }];
  });
}

const hereAs = ({ headCommit, headKind, headTree }: ResolvedChange, found: TreeLinks, stories: boolean): TracedRepository => ({
  name: "this repository",
  at: ".",
  ...(headCommit !== undefined && { commit: headCommit }),
  tree: headTree,
  uncommitted: headKind !== "commit",
  stories,
  testFiles: found.testFiles,
  links: found.links.length,
  notes: [],
});

const otherAs = ({ name, at, home, sibling, found }: Other & { readonly found: TreeLinks }): TracedRepository => ({
  name,
  at: withoutCredentials(at),
  commit: sibling.commit,
  tree: sibling.tree,
  uncommitted: false,
  stories: home,
  testFiles: found.testFiles,
  links: found.links.length,
  notes: sibling.notes,
});

const sourceLine = ({ source, tool, origin, digest, cases }: TestRun): TraceSource => ({ source, tool, origin, digest, tests: cases.length });
