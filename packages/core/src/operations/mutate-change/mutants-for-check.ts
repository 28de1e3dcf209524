import type { CheckId } from "#kernel";
import { evidenceOf, type MutationRunner, type TestExecutor } from "#evidence";
import { decideIsolation } from "../assess-change/decide-isolation.ts";
import type { Gathered } from "../assess-change/gather-evidence.ts";
import type { EvidencePorts, Gathering } from "../assess-change/gathering.ts";
import type { MutationMemory } from "./mutation-memory.ts";
import { mutateLines } from "./mutate-lines.ts";

/** What trying mutants beside a check takes. */
export interface MutantPorts {
  readonly runner: MutationRunner;
  readonly memory: MutationMemory;
}

const ID: CheckId = "tests/surviving-mutant";
/** With less than this left not much could be tried. */
const LEAST_MS = 20_000;

type Bounds = Pick<Gathering, "change" | "input" | "budgetMs" | "declaredSetups" | "packageNames" | "origin" | "untrusted" | "stateTracked">;
type Ports = EvidencePorts & { readonly mutants?: MutantPorts; readonly executor: TestExecutor };

/** Tries mutants with half of what is left of the budget, where the check is asked and the tests are green. The same evidence otherwise: it decides nothing, so it delays nothing else. */
export async function withMutants(asked: readonly { readonly id: CheckId }[], gathered: Gathered, about: Bounds, ports: Ports): Promise<Gathered> {
  const { change, input, declaredSetups, packageNames } = about;
  const budgetMs = (about.budgetMs - gathered.testMs) / 2;
  if (!input.run || about.untrusted !== undefined || ports.mutants === undefined || about.stateTracked || budgetMs < LEAST_MS || !asked.some(({ id }) => id === ID) || !allGreen(gathered)) return gathered;
  const allowed = await decideIsolation({ change, ...about.origin }, ports);
  if (allowed.notRun !== undefined) return gathered;
  const started = ports.clock.ticks();
  const { runner: mutation, memory } = ports.mutants;
  const found = await mutateLines({ change, packageNames, declaredSetups, budgetMs, isolation: allowed.isolation }, { ...ports, mutation, memory });
  return found === undefined ? gathered : { ...gathered, testMs: gathered.testMs + Math.round(ports.clock.ticks() - started), evidence: [...gathered.evidence, found] };
}

/** Some tests of ours ran, whole, and none was red: else there are other worries. */
function allGreen({ evidence }: Gathered): boolean {
  const own = evidenceOf(evidence, "test-run").filter(({ source, cases }) => source === "ran" && cases.length > 0);
  return own.length > 0 && own.every((run) => run.complete && run.unloaded.length === 0 && run.cases.every(({ outcome }) => outcome !== "failed"));
}
