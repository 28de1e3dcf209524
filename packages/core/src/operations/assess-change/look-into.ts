import type { SyntaxReader } from "#change";
import { SHARED_GATES, type Check } from "#checks";
import { confirmTests, worthConfirming } from "../confirm-tests/confirm-tests.ts";
import { withMutants, type MutantPorts } from "../mutate-change/mutants-for-check.ts";
import type { Answers } from "./ask-checks.ts";
import { decideIsolation } from "./decide-isolation.ts";
import type { Gathered } from "./gather-evidence.ts";
import type { EvidencePorts, Gathering } from "./gathering.ts";
import { lookAt, type Sight } from "./look-at.ts";
import type { Rules } from "./read-rules.ts";

/** Within which bounds runs may look into something: those of the gathering. */
type Bounds = Pick<Gathering, "change" | "gate" | "input" | "budgetMs" | "declaredSetups" | "packageNames" | "origin" | "untrusted" | "stateTracked">;
type LookingPorts = EvidencePorts & { readonly syntax: SyntaxReader; readonly mutants?: MutantPorts };

/** What was looked at, with all that was gathered for it. */
export interface Looked {
  readonly asked: readonly Check[];
  readonly answers: Answers;
  readonly sight: Sight & { readonly gathered: Gathered };
}

/** Asks the checks, and once more where runs could look into what reading alone suspects. */
export async function lookThoroughly(rules: Rules, glance: Looked["sight"], about: Bounds, ports: LookingPorts): Promise<Looked> {
  const first = await lookAt(about.change, rules, glance, ports.repository);
  const confirmed = await lookInto(first.answers, glance.gathered, about, ports);
  const gathered = await withMutants(first.asked, confirmed, about, ports);
  if (gathered === glance.gathered) return { ...first, sight: glance };
  const sight = { ...glance, gathered };
  return { ...(await lookAt(about.change, rules, sight, ports.repository)), sight };
}

/** Runs what decides a suspicion, with what is left of the budget. The same evidence where nothing was suspected, nothing may be run or no time is left. */
async function lookInto(answers: Answers, gathered: Gathered, about: Bounds, ports: LookingPorts): Promise<Gathered> {
  const { change, input, declaredSetups, packageNames } = about;
  const budgetMs = about.budgetMs - gathered.testMs;
  // What nobody suspects is worth the seconds only where others will rely on the answer.
  const thoroughly = ports.mutants !== undefined && SHARED_GATES.includes(about.gate);
  if (!input.run || about.untrusted !== undefined || !worthConfirming({ answers, budgetMs, change, thoroughly })) return gathered;
  const allowed = await decideIsolation({ change, ...about.origin }, ports);
  if (allowed.notRun !== undefined) return gathered;
  const started = ports.clock.ticks();
  const confirmation = await confirmTests({ change, answers, packageNames, declaredSetups, budgetMs, thoroughly, isolation: allowed.isolation }, ports);
  const testMs = gathered.testMs + Math.round(ports.clock.ticks() - started);
  return confirmation === undefined ? gathered : { ...gathered, testMs, evidence: [...gathered.evidence, confirmation] };
}
