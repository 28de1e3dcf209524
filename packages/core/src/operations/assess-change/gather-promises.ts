import { evidenceOf, type Evidence, type TestRun } from "#evidence";
import { SHARED_GATES } from "#checks";
import type { EvidencePorts, Gathering } from "./gathering.ts";

/** What the change does to promises, and to what people signed for. Read from both sides; nothing of it needs a run. */
export async function readPromises({ change, listed, intent, origin, solo, stories: any, workspace }: Gathering, { stories, verifier, clock }: EvidencePorts): Promise<readonly Evidence[]> {
  if (stories === undefined || !any) return [];
  const [traced, signs] = await Promise.all([stories.trace(change, workspace), stories.signs(change, { listed, intent, agents: origin.agents, solo, verifier, now: new Date(clock.now()).toISOString() })]);
  return [...traced, ...signs];
}

/** How journeys stand after these runs, and what people tried by hand. Nothing is loaded or read where there are no journeys, or the target branch wants nothing tried. */
export async function readWalked(about: Gathering, known: readonly Evidence[], { journeys, qa, clock, verifier }: EvidencePorts): Promise<readonly Evidence[]> {
  const { change, intent, listed, solo } = about;
  // Owed where other people are involved, and nowhere before.
  const walked = about.journeys && SHARED_GATES.includes(about.gate) ? ((await journeys?.trace(change, evidenceOf(known, "test-run"))) ?? []) : [];
  const tried = intent.qa === undefined || qa === undefined ? [] : await qa.read({ change, intent, evidence: known }, { listed, now: new Date(clock.now()).toISOString(), verifier, solo });
  return [...walked, ...tried];
}

/** Keeps what tests of this very tree did, for traces of it. */
export async function keepOutcomes({ change: { head, headTree }, stories: any, stateTracked }: Gathering, runs: readonly TestRun[], { stories }: EvidencePorts): Promise<void> {
  if (any && !stateTracked) await stories?.keep(headTree, runs.filter(({ subject }) => subject === headTree || subject === head));
}
