import type { Repository } from "#change";
import type { JourneyJudges, TestExecutor } from "#evidence";
import type { JourneyLibrary, StoryLibrary, Yaml } from "#intent";
import type { OriginSources } from "../assess-change/decide-isolation.ts";
import type { PolicySource } from "../config/policy-source.ts";
import type { Clock } from "../ports/clock.ts";
import type { ProgressSink } from "../ports/progress.ts";
import type { OutcomeMemory } from "../stories/trace-ports.ts";

/** A folder for what one run of journeys leaves behind. */
export interface EvidenceFolder {
  /** Absolute. */
  readonly folder: string;
  /** As people find it: relative to the top of the checkout. */
  readonly shown: string;
  /** Writes the report beside the files. */
  keep(report: string): Promise<void>;
}

/** Where traces, screenshots, videos and reports of journeys are kept. */
export interface JourneyEvidence {
  /** A new folder for a run on this tree; runs of long ago are removed. Undefined where nothing is kept. */
  open(tree: string): Promise<EvidenceFolder | undefined>;
  /** What each journey took when it last ran, in milliseconds, by id. */
  took(): Promise<ReadonlyMap<string, number>>;
}

/** What reading journeys stands on; loaded where a repository has some. */
export interface JourneyReaders {
  readonly journeys: JourneyLibrary;
  readonly judges: JourneyJudges;
  readonly stories: StoryLibrary;
  readonly yaml: Yaml;
}

/** What `spec run` stands on. */
export interface JourneyPorts {
  readonly repository: Repository & { readonly root: string; readonly bare: boolean };
  readonly ci: boolean;
  /** Answers nothing from earlier runs: what is asked for is a run. */
  readonly executor: TestExecutor;
  readonly outcomes: OutcomeMemory;
  readonly evidence: JourneyEvidence;
  readonly clock: Clock;
  readonly progress: ProgressSink;
  readonly signal: AbortSignal;
  readonly policySource?: PolicySource;
  readonly whoAmI: OriginSources["whoAmI"];
  readonly untrusted?: string;
  readers(): Promise<JourneyReaders>;
}
