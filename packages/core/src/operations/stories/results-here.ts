import { evidenceOf, neverStarted, type TestRun } from "#evidence";
import type { ResolvedChange } from "#change";
import { decideIsolation } from "../assess-change/decide-isolation.ts";
import { noReportFound } from "../assess-change/errors.ts";
import { readChange } from "../assess-change/read-change.ts";
import { readRules } from "../assess-change/read-rules.ts";
import type { TraceInput } from "./trace-report.ts";
import type { TracePorts } from "./trace-ports.ts";
import type { TreeLinks } from "./find-links.ts";

export interface ResultsWanted {
  readonly input: TraceInput;
  readonly resolved: ResolvedChange;
  readonly found: TreeLinks;
  /** Files with proofs, for a run. */
  readonly files: readonly string[];
}

/** What is known of this tree's tests: reports handed in, what is kept of earlier runs, and a run of the proofs where one was asked for. */
export async function resultsHere(wanted: ResultsWanted, ports: TracePorts): Promise<{ readonly runs: readonly TestRun[]; readonly notes: readonly string[] }> {
  const reported = await readReports(wanted, ports);
  const ran = wanted.input.run ? await runProofs(wanted, ports) : { runs: [], notes: [] };
  const kept = await ports.outcomes.outcomes(wanted.resolved.headTree);
  if (ran.runs.length > 0) await ports.outcomes.keepOutcomes(wanted.resolved.headTree, ran.runs);
  // The same answer again is no second one; another answer of the same tree is: that is what flaky means.
  return { runs: [...reported, ...ran.runs, ...kept.filter((run) => !ran.runs.some((fresh) => fresh.digest === run.digest))], notes: ran.notes };
}

async function readReports({ input, resolved, found }: ResultsWanted, { reports, reportFiles, repository, progress }: TracePorts): Promise<readonly TestRun[]> {
  if (input.evidence.length === 0) return [];
  const { files, unmatched } = await reportFiles.find(input.evidence, repository.root);
  if (unmatched.length > 0) throw noReportFound({ globs: unmatched });
  const context = {
    subject: resolved.head,
    root: repository.root,
    ...(resolved.headKind === "commit" && { headCommit: resolved.head }),
    ...(await headTime(resolved, repository)),
    paths: new Set(found.entries.map(({ path }) => path)),
  };
  const runs: TestRun[] = [];
  for (const file of files) {
    progress.says(`reading ${file.path}`);
    runs.push(...evidenceOf(await reports.read(file, context), "test-run"));
  }
  return runs;
}

/** When the head was committed, in seconds: a report older than that speaks of something else. */
async function headTime(resolved: ResolvedChange, repository: TracePorts["repository"]): Promise<{ readonly headTime?: number }> {
  if (resolved.headKind !== "commit") return {};
  const head = { kind: "commit", rev: resolved.head } as const;
  // A first commit has no parent to read it against.
  const alone = await repository.resolve({ base: `${resolved.head}^`, head }).catch(() => undefined);
  const [commit] = alone === undefined ? [] : await repository.commits(alone);
  return commit?.id === resolved.head ? { headTime: commit.committedAt } : {};
}

/** Runs the files that hold proofs, by the runners found here. What can't be started is said, and its proofs stay not run. */
async function runProofs({ input, resolved: { headKind, head: id }, files }: ResultsWanted, ports: TracePorts): Promise<{ readonly runs: readonly TestRun[]; readonly notes: readonly string[] }> {
  if (files.length === 0) return { runs: [], notes: [] };
  const { repository, executor, signal } = ports;
  const resolved = await repository.resolve({ head: input.head ?? (headKind === "commit" ? { kind: "commit", rev: id } : { kind: "worktree" }) });
  const [diff, commits, rules] = await Promise.all([repository.diff(resolved), repository.commits(resolved), readRules(resolved, repository, ports.policySource)]);
  const { change } = await readChange({ resolved, diff, history: { commits, past: [] }, rules }, repository);
  const { people, agents } = rules.config;
  const allowed = await decideIsolation({ change, people, agents, ci: ports.ci, vouched: input.trust, whoAmI: ports.whoAmI, ...(ports.untrusted !== undefined && !input.trust && { fork: ports.untrusted }) }, ports);
  if (allowed.notRun !== undefined) return { runs: [], notes: [`Nothing was run: ${allowed.notRun}.`] };
  const setups = await executor.detect(change.headTree, rules.config.tests);
  const started = setups.filter(({ declare }) => declare === undefined);
  const unable = setups.flatMap(({ runner, declare }) => (declare === undefined ? [] : [`Tests of ${runner} are not started here; ${declare}.`]));
  if (started.length === 0) return { runs: [], notes: unable.length > 0 ? unable : ["No test runner was recognised here."] };
  const made = await executor.run(started, { tree: change.headTree, selection: files, budgetMs: input.budgetMs, isolation: allowed.isolation, signal, onProgress: ({ says }) => ports.progress.says(says) });
  const runs = evidenceOf(made, "test-run");
  const cut = runs.flatMap((run) => (run.complete ? [] : [`${run.tool}: ${neverStarted(run) ? "nothing could start" : "cut short"}: ${(run.because ?? "for no known reason").split("\n")[0]}`]));
  return { runs, notes: [...unable, ...cut] };
}
