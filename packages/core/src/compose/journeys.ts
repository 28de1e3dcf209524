import { join } from "node:path";
import { journeyEvidence, traceMemory } from "../adapters/store/index.ts";
import { journeyJudges } from "#evidence";
import { journeyLibrary, storyLibrary } from "#intent";
import type { AssessPorts, JourneyPorts, JourneyReaders, JourneyReport, JourneyTracer, RunJourneysInput } from "#operations";
import { lazyExecutor } from "./executor.ts";
import { clock, userCache, type OpenRequest, type Opened } from "./opened.ts";

/** How journeys of a change's head stand; nothing of it is loaded before a repository has journeys. */
export const journeyTracer = (request: Pick<OpenRequest, "env" | "build">, repository: Opened): JourneyTracer => ({
  trace: async (change, runs) => (await import("../operations/run-journeys/trace-journeys.ts")).traceJourneys(change, runs, { repository, outcomes: outcomesOf(request, repository), readers: journeyReaders }),
});

const outcomesOf = ({ env, build }: Pick<OpenRequest, "env" | "build">, { root, bare }: Opened) => traceMemory({ root, bare, keyFile: join(userCache(env), "runs.key"), build }).outcomes;

/** Walks journeys; what ran before is not asked: whoever says run means a run. */
export async function journeysHere(request: OpenRequest, repository: Opened, ports: AssessPorts, input: RunJourneysInput): Promise<JourneyReport> {
  const { runJourneys } = await import("../operations/run-journeys/run-journeys.ts");
  const executor = lazyExecutor(repository, request.env, { remember: false });
  const evidence = journeyEvidence({ root: repository.root, bare: repository.bare, now: () => clock.now() });
  const own: JourneyPorts = { ...ports, repository, ci: Boolean(request.env["CI"]), executor, outcomes: outcomesOf(request, repository), evidence, readers: journeyReaders };
  return runJourneys(own)(input).finally(() => executor.close());
}

const journeyReaders = async (): Promise<JourneyReaders> => {
  const [journeys, judges, stories, { yamlParser }] = await Promise.all([journeyLibrary(), journeyJudges(), storyLibrary(), import("../adapters/stories/index.ts")]);
  return { journeys, judges, stories, yaml: yamlParser };
};
