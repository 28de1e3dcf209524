import { join } from "node:path";
import { checkoutFiles } from "../adapters/files/index.ts";
import { foreignGit, openRepository } from "../adapters/git/index.ts";
import { historyMemory, traceMemory } from "../adapters/store/index.ts";
import { traceLibrary } from "#evidence";
import { storyLibrary } from "#intent";
import type { AssessPorts, ChangeTracer, HistoryInput, HistoryReport, LinkMemory, Operations, Stories, StoriesThen, TracePorts, TraceReaders, SigningPorts } from "#operations";
import { lazySyntax } from "./lazy.ts";
import { openKey, userCache, type OpenRequest, type Opened } from "./opened.ts";

/** What can be asked about the past of stories. */
export interface StoryPast {
  history(input: HistoryInput): Promise<HistoryReport>;
  at(moment: string, from?: string): Promise<StoriesThen>;
  close(): Promise<void>;
}

/** Stories of a checkout: a light door, since nothing else of a repository is needed to read and write them. */
export async function storiesHere({ dir, env }: Pick<OpenRequest, "dir" | "env">): Promise<Stories> {
  const [{ openStories }, { storyFolders, yamlParser }, library] = await Promise.all([import("../operations/stories/stories.ts"), import("../adapters/stories/index.ts"), storyLibrary()]);
  const repository = await openRepository(dir, { ci: Boolean(env["CI"]), env });
  await repository.close();
  return openStories({ folders: storyFolders(repository.root), checkout: checkoutFiles(repository.root), library, yaml: yamlParser });
}

/** The past of stories, from Git. */
export async function storyPastHere({ dir, env, build }: Pick<OpenRequest, "dir" | "env" | "build">): Promise<StoryPast> {
  const [{ storyHistory }, { storiesThen }, { yamlParser }, library] = await Promise.all([import("../operations/stories/story-history.ts"), import("../operations/stories/stories-then.ts"), import("../adapters/stories/index.ts"), storyLibrary()]);
  const repository = await openRepository(dir, { ci: Boolean(env["CI"]), env });
  const ports = { repository, library, yaml: yamlParser, ...(build !== undefined && !repository.bare && { memory: historyMemory({ root: repository.root, keyFile: join(userCache(env), "runs.key"), build }) }) };
  return { history: storyHistory(ports), at: storiesThen(ports), close: () => repository.close() };
}

/** What a change does to stories; nothing of it is loaded before a change concerns them. */
export function changeTracer(request: Pick<OpenRequest, "env" | "build">, repository: Opened): ChangeTracer {
  const { links, outcomes } = keptForTraces(request, repository);
  return {
    trace: async (change, workspace) => (await import("../operations/stories/trace-change.ts")).traceChange(change, { repository, links, readers: traceReaders, siblings: siblingsOf(request, repository) }, workspace),
    signs: async (change, context) => (await import("../operations/stories/sign-change.ts")).signChange(change, context, { repository, links, readers: traceReaders }),
    keep: outcomes.keepOutcomes,
  };
}

const keptForTraces = ({ env, build }: Pick<OpenRequest, "env" | "build">, { root, bare }: Pick<Opened, "root" | "bare">) => traceMemory({ root, bare, keyFile: join(userCache(env), "runs.key"), build });

/** What tracing stories needs of the same ports. */
export function tracePorts(request: OpenRequest, repository: Opened, ports: AssessPorts): TracePorts {
  return { ...ports, ...keptForTraces(request, repository), repository, ci: Boolean(request.env["CI"]), siblings: siblingsOf(request, repository), readers: traceReaders };
}

/** Other repositories of a workspace; Git is asked for them when the first one is wanted. */
const siblingsOf = (request: Pick<OpenRequest, "env" | "build">, { root }: Pick<Opened, "root">): TracePorts["siblings"] => ({
  open: async (at) => {
    const { gitSiblings } = await import("../adapters/trace/index.ts");
    const { env } = request;
    return gitSiblings({ root, cacheFolder: userCache(env), git: foreignGit(env), open: (folder) => openRepository(folder, { env }), outcomesOf: (other) => keptForTraces(request, other).outcomes }).open(at);
  },
});

/** What can be asked about proofs, sign-offs and locks of stories; each is loaded when it is. */
export function storyOperations(request: OpenRequest, repository: Opened, ports: AssessPorts): Pick<Operations, "traceStories" | "storyStatus" | "signStory" | "lockProofs"> {
  const signing = (): SigningPorts => signingPorts(request, repository, ports);
  return {
    traceStories: async (input) => (await import("../operations/stories/trace-stories.ts")).traceStories(tracePorts(request, repository, ports))(input),
    storyStatus: async (input) => (await import("../operations/stories/story-status.ts")).storyStatus(signing())(input),
    signStory: async (input) => (await import("../operations/stories/sign-story.ts")).signStory(signing())(input),
    lockProofs: async (names) => (await import("../operations/stories/sign-story.ts")).lockProofs(signing())(names),
  };
}

/** What signing stories needs of the same ports. */
function signingPorts(request: OpenRequest, repository: Opened, ports: AssessPorts): SigningPorts {
  return { ...tracePorts(request, repository, ports), repository, checkout: checkoutFiles(repository.root), openKey, verifier: ports.verifier };
}

const traceReaders = async (): Promise<TraceReaders> => {
  const [stories, trace, { yamlParser }] = await Promise.all([storyLibrary(), traceLibrary(), import("../adapters/stories/index.ts")]);
  return { stories, trace, yaml: yamlParser, syntax: lazySyntax };
};

/** Links of tests by blob, as tracing keeps them. */
export const traceLinks = (request: Pick<OpenRequest, "env" | "build">, repository: Pick<Opened, "root" | "bare">): LinkMemory => keptForTraces(request, repository).links;
