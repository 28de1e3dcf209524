import type { LockedFile, ProofState, TracedCriterion, TracedStory } from "#evidence";
import type { Stage } from "#intent";
import { proofsOf, type Standing } from "./standing.ts";

/** Something a machine can tell about a stage. */
export interface Condition {
  readonly says: string;
  readonly holds: boolean;
}

export interface StageFacts {
  readonly standing: Standing;
  /** The story with what its proofs did on this very commit. */
  readonly proven: TracedStory | undefined;
  /** Lock lines of the commit. */
  readonly locked: readonly LockedFile[];
}

/** What has to hold before a stage is left, whoever signs: asked of the commit, in an order people read. */
export function conditionsOf(stage: Stage, { standing, proven, locked }: StageFacts): readonly Condition[] {
  const living = standing.traced.criteria.filter(({ state }) => state !== "retired");
  const all = (says: string, of: readonly TracedCriterion[], holds: (criterion: TracedCriterion) => boolean): Condition => {
    const open = of.filter((criterion) => !holds(criterion));
    return { says: open.length === 0 ? says : `${says} (not ${named(open.map(({ id }) => id))})`, holds: open.length === 0 };
  };
  const results = new Map((proven?.criteria ?? []).map(({ id, proof }) => [id, proof]));
  switch (stage) {
    case "story":
      return [
        { says: "it says at least one behaviour", holds: living.length > 0 },
        { says: standing.problems.length === 0 ? "it can be read" : `it can be read (${standing.problems.length} problems: proofline spec lint)`, holds: standing.problems.length === 0 },
        { says: standing.read.openQuestions.length === 0 ? "no question is open" : `no question is open (${standing.read.openQuestions.length} are)`, holds: standing.read.openQuestions.length === 0 },
        { says: standing.warnings === 0 ? "lint finds nothing" : `lint finds nothing (${standing.warnings} findings)`, holds: standing.warnings === 0 },
      ];
    case "validation":
      return [all("a test names every behaviour", living, ({ id }) => (proofsOf(standing.traced).get(`${standing.read.id}#${id}`)?.length ?? 0) > 0)];
    case "technical-specs":
      return [{ says: standing.technicalSpecs.length > 0 ? "a technical spec stands in proofline/technical-specs" : `a technical spec stands in proofline/technical-specs (none does: proofline spec plan ${standing.read.id} --write)`, holds: standing.technicalSpecs.length > 0 }];
    case "governance":
      return [lockCondition(standing, locked)];
    case "implementation":
      return [all("every behaviour is promised", living, ({ state }) => state === "promised"), all("every promise is proven on this commit", living.filter(({ state }) => state === "promised"), ({ id }) => results.get(id) === "verified"), lockCondition(standing, locked)];
    case "review":
      return [];
    case "evolution":
      return [all("no promise is failing, outdated or unproven", living.filter(({ state }) => state === "promised"), ({ id }) => !BAD.has(results.get(id) ?? "unproven"))];
  }
}

const BAD: ReadonlySet<ProofState> = new Set(["failing", "outdated", "unproven", "skipped", "ambiguous"]);

/** Locked as they stand, every file. */
function lockCondition({ lines, read }: Standing, locked: readonly LockedFile[]): Condition {
  const known = new Map(locked.map(({ criterion, file, blob }) => [`${criterion}\0${file}`, blob]));
  const open = [...new Set(lines.filter(({ criterion, file, blob }) => known.get(`${criterion}\0${file}`) !== blob).map(({ file }) => file))];
  const says = "its proofs are locked as they are";
  return { says: lines.length === 0 ? `${says} (there are none)` : open.length === 0 ? says : `${says} (not ${named(open)}: proofline spec lock ${read.id})`, holds: lines.length > 0 && open.length === 0 };
}

const named = (names: readonly string[]): string => `${names.slice(0, 3).join(", ")}${names.length > 3 ? ` and ${names.length - 3} more` : ""}`;
