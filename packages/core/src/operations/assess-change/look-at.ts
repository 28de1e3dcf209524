import type { CheckId, GateName } from "#kernel";
import type { Change, Repository, SyntaxReader } from "#change";
import { ALL_GATES, allChecks, type Check } from "#checks";
import { planChecks, type CheckPlan } from "#verdict";
import { askChecks, type Answers } from "./ask-checks.ts";
import type { Gathered } from "./gather-evidence.ts";
import type { Flakes } from "#evidence";
import type { AnswerMemory } from "../ports/answer-memory.ts";
import type { Rules } from "./read-rules.ts";

/** What was gathered for the checks, whatever the rules they are asked by. */
export interface Sight {
  readonly gate: GateName;
  readonly only: ReadonlySet<CheckId> | undefined;
  readonly gathered: Pick<Gathered, "evidence" | "unavailable">;
  readonly solo: boolean | undefined;
  /** Tests known to be flaky. */
  readonly flakes: Flakes;
  /** Reads trees for the checks that want them. */
  readonly syntax: SyntaxReader;
  /** What was answered before to the same questions. */
  readonly memory?: AnswerMemory;
  /** Files the change would take out of the checks' sight. */
  readonly hidden: readonly string[];
}

/** Which checks these rules ask at this gate, and which come later. */
export function planOf(rules: Rules, gate: GateName, only: ReadonlySet<CheckId> | undefined): CheckPlan & { readonly checks: readonly Check[] } {
  const plan = planChecks(rules.policy, gate, only);
  return { ...plan, checks: allChecks.filter((check) => plan.asked.includes(check.id)) };
}

/** Asks the checks of these rules about a change, with what was gathered. */
export async function lookAt(change: Change, rules: Rules, { gate, only, gathered, solo, syntax, memory, hidden, flakes }: Sight, repository: Pick<Repository, "readFiles" | "touchedPaths">): Promise<{ readonly asked: readonly Check[]; readonly answers: Answers }> {
  const { checks: asked } = planOf(rules, gate, only);
  const { evidence, unavailable } = gathered;
  // What could not be looked at is told once, as missing, and not again by every check that wanted it.
  const answerable = asked.filter((check) => !check.needs?.some((need) => need !== "approvals" && unavailable.has(need)));
  const optionsOf = (check: Check) => rules.policy.checks.get(check.id)?.options ?? {};
  return { asked, answers: await askChecks(answerable, { change, intent: rules.intent, gate, evidence, unavailable, optionsOf, syntax, ...(memory && { memory }), flakes, outOfSight: hidden, ...(solo !== undefined && { solo }) }, repository) };
}

/** One check that this change will owe an answer to at a later gate. */
export interface LaterCheck {
  readonly check: CheckId;
  readonly gate: GateName;
}

/**
 * What is not asked here and would be asked of this very change further on; a check with nothing to say there is no news.
 * `soloOf` is asked only when there is something to tell, because it reads history.
 */
export async function laterFor(
  change: Change,
  rules: Rules,
  { gate, only, gathered, syntax }: Omit<Sight, "solo" | "hidden" | "flakes">,
  { repository, soloOf }: { readonly repository: Pick<Repository, "readFiles" | "touchedPaths">; soloOf(checks: readonly Check[]): Promise<boolean | undefined> },
): Promise<readonly LaterCheck[]> {
  const { later } = planOf(rules, gate, only);
  const gateOfCheck = (check: Check): GateName | undefined => ALL_GATES.slice(ALL_GATES.indexOf(gate) + 1).find((candidate) => check.gates.includes(candidate));
  const ahead = allChecks.flatMap((check) => {
    const next = later.includes(check.id) ? gateOfCheck(check) : undefined;
    return next === undefined ? [] : [{ check, gate: next }];
  });
  const owed = async (candidates: typeof ahead, solo: boolean | undefined): Promise<typeof ahead> => {
    const kept: typeof ahead = [];
    for (const candidate of candidates) {
      const optionsOf = () => rules.policy.checks.get(candidate.check.id)?.options ?? {};
      const answers = await askChecks([candidate.check], { change, intent: rules.intent, gate: candidate.gate, ...gathered, syntax, optionsOf, ...(solo !== undefined && { solo }) }, repository);
      if ([...answers.values()].flat().some((seen) => seen.answer === "broken" || seen.answer === "unknown")) kept.push(candidate);
    }
    return kept;
  };
  const first = await owed(ahead, undefined);
  if (first.length === 0) return [];
  const solo = await soloOf(first.map(({ check }) => check));
  return (solo === true ? await owed(first, solo) : first).map(({ check, gate: next }) => ({ check: check.id, gate: next }));
}
