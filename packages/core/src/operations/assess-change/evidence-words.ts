import { countFates, neverStarted, type Confirmation, type Evidence, type Mutation, type Qa, type StoryTrace, type TestRun } from "#evidence";

/** One line about a piece of evidence, with its numbers: `vitest: 41 passed, 1 failed`. */
export function evidenceWords(evidence: Evidence): string {
  switch (evidence.kind) {
    case "test-run":
      return testRunWords(evidence);
    case "coverage":
      return `${evidence.format} coverage of ${evidence.files.size} files`;
    case "static-analysis":
      return `${evidence.tool}: ${evidence.issues.length} issues`;
    case "secret-scan":
      return secretWords(evidence.sightings.filter((sighting) => sighting.place.side !== "base").length);
    case "audit":
      return `${evidence.tool}: ${evidence.advisories.length} known vulnerabilities`;
    case "proof":
      return `red-green: ${evidence.outcome}, ${evidence.repeats} ${evidence.repeats === 1 ? "run" : "runs"} a side of ${evidence.selection.length} ${evidence.selection.length === 1 ? "test file" : "test files"}${evidence.source === "reported" ? `; ${(evidence.notes ?? []).join("; ")}` : ""}`;
    case "confirmation":
      return confirmationWords(evidence);
    case "mutation":
      return mutationWords(evidence);
    case "story-trace":
      return tracedWords(evidence);
    case "story-signs":
      return evidence.owed.length === 0 ? "sign-offs: this change owes none" : `sign-offs: this change owes ${evidence.owed.length}, ${evidence.owed.filter(({ state }) => state === "signed").length} given`;
    case "journey-trace":
      return `journeys: ${evidence.journeys.filter(({ state }) => state === "verified").length} of ${evidence.journeys.length} green on this commit`;
    case "qa":
      return triedWords(evidence);
    case "approvals":
      return evidence.approvals.length === 0 ? "no approval" : `approved by ${evidence.approvals.map((approval) => approval.by).join(", ")}`;
  }
}

function tracedWords({ concerned, repositories = [], unread = [] }: StoryTrace): string {
  const told = (stories: boolean): string => repositories.filter((one) => one.stories === stories).map(({ name, commit }) => `${name} at ${commit.slice(0, 7)}`).join(", ");
  const [home, others] = [told(true), told(false)];
  const blind = unread.map(({ name }) => name).join(", ");
  return `stories: ${concerned.length} ${concerned.length === 1 ? "promise" : "promises"} of this change traced to tests${home === "" ? "" : `, judged against the stories of ${home}`}${others === "" ? "" : `, with the tests of ${others}`}${blind === "" ? "" : `; ${blind} could not be read`}`;
}

function triedWords({ runs }: Qa): string {
  const counting = runs.filter(({ state }) => state !== "lapsed" && state !== "refused").length;
  return `tried by hand: ${counting} of ${runs.length} ${runs.length === 1 ? "record counts" : "records count"} for this code`;
}

/** Why a run is not whole, as the reason for what is missing. */
export const whyCut = (run: TestRun): string => `${neverStarted(run) ? "nothing could start" : "a run was cut short"}: ${run.because ?? "for no known reason"}`;

const secretWords = (count: number): string => (count === 0 ? "no secret among the added lines" : `${count} possible ${count === 1 ? "secret" : "secrets"} among the added lines`);

function testRunWords(run: TestRun): string {
  const count = (outcome: string): number => run.cases.filter((test) => test.outcome === outcome).length;
  const parts = [
    `${count("passed")} passed`,
    ...(count("failed") > 0 ? [`${count("failed")} failed`] : []),
    ...(run.unloaded.length > 0 ? [`${run.unloaded.length} ${run.unloaded.length === 1 ? "file" : "files"} did not load`] : []),
    ...(count("skipped") + count("todo") > 0 ? [`${count("skipped") + count("todo")} skipped`] : []),
  ];
  const where = run.selection ? ` in ${run.selection.length} selected ${run.selection.length === 1 ? "file" : "files"}` : "";
  // Several packages of one repository run the same tool: the origin tells them apart.
  const who = run.source === "ran" && run.origin.startsWith(`${run.tool} in `) ? run.origin : run.tool;
  if (neverStarted(run)) return `${who}: could not start`;
  // The reason is the finding's; here it would stand once for every repetition.
  if (!run.complete && run.cases.length === 0) return `${who}: broke off before its first test${where}`;
  return `${who}: ${parts.join(", ")}${where}${run.complete ? "" : `, cut short: ${run.because ?? "unknown reason"}`}`;
}

function confirmationWords({ outcomes, mutants }: Confirmation): string {
  const decided = outcomes.filter(({ fact }) => fact !== "undecided").length;
  const faults = mutants.length === 0 ? "" : `, with ${mutants.length} ${mutants.length === 1 ? "fault" : "faults"} put into the code one at a time`;
  return `old tests and new: ${decided} of ${outcomes.length} ${outcomes.length === 1 ? "suspicion" : "suspicions"} decided by running them${faults}`;
}

function mutationWords({ mutants, complete, because }: Mutation): string {
  const { killed, survived, uncovered } = countFates(mutants);
  const tried = killed + survived;
  return `faults on the changed lines: ${killed} of ${tried} noticed by a test${uncovered > 0 ? `, ${uncovered} reached by none` : ""}${complete ? "" : `, cut short: ${because ?? "unknown reason"}`}`;
}
