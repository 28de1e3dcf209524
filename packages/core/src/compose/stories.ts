import { join } from "node:path";
import { checkoutFiles } from "../adapters/files/index.ts";
import { foreignGit, openRepository } from "../adapters/git/index.ts";
import { traceMemory } from "../adapters/store/index.ts";
import { traceLibrary } from "#evidence";
import { storyLibrary } from "#intent";
import type { AssessPorts, ChangeTracer, Stories, TracePorts, TraceReaders } from "#operations";
import { lazySyntax } from "./lazy.ts";
import { userCache, type OpenRequest, type Opened } from "./opened.ts";

/** Stories of a checkout: a light door, since nothing else of a repository is needed to read and write them. */
export async function storiesHere({ dir, env }: Pick<OpenRequest, "dir" | "env">): Promise<Stories> {
  const [{ openStories }, { storyFolders, yamlParser }, library] = await Promise.all([import("../operations/stories/stories.ts"), import("../adapters/stories/index.ts"), storyLibrary()]);
  const repository = await openRepository(dir, { ci: Boolean(env["CI"]), env });
  await repository.close();
  return openStories({ folders: storyFolders(repository.root), checkout: checkoutFiles(repository.root), library, yaml: yamlParser });
}

/** What a change does to stories; nothing of it is loaded before a change concerns them. */
export function changeTracer(request: Pick<OpenRequest, "env" | "build">, repository: Opened): ChangeTracer {
  const { links, outcomes } = keptForTraces(request, repository);
  return {
    trace: async (change) => (await import("../operations/stories/trace-change.ts")).traceChange(change, { repository, links, readers: traceReaders }),
    keep: outcomes.keepOutcomes,
  };
}

const keptForTraces = ({ env, build }: Pick<OpenRequest, "env" | "build">, { root, bare }: Pick<Opened, "root" | "bare">) => traceMemory({ root, bare, keyFile: join(userCache(env), "runs.key"), build });

/** What tracing stories needs of the same ports. */
export function tracePorts(request: OpenRequest, repository: Opened, ports: AssessPorts): TracePorts {
  const { env } = request;
  const open: TracePorts["siblings"]["open"] = async (at) => {
    const { gitSiblings } = await import("../adapters/trace/index.ts");
    return gitSiblings({ root: repository.root, cacheFolder: userCache(env), git: foreignGit(env), open: (folder) => openRepository(folder, { env }), outcomesOf: (other) => keptForTraces(request, other).outcomes }).open(at);
  };
  return { ...ports, ...keptForTraces(request, repository), repository, ci: Boolean(env["CI"]), siblings: { open }, readers: traceReaders };
}

const traceReaders = async (): Promise<TraceReaders> => {
  const [stories, trace, { yamlParser }] = await Promise.all([storyLibrary(), traceLibrary(), import("../adapters/stories/index.ts")]);
  return { stories, trace, yaml: yamlParser, syntax: lazySyntax };
};
