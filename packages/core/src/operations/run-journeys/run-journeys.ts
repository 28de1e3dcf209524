import { nearest } from "#kernel";
import type { Change, ResolvedChange } from "#change";
import type { Choice, TestRun } from "#evidence";
import type { Journey } from "#intent";
import { decideIsolation, type Allowed } from "../assess-change/decide-isolation.ts";
import { readChange } from "../assess-change/read-change.ts";
import { readRules, type Rules } from "../assess-change/read-rules.ts";
import { resolveHead } from "../assess-change/resolve-head.ts";
import { journeyUnknown } from "./errors.ts";
import type { JourneyPorts, JourneyReaders } from "./journey-ports.ts";
import type { JourneyReport, RunJourneysInput } from "./journey-report.ts";
import { journeysAt, type JourneysAt } from "./journeys-at.ts";
import { walk, type Walked } from "./walk.ts";
import { walkedJourneys } from "./walked-journeys.ts";

/** Walks journeys in a real browser against the application of one exact tree, and keeps what people look at afterwards. */
export const runJourneys =
  (ports: JourneyPorts) =>
  async (input: RunJourneysInput): Promise<JourneyReport> => {
    const began = ports.clock.ticks();
    const { repository } = ports;
    const resolved = await resolveHead(input, repository, ports.ci);
    const [entries, readers] = await Promise.all([repository.listFiles(resolved.headTree), ports.readers()]);
    const at = await journeysAt(entries, readers, repository);
    const asked = namesOf(input.names, at.journeys);
    const [rules, { diff, commits }] = await Promise.all([readRules(resolved, repository, ports.policySource), readDiff(resolved, ports)]);
    const { change } = await readChange({ resolved, diff, history: { commits, past: [] }, rules }, repository);
    const reached = readers.judges.reachedBy(at.journeys, change, at.stories);
    const choice = asked.length > 0 ? byName(asked, at.journeys) : readers.judges.chooseJourneys(at.journeys, { layer: input.layer, reached, budgetMs: input.budgetMs, took: await ports.evidence.took() });
    const paths = entries.map(({ path }) => path);
    const walked = await walkAllowed({ input, change, rules, choice, paths }, ports);
    return reportOf({ input, resolved, at, choice, walked, paths, readers, began }, ports);
  };

const readDiff = async (resolved: ResolvedChange, { repository }: JourneyPorts) => {
  const [diff, commits] = await Promise.all([repository.diff(resolved), repository.commits(resolved)]);
  return { diff, commits };
};

/** Ids as people type them: with or without `JN-`. */
function namesOf(names: readonly string[], journeys: readonly Journey[]): readonly Journey[] {
  return names.map((name) => {
    const found = journeys.find(({ id }) => [name, `JN-${name}`].some((one) => one.toLowerCase() === id.toLowerCase()));
    if (found) return found;
    const known = journeys.map(({ id }) => id);
    const meant = nearest(name, known);
    throw journeyUnknown({ asked: name, known, ...(meant !== undefined && { meant }) });
  });
}

const byName = (asked: readonly Journey[], all: readonly Journey[]): Choice => ({
  chosen: [...new Set(asked)].map((journey) => ({ journey, because: "it was asked for by name" })),
  left: all.filter((journey) => !asked.includes(journey)).map((journey) => ({ journey, because: "it was not asked for" })),
});

interface Walking {
  readonly input: RunJourneysInput;
  readonly change: Change;
  readonly rules: Rules;
  readonly choice: Choice;
  readonly paths: readonly string[];
}

/** Nothing is started for whom nobody vouches, as everywhere. */
async function walkAllowed({ input, change, rules, choice, paths }: Walking, ports: JourneyPorts): Promise<Walked> {
  const there = new Set(paths);
  const files = [...new Set(choice.chosen.flatMap(({ journey }) => journey.tests.map(({ file }) => file)))].filter((file) => there.has(file));
  if (files.length === 0) return { runs: [], notes: [] };
  const { people, agents } = rules.config;
  const allowed: Allowed = await decideIsolation({ change, people, agents, ci: ports.ci, vouched: input.trust, whoAmI: ports.whoAmI, ...(ports.untrusted !== undefined && !input.trust && { fork: ports.untrusted }) }, ports);
  if (allowed.notRun !== undefined) return { runs: [], notes: [`Nothing was run: ${allowed.notRun}.`] };
  return walk({ tree: change.headTree, files, paths, declared: rules.config.tests, isolation: allowed.isolation, budgetMs: input.budgetMs, keep: !rules.stateTracked }, ports);
}

interface Reporting {
  readonly input: RunJourneysInput;
  readonly resolved: ResolvedChange;
  readonly at: JourneysAt;
  readonly choice: Choice;
  readonly walked: Walked;
  readonly paths: readonly string[];
  readonly readers: JourneyReaders;
  readonly began: number;
}

async function reportOf({ input, resolved, at, choice, walked, paths, readers, began }: Reporting, ports: JourneyPorts): Promise<JourneyReport> {
  const { headTree, headCommit, headKind, mergeBase } = resolved;
  const report: JourneyReport = {
    schema: "proofline/journeys/1",
    layer: input.layer,
    ...(headCommit !== undefined && { commit: headCommit }),
    tree: headTree,
    uncommitted: headKind !== "commit",
    ...((input.layer === "feature" || input.base !== undefined) && { base: mergeBase }),
    journeys: walkedJourneys(choice, { runs: walked.runs, paths: new Set(paths), shown: walked.folder?.shown, judges: readers.judges }),
    left: choice.left.map(({ journey, because }) => ({ id: journey.id, because })),
    problems: at.problems,
    ...(walked.folder && { evidence: walked.folder.shown }),
    ...isolationOf(walked.runs),
    notes: walked.notes,
    tookMs: Math.round(ports.clock.ticks() - began),
  };
  if (walked.folder) await walked.folder.keep(`${JSON.stringify(report, null, 2)}\n`);
  return report;
}

function isolationOf(runs: readonly TestRun[]): { readonly isolation?: string } {
  const said = [...new Set(runs.flatMap(({ isolation }) => isolation ?? []))].join("; ");
  return said === "" ? {} : { isolation: said };
}
