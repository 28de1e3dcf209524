import { neverStarted, titleOfTest, type Choice, type JourneyJudges, type TestCase, type TestRun } from "#evidence";
import { nameOfRef } from "#intent";
import type { WalkedJourney, WalkedTest } from "./journey-report.ts";

interface WalkedFacts {
  readonly runs: readonly TestRun[];
  readonly paths: ReadonlySet<string>;
  /** Where the evidence lies, relative to the top of the checkout. */
  readonly shown: string | undefined;
  readonly judges: JourneyJudges;
}

/** Every chosen journey with what its tests did, in the order of the choice. */
export function walkedJourneys({ chosen }: Choice, { runs, paths, shown, judges }: WalkedFacts): readonly WalkedJourney[] {
  const why = runs.find(neverStarted)?.because?.split("\n")[0];
  return chosen.map(({ journey, because: reason }) => {
    const { id, title, user, impact, why: impactOf, file, stories } = journey;
    const standing = judges.standingOf(journey, { runs, paths });
    const own = judges.casesOf(journey, runs).flatMap(({ cases }) => cases);
    const ms = own.reduce((sum, { durationMs = 0 }) => sum + durationMs, 0);
    const because = standing.state === "not-run" && why !== undefined ? why : standing.because;
    return {
      id,
      title,
      user,
      impact,
      why: impactOf,
      file,
      chosen: reason,
      state: standing.state,
      ...(because !== undefined && { because }),
      ...(own.length > 0 && { ms: Math.round(ms) }),
      stories: stories.map(nameOfRef),
      tests: own.map((test) => asWalked(test, shown)),
    };
  });
}

function asWalked({ id, outcome, durationMs, retries, failure, attachments = [] }: TestCase, shown: string | undefined): WalkedTest {
  return {
    file: id.file ?? "",
    title: titleOfTest(id),
    outcome,
    ...(durationMs !== undefined && { ms: Math.round(durationMs) }),
    ...(retries !== undefined && { retries }),
    ...(failure && { failure: { kind: failure.kind, message: failure.message, ...(failure.place && { place: failure.place }) } }),
    evidence: attachments.map((one) => ({ ...one, path: shown === undefined ? one.path : `${shown}/${one.path}` })),
  };
}
