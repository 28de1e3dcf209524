import type { BehaviourNews } from "../stories/history/compare-versions.ts";
import { stageOf, type Role, type Stage } from "./stages.ts";

/** A signature a change owes, with the reason. */
export interface OwedRole {
  readonly story: string;
  readonly role: Role;
  readonly stage: Stage;
  readonly because: string;
}

/** What decides who has to look at a change of one story. */
export interface StoryImpact {
  readonly story: string;
  /** What the change does to the story itself. */
  readonly news: readonly BehaviourNews[];
  /** Criteria that are promised now and whose tests the change touches. */
  readonly proofsTouched: readonly string[];
  /** Files of its targets the change touches, that can make a difference. */
  readonly code: readonly string[];
  readonly risk: { readonly level: "low" | "medium" | "high"; readonly reasons: readonly string[] };
  readonly byAgent: boolean;
}

const MEANS: ReadonlySet<string> = new Set(["added", "changed", "promised", "withdrawn", "retired", "revived", "removed", "dropped"]);
const BINDING: ReadonlySet<string> = new Set(["Constraints", "Quality gates", "Access", "Unchanged"]);

/**
 * Which roles a change owes for one story. What promises change, the Owner sees; what proves them, the Quality Controller; code of the story by its risk: from medium on
 * its Code Owner, at high the Architect, and an Implementer who answers for an agent. Other words for the same, a typo, a change of low risk owe nobody.
 */
export function owedRoles({ story, news, proofsTouched, code, risk, byAgent }: StoryImpact): readonly OwedRole[] {
  const owe = (role: Role, because: string | undefined): readonly OwedRole[] => (because === undefined ? [] : [{ story, role, stage: stageOf(role), because }]);
  const risky = code.length > 0 && risk.level !== "low" ? `the risk of this change is ${risk.level}${risk.reasons[0] === undefined ? "" : ` (${risk.reasons.slice(0, 2).join(", ")})`} and it touches ${listed(code)}` : undefined;
  return [
    ...owe("owner", meaningOf(news)),
    ...owe("quality-controller", proofOf(news, proofsTouched)),
    ...owe("architect", risk.level === "high" ? risky : undefined),
    ...owe("implementer", byAgent ? risky && `an agent wrote it, and ${risky}` : undefined),
    ...owe("code-owner", risky),
  ];
}

function meaningOf(news: readonly BehaviourNews[]): string | undefined {
  const meant = news.filter(({ kinds }) => kinds.some((kind) => MEANS.has(kind)));
  const [first] = meant;
  if (first !== undefined) return meant.length === 1 ? `${first.criterion ?? "the story"} was ${first.kinds.filter((kind) => MEANS.has(kind)).join(" and ")}` : `${listed(meant.map(({ criterion, story }) => criterion ?? story))} were added, changed or taken out of force`;
  const sections = [...new Set(news.flatMap((one) => one.sections ?? []))].filter((name) => BINDING.has(name));
  return sections.length === 0 ? undefined : `${listed(sections)} ${sections.length === 1 && sections[0] === "Access" ? "says" : "say"} something else`;
}

function proofOf(news: readonly BehaviourNews[], touched: readonly string[]): string | undefined {
  const promised = news.filter(({ kinds, criterion, state }) => criterion !== undefined && state === "promised" && kinds.some((kind) => kind === "promised" || kind === "added" || kind === "changed")).flatMap(({ criterion }) => criterion ?? []);
  if (promised.length > 0) return `${listed(promised)} ${promised.length === 1 ? "is" : "are"} promised in other words than before`;
  return touched.length === 0 ? undefined : `tests of ${listed(touched)} changed`;
}

const listed = (names: readonly string[]): string => `${names.slice(0, 3).join(", ")}${names.length > 3 ? ` and ${names.length - 3} more` : ""}`;
