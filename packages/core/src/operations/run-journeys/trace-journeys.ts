import { digestOf } from "#kernel";
import type { Change, Repository } from "#change";
import type { JourneyTrace, StoryScope, TestRun, WithdrawnJourney } from "#evidence";
import { isJourneyFile, type Journey } from "#intent";
import type { OutcomeMemory } from "../stories/trace-ports.ts";
import type { JourneyReaders } from "./journey-ports.ts";
import { journeysAt } from "./journeys-at.ts";

export interface JourneyTracePorts {
  readonly repository: Pick<Repository, "listFiles" | "readBlobs">;
  readonly outcomes: Pick<OutcomeMemory, "outcomes">;
  readers(): Promise<JourneyReaders>;
}

/** How the promised journeys of a change's head stand: by runs of this command, and by those kept of earlier ones on the same tree. */
export async function traceJourneys(change: Change, runs: readonly TestRun[], { repository, outcomes, readers }: JourneyTracePorts): Promise<readonly JourneyTrace[]> {
  const [entries, read, kept] = await Promise.all([repository.listFiles(change.headTree), readers(), outcomes.outcomes(change.headTree)]);
  const { journeys, stories } = await journeysAt(entries, read, repository);
  const promised = read.judges.byImpact(journeys).filter(({ state }) => state === "promised");
  const withdrawn = await withdrawnBy(change, { journeys, stories, read }, repository);
  if (promised.length + withdrawn.length === 0) return [];
  const reached = read.judges.reachedBy(promised, change, stories);
  const here = runs.filter(({ subject }) => subject === change.head || subject === change.headTree);
  const facts = { runs: [...here, ...kept.filter(({ digest }) => !here.some((run) => run.digest === digest))], paths: new Set(entries.map(({ path }) => path)) };
  const standings = promised.map((journey) => read.judges.standingOf(journey, { ...facts, reached: reached.get(journey.id) }));
  const subject = change.headKind === "commit" ? change.head : change.headTree;
  return [{ kind: "journey-trace", source: "ran", subject, origin: "journeys of the head", digest: digestOf({ subject, journeys: standings.map(({ id, state, record }) => [id, state, record?.digest ?? ""]), withdrawn: withdrawn.map(({ id }) => id) }), journeys: standings, ...(withdrawn.length > 0 && { withdrawn }) }];
}

interface HeadJourneys {
  readonly journeys: readonly Journey[];
  readonly stories: readonly StoryScope[];
  readonly read: JourneyReaders;
}

/**
 * Journeys the change itself takes out of the promised ones while it touches what they run through: who breaks a journey could else call it planned. One that it says is retired is out
 * of force in so many words. Read from files the change touches, none where it touches no journey.
 */
async function withdrawnBy(change: Change, { journeys, stories, read }: HeadJourneys, repository: JourneyTracePorts["repository"]): Promise<readonly WithdrawnJourney[]> {
  const files = change.files.filter(({ path, basePath, status }) => status !== "added" && isJourneyFile(basePath ?? path));
  if (files.length === 0) return [];
  const texts = await repository.readBlobs(files.flatMap(({ baseBlob }) => baseBlob ?? []));
  const before = files.flatMap(({ path, basePath, baseBlob }) => read.journeys.readJourney(basePath ?? path, texts.get(baseBlob ?? "")?.text ?? "", read.yaml).journey ?? []).filter(({ state }) => state === "promised");
  const now = new Map(journeys.map((journey) => [journey.id, journey]));
  const lost = before.filter(({ id }) => (now.get(id)?.state ?? "planned") === "planned");
  const reached = read.judges.reachedBy(lost, { files: change.files.filter(({ path, basePath, kind }) => kind !== "test" && !isJourneyFile(basePath ?? path)) }, stories);
  return lost.flatMap(({ id, title, user, owner, file }) => {
    const why = reached.get(id);
    return why === undefined ? [] : [{ id, title, user, file: now.get(id)?.file ?? file, ...(owner !== undefined && { owner }), gone: !now.has(id), reached: why }];
  });
}
