import type { Change } from "#change";
import { evidenceOf, type Coverage, type Evidence, type FileCoverage, type TestLayer, type TestRun, type TestSetup } from "#evidence";
import { decideIsolation } from "../assess-change/decide-isolation.ts";
import { noReportFound } from "../assess-change/errors.ts";
import type { Rules } from "../assess-change/read-rules.ts";
import { keepMeasured } from "../select-tests/measured-for.ts";
import { timesOf } from "../select-tests/test-times.ts";
import type { CoverageInput, CoveragePorts, LabelledCoverage } from "./coverage-ports.ts";

export interface GatheredCoverage {
  readonly reports: readonly LabelledCoverage[];
  readonly notes: readonly string[];
}

const LABEL = /^(unit|integration|e2e)=(.{1,4000})$/s;
const IN_PATH = /(?:^|[/._-])(unit|integration|e2e|end-to-end)(?=[/._-]|$)/;

/** Reports handed in and, where asked for, runs of our own: the whole suite, for a part of it says nothing of a surface. */
export async function gatherCoverage(input: CoverageInput, change: Change, rules: Rules, ports: CoveragePorts): Promise<GatheredCoverage> {
  const handed = await readHanded(input.evidence, change, ports);
  if (!input.run) return handed.reports.length > 0 ? handed : { reports: await keptOf(change, rules, ports), notes: handed.notes };
  const ran = await runWhole(input, change, rules, ports);
  return { reports: [...handed.reports, ...ran.reports], notes: [...handed.notes, ...ran.notes] };
}

async function readHanded(globs: readonly string[], change: Change, { repository, reports, reportFiles, progress }: CoveragePorts): Promise<GatheredCoverage> {
  const found: LabelledCoverage[] = [];
  const notes: string[] = [];
  if (globs.length === 0) return { reports: found, notes };
  const paths = new Set((await repository.listFiles(change.headTree)).map((entry) => entry.path));
  const context = { subject: change.headKind === "commit" ? change.head : change.headTree, root: repository.root, ...(change.headKind === "commit" && { headCommit: change.head }), ...(change.headTime !== undefined && { headTime: change.headTime }), paths };
  for (const given of globs) {
    const [, label, rest] = LABEL.exec(given) ?? [];
    const glob = rest ?? given;
    const { files, unmatched } = await reportFiles.find([glob], repository.root);
    if (unmatched.length > 0) throw noReportFound({ globs: unmatched });
    for (const file of files) {
      progress.says(`reading ${file.path}`);
      const layer = (label ?? IN_PATH.exec(file.path)?.[1]?.replace("end-to-end", "e2e")) as TestLayer | undefined;
      const read = evidenceOf(await reports.read(file, context), "coverage");
      if (read.length === 0) notes.push(`${file.path} holds no coverage`);
      found.push(...read.map((coverage): LabelledCoverage => ({ coverage, ...(layer && { layer }) })));
    }
  }
  return { reports: found, notes };
}

/** What an earlier run of the whole suite on this very tree saw; none where it was red or cut short, since that may come out differently. */
async function keptOf(change: Change, rules: Rules, { executor, code }: CoveragePorts): Promise<readonly LabelledCoverage[]> {
  const kept = await code.answer<KeptCoverage>(questionOf(change, await executor.detect(change.headTree, rules.config.tests)));
  return kept === undefined ? [] : [{ coverage: unpacked(kept) }];
}

const questionOf = ({ headTree }: Change, setups: readonly TestSetup[]): string => `coverage/1 ${headTree} ${JSON.stringify(setups)}`;

async function runWhole({ budgetMs, trust }: CoverageInput, change: Change, rules: Rules, ports: CoveragePorts): Promise<GatheredCoverage> {
  const { people, agents, tests } = rules.config;
  const allowed = await decideIsolation({ change, people, agents, ci: ports.ci, vouched: trust, whoAmI: ports.whoAmI, ...(ports.untrusted !== undefined && !trust && { fork: ports.untrusted }) }, ports);
  if (allowed.notRun !== undefined) return { reports: [], notes: [`nothing was run: ${allowed.notRun}`] };
  const setups = await ports.executor.detect(change.headTree, tests);
  if (setups.every((setup) => setup.declare !== undefined)) return { reports: [], notes: ["no test runner was recognised here"] };
  const question = questionOf(change, setups);
  const before = await ports.code.answer<KeptCoverage>(question);
  if (before !== undefined) return { reports: [{ coverage: unpacked(before) }], notes: [] };
  const started = ports.clock.ticks();
  const run = (coverage: boolean): Promise<readonly Evidence[]> =>
    ports.executor.run(setups, { tree: change.headTree, selection: "all", coverage, trace: true, budgetMs: Math.max(1000, budgetMs - (ports.clock.ticks() - started)), signal: ports.signal, isolation: allowed.isolation, onProgress: ({ says }) => ports.progress.says(says) });
  const first = await run(true);
  // A runner whose own coverage and ours exclude one another is asked twice.
  const traced = evidenceOf(first, "test-run").some(({ ranThrough }) => ranThrough !== undefined) || ports.signal.aborted ? [] : await run(false);
  const all = [...first, ...traced];
  await ports.code.keepTimes(timesOf(first)).catch(() => undefined);
  await keepMeasured(all, ports).catch(() => undefined);
  const runs = evidenceOf(first, "test-run");
  const [only, ...more] = evidenceOf(first, "coverage");
  // A red or cut run may come out differently the next time.
  const settled = runs.every(({ complete, cases, unloaded }) => complete && unloaded.length === 0 && cases.every(({ outcome }) => outcome !== "failed"));
  if (only && more.length === 0 && settled) await ports.code.keepAnswer(question, packed(only, runs)).catch(() => undefined);
  return { reports: evidenceOf(first, "coverage").map((coverage): LabelledCoverage => ({ coverage: { ...coverage, origin: whole(runs), ...(runs.some(({ complete }) => !complete) && { partial: true }) } })), notes: runs.flatMap(noteOf) };
}

const whole = (runs: readonly TestRun[]): string => `the suite, run here (${[...new Set(runs.map(({ tool }) => tool))].join(", ")})`;

/** A run's coverage as a text can hold it. */
interface KeptCoverage extends Omit<Coverage, "files"> {
  readonly files: readonly (readonly [path: string, lines: readonly (readonly [number, number])[], branches: FileCoverage["branches"]])[];
}

const packed = (coverage: Coverage, runs: readonly TestRun[]): KeptCoverage => ({ ...coverage, origin: `${whole(runs)}, as an earlier run on the same tree saw it`, files: [...coverage.files].map(([path, { lines, branches }]) => [path, [...lines], branches]) });

const unpacked = (kept: KeptCoverage): Coverage => ({ ...kept, files: new Map(kept.files.map(([path, lines, branches]) => [path, { path, lines: new Map(lines), branches }])) });

/** What a reader of figures has to know of the run they come from. */
function noteOf({ tool, complete, because, cases, environment }: TestRun): readonly string[] {
  const red = cases.filter(({ outcome }) => outcome === "failed").length;
  const coverage = environment?.["coverage"];
  return [
    ...(complete ? [] : [`${tool} was cut short: ${because ?? "for no known reason"}`]),
    ...(red > 0 ? [`${red} ${red === 1 ? "test of" : "tests of"} ${tool} ${red === 1 ? "is" : "are"} red: what they would have reached is missing`] : []),
    ...(coverage === undefined ? [] : [`lines and branches of ${tool}: ${coverage}`]),
  ];
}
