import { join, relative } from "node:path";
import type { Repository } from "#change";
import { lastWords, type CutBy, type Evidence, type ReportReader, type RunRequest, type TestExecutor, type TestFailure, type TestRun, type Workspace, type Workspaces } from "#evidence";
import { isProoflineError } from "#kernel";
import { filesInNeedOfBuild, missingFile, replaceFiles } from "./built-files.ts";
import { chooseSetups, type Concerned } from "./choose-setup.ts";
import { mergeCollected } from "./collect-results.ts";
import { builtScripts, compiledTests, namedOf, pairBuilt, toldOfSources, type CompiledTests } from "./compiled-tests.ts";
import { runDeclared } from "./declared-command.ts";
import { detectSetups } from "./detect-setups.ts";
import { examineIsolation } from "./isolation.ts";
import { strictWay, type Denied } from "./isolation-strict.ts";
import { launch } from "./launch.ts";
import type { Limits } from "./limits.ts";
import { declareCommand } from "./other-runners.ts";
import { readCoverage, whyNoCoverage } from "./own-coverage.ts";
import { inShell, prepareTree, type PreparedTree } from "./prepare-tree.ts";
import { isNative } from "./reporters/write-reporters.ts";
import { keepAttachments } from "./keep-attachments.ts";
import { finish } from "./run-evidence.ts";
import { cutByOf, howCut, outcomeNotes, whyIncomplete } from "./run-outcome.ts";
import { buildSiblings, ownPackages } from "./sibling-builds.ts";
import { runNative, type NativeOutcome, type NativeRun } from "./run-native.ts";
import { openTrace, readTrace, v8Provider, type Trace } from "./trace/read-trace.ts";

export interface ExecutorParts {
  /** Reads manifests of a tree. */
  readonly repository: Pick<Repository, "listFiles" | "readFiles">;
  readonly workspaces: Workspaces;
  /** Reads what a declared command reports. */
  readonly reports: ReportReader;
  /** Folders that strictly isolated code never sees: the user's checkout. */
  readonly hidden?: readonly string[];
  /** What every command may use of the machine; absent means `defaultLimits`. */
  readonly limits?: Limits;
}

/** Runs a project's own tests in a tree of our own and says what each of them did. */
export function projectTestExecutor(parts: ExecutorParts): TestExecutor {
  const failedBuilds = new Map<string, Unbuilt>();
  const siblings = new Map<string, string[]>();
  return {
    detect: async (tree, declared) => detectSetups(await viewOf(parts.repository, tree), declared),
    run: async (setups, request) => {
      const deadline = Date.now() + request.budgetMs;
      const evidence: Evidence[] = [];
      const read = async (path: string): Promise<string | undefined> =>
        (await parts.repository.readFiles(request.tree, [path]).catch(() => undefined))?.get(path)?.text;
      for (const { setup, selection } of await chooseSetups(setups, request.selection, read)) {
        evidence.push(...(await runSetup(parts, { setup, selection, request, deadline, failedBuilds, siblings })));
      }
      return evidence;
    },
    isolation: (level) => examineIsolation(level),
  };
}

async function viewOf(repository: ExecutorParts["repository"], tree: string): Promise<Parameters<typeof detectSetups>[0]> {
  const entries = await repository.listFiles(tree);
  const read = async (path: string): Promise<string | undefined> => (await repository.readFiles(tree, [path])).get(path)?.text;
  return { paths: entries.filter((entry) => entry.mode.startsWith("100")).map((entry) => entry.path), read };
}

interface SetupRun extends Concerned {
  /** How builds of the same trees ended before. */
  readonly failedBuilds: Map<string, Unbuilt>;
  /** Builds of packages beside the tested one, by tree: what is kept of them is there from the start the next time. */
  readonly siblings: Map<string, string[]>;
  readonly request: RunRequest;
  readonly deadline: number;
}

async function runSetup(parts: ExecutorParts, run: SetupRun): Promise<readonly Evidence[]> {
  const { request, deadline } = run;
  const started = new Date();
  const { signal, isolation } = request;
  const onProgress = request.onProgress?.bind(request);
  if (isolation === "strict") {
    const way = await strictWay();
    if ("denied" in way) return [finish(run, started, { failure: notRun(way) })];
  }
  let workspace: Workspace;
  try {
    workspace = await parts.workspaces.open(request.tree, { deadline, signal, ...(isolation && { isolation }), ...(onProgress ? { onProgress } : {}) });
  } catch (error) {
    if (!isProoflineError(error)) throw error;
    return [finish(run, started, { failure: { kind: "environment", message: `${error.message}. ${error.fix}` } })];
  }
  try {
    return await runIn(parts, run, workspace, started);
  } finally {
    await workspace.release();
  }
}

/** Strict isolation is achieved, or nothing runs. */
const notRun = ({ denied }: Denied): TestFailure => ({ kind: "environment", message: `Not run: this code may run under strict isolation only, and that can't be had here (${denied}).` });

interface Prepared extends PreparedTree {
  readonly workspace: Workspace;
  /** Folders that may hold an interpreter of their own. */
  readonly interpreters: readonly string[];
  /** Chosen files that the tree has. */
  readonly selection: readonly string[] | undefined;
  readonly coverageFolder?: string;
  readonly trace?: Trace;
}

async function runIn(parts: ExecutorParts, run: SetupRun, workspace: Workspace, started: Date): Promise<readonly Evidence[]> {
  const { setup } = run;
  const about = { workspace, started };
  const { failure, cutBy } = workspace.dependencies;
  if (failure) return [finish(run, started, { ...about, failure, ...(cutBy && { cutBy }) })];
  if (setup.runner !== "command" && !isNative(setup.runner)) {
    return [
      finish(run, started, {
        ...about,
        failure: { kind: "environment", message: `Tests of ${setup.runner} are not started here; ${declareCommand(setup.runner)}.` },
      }),
    ];
  }
  const prepared = await prepare(parts, run, workspace);
  if ("denied" in prepared) return [finish(run, started, { ...about, failure: notRun(prepared) })];
  const unbuilt = await build(run, prepared, setup.start?.build ?? []);
  const without = (): readonly Evidence[] => [finish(run, started, { ...about, isolation: prepared.isolation, ...unbuilt })];
  if (unbuilt?.cutBy) return without();
  const made = await (setup.runner === "command" ? runCommand(parts, run, prepared, started) : runWithReporter(parts, run, prepared, started));
  if (!unbuilt) return made;
  // Many a test needs nothing of what its script builds first (types, a bundle, documentation).
  const ran = made.some((one) => one.kind === "test-run" && one.cases.length > 0);
  return ran ? made.map((one) => (one.kind === "test-run" ? { ...one, notes: [...(one.notes ?? []), `${unbuilt.failure.message}; the tests ran without it`] } : one)) : without();
}

async function prepare(parts: ExecutorParts, { setup, selection, request }: SetupRun, workspace: Workspace): Promise<Prepared | Denied> {
  const strict = request.isolation === "strict";
  const hidden = parts.hidden ?? [];
  const tree = await prepareTree({ setup, workspace, strict, hidden, limits: parts.limits });
  if ("denied" in tree) return tree;
  const known = new Set(workspace.files);
  return { ...tree, workspace, interpreters: strict ? [] : hidden, selection: selection?.filter((file) => known.has(file)) };
}

interface Unbuilt {
  readonly failure: TestFailure;
  /** Set when it was stopped, and did not fail by itself. */
  readonly cutBy?: CutBy;
}

/** Runs what must be built first, unless that was done for this tree before; gives why it could not be. */
async function build(run: SetupRun, prepared: Prepared, commands: readonly string[], which = ", which the test script runs first,"): Promise<Unbuilt | undefined> {
  if (commands.length === 0) return undefined;
  const { failedBuilds } = run;
  const name = buildName(prepared, commands);
  const about = `${treeOf(run)} ${name}`;
  if (await prepared.workspace.restoreBuilt(name)) return failedBuilds.get(about);
  const failed = await runBuild(run, prepared, commands, which);
  // What a build made before it complained is what it makes the next time.
  if (failed) failedBuilds.set(about, failed);
  if (failed?.cutBy === undefined) await prepared.workspace.keepBuilt(name);
  return failed;
}

const buildName = ({ workspace, cwd }: Pick<Prepared, "workspace" | "cwd">, commands: readonly string[]): string => [relative(workspace.root, cwd), ...commands].join("\n");

const treeOf = ({ request }: SetupRun): string => `${request.isolation ?? "ordinary"} ${request.tree}`;

async function runBuild(run: SetupRun, prepared: Prepared, commands: readonly string[], which: string): Promise<Unbuilt | undefined> {
  for (const command of commands) {
    run.request.onProgress?.({ phase: "build", says: command });
    const result = await launch({
      argv: [...prepared.isolation.prefix, ...inShell(command)],
      cwd: prepared.cwd,
      env: prepared.env,
      budgetMs: run.deadline - Date.now(),
      signal: run.request.signal,
      mark: prepared.workspace.mark,
      ...prepared.bounds,
    });
    if (result.ended !== "exit") return { failure: { kind: "environment", message: `\`${command}\` ${howCut(result)}` }, cutBy: cutByOf(result) };
    if (result.code !== 0) return { failure: { kind: "load", message: `\`${command}\`${which} failed: ${lastWords(result.output)}` } };
  }
  return undefined;
}

/** What a run notes beside its outcome: coverage, what each test runs through, or why not. */
async function whatToMeasure({ setup, request }: SetupRun, { workspace, cwd }: Prepared): Promise<Pick<Prepared, "coverageFolder" | "trace"> & { readonly noCoverage?: string }> {
  const { root, scratch, files } = workspace;
  const noCoverage = request.coverage ? await whyNoCoverage(setup.runner, root, cwd) : undefined;
  const coverageFolder = request.coverage && noCoverage === undefined ? join(scratch, "coverage") : undefined;
  const traced = (request.trace === "with-coverage" ? coverageFolder !== undefined : request.trace === true) && !compiledTests(setup, files);
  const measured = coverageFolder === undefined ? undefined : { v8: traced && setup.runner === "vitest" ? await v8Provider(root, cwd) : undefined };
  const trace = traced ? await openTrace(setup.runner as NativeRun["runner"], scratch, measured) : undefined;
  return { ...(noCoverage !== undefined && { noCoverage }), ...(coverageFolder !== undefined && { coverageFolder }), ...(trace && { trace }) };
}

async function runWithReporter(parts: ExecutorParts, run: SetupRun, prepared: Prepared, started: Date): Promise<readonly Evidence[]> {
  const { workspace, isolation } = prepared;
  const { noCoverage, ...measuring } = await whatToMeasure(run, prepared);
  const { coverageFolder, trace } = measuring;
  const covering = { ...prepared, ...measuring };
  for (const name of run.siblings.get(treeOf(run)) ?? []) await workspace.restoreBuilt(name);
  const compiled = compiledTests(run.setup, workspace.files);
  const first = await (compiled ? startCompiled(run, covering, compiled) : startNative(run, covering));
  const outcome = (compiled ? undefined : await rebuilt(run, covering, first)) ?? first;
  const { collected, launched, tool } = outcome;
  const about = { workspace, isolation, launched, ...(noCoverage ? { coverage: noCoverage } : {}), ...(tool ? { version: tool.version } : {}) };
  if (outcome.unable) return [finish(run, started, { ...about, failure: outcome.unable })];
  const cut = launched.length === 0 ? { because: "no test file matches what the test script names", cutBy: "setup" as const } : whyIncomplete(run.setup.runner, collected, launched);
  const notes = [...(outcome.notes ?? []), ...outcomeNotes(run.setup.runner, collected, launched, run.selection)];
  const ranThrough = trace && (await readTrace(trace, workspace.root, new Set(collected.cases.flatMap(({ id }) => id.file ?? []))));
  const keep = run.request.keepAttachments;
  const cases = keep === undefined ? collected.cases : await keepAttachments(collected.cases, { keep, from: [workspace.root, workspace.scratch] });
  const result = finish(run, started, { ...about, cases, unloaded: collected.unloaded, notes, ...(ranThrough && { ranThrough }), ...cut });
  return [result, ...(coverageFolder === undefined ? [] : await readCoverage(coverageFolder, workspace, parts.reports))];
}

/** Packages and builds are there by now: from here on the tests' own time counts. */
const testDeadline = ({ deadline, request }: SetupRun): number => (request.testsMs === undefined ? deadline : Math.min(deadline, Date.now() + request.testsMs));

async function startNative(run: SetupRun, prepared: Prepared): Promise<NativeOutcome> {
  const { setup, request } = run;
  const deadline = testDeadline(run);
  const { workspace, cwd, env, isolation, bounds, interpreters, selection, coverageFolder, trace } = prepared;
  const runner = setup.runner as NativeRun["runner"];
  const onProgress = (says: string): void => request.onProgress?.({ phase: "test", says });
  onProgress(`${runner}: starting`);
  const covering = { ...(coverageFolder !== undefined && { coverageFolder }), ...(trace && { trace }), ...(request.keepAttachments !== undefined && { attachments: true }) };
  return runNative({ runner, setup, workspace, cwd, selection, env, prefix: isolation.prefix, bounds, interpreters, deadline, signal: request.signal, onProgress, ...covering });
}

/**
 * Where a script runs what a compiler makes of the tests, they are compiled first, unless its own steps did that; the compiled files are run, and what they say
 * is told of their sources. A compiler that complains of types makes its files all the same.
 */
async function startCompiled(run: SetupRun, prepared: Prepared, compiled: CompiledTests): Promise<NativeOutcome> {
  const { workspace } = prepared;
  const { root, files } = workspace;
  let built = await builtScripts(root, compiled);
  const failed = built.length === 0 ? await build(run, prepared, [run.setup.start?.buildWhenMissing ?? "tsc"]) : undefined;
  if (failed?.cutBy) return { collected: mergeCollected([]), launched: [], tool: undefined, unable: failed.failure };
  if (built.length === 0) built = await builtScripts(root, compiled);
  const pairs = pairBuilt(files, built, compiled);
  if (failed && !(prepared.selection ?? files).some((file) => pairs.has(file))) return { collected: mergeCollected([]), launched: [], tool: undefined, unable: failed.failure };
  const selection = prepared.selection && namedOf(prepared.selection.map((file) => pairs.get(file) ?? file), compiled);
  const start = { ...run.setup.start, nodeOptions: [...(run.setup.start?.nodeOptions ?? []), "--enable-source-maps"] };
  const outcome = await startNative({ ...run, setup: { ...run.setup, start } }, { ...prepared, selection, workspace: { ...workspace, files: [...files, ...built] } });
  return { ...outcome, collected: toldOfSources(outcome.collected, pairs) };
}

/** Builds when tests could not load for want of built files, other packages of the tree first, and runs those files again. */
async function rebuilt(run: SetupRun, prepared: Prepared, first: NativeOutcome): Promise<NativeOutcome | undefined> {
  const { buildWhenMissing: command } = run.setup.start ?? {};
  const before = await withSiblings(run, prepared, first);
  const { files, nothingRan } = inNeed(before ?? first, prepared);
  if (command === undefined || before?.notes || (files.length === 0 && !nothingRan)) return before;
  const failed = await build(run, prepared, [command], "");
  if (failed?.cutBy) return before;
  const second = await again(run, prepared, before ?? first);
  // A compiler that complains of types makes its files all the same; where they do not help, what it said is why.
  return failed && needsBuild(inNeed(second, prepared)) ? { ...(before ?? first), notes: [failed.failure.message] } : second;
}

/** Builds what the tests import of other packages of the tree, as long as something of it is missing and can be built. */
async function withSiblings(run: SetupRun, prepared: Prepared, first: NativeOutcome): Promise<NativeOutcome | undefined> {
  const { workspace } = prepared;
  if (workspace.ownPackages.length < 2 || !needsBuild(inNeed(first, prepared))) return undefined;
  const about = { workspace, packages: await ownPackages(workspace), testedDir: run.setup.packageDir };
  let outcome = first;
  for (let round = 0; round < BUILD_ROUNDS; round++) {
    const failures = [...outcome.collected.unloaded, ...outcome.collected.cases].map((one) => one.failure);
    const { missing } = inNeed(outcome, prepared);
    const named = missing === undefined ? [] : [{ kind: "load" as const, message: "", missing }];
    const { built, notes } = await buildSiblings([...failures, ...named], about, (dir, command) => buildSibling(run, { ...prepared, cwd: join(workspace.root, dir) }, command));
    if (notes.length > 0) return { ...outcome, notes };
    if (built === 0) break;
    outcome = await again(run, prepared, outcome);
  }
  return outcome === first ? undefined : outcome;
}

async function buildSibling(run: SetupRun, prepared: Prepared, command: string): Promise<string | undefined> {
  const failed = await build(run, prepared, [command], " there");
  const built = run.siblings.get(treeOf(run)) ?? [];
  if (failed === undefined) run.siblings.set(treeOf(run), [...new Set([...built, buildName(prepared, [command])])]);
  return failed?.failure.message;
}

/** What is built may lead to a package that is not. */
const BUILD_ROUNDS = 4;

interface InNeed {
  readonly files: readonly string[];
  /** What the runner itself looked for in vain before any test. */
  readonly missing: string | undefined;
  readonly nothingRan: boolean;
}

function inNeed({ collected, launched }: NativeOutcome, { workspace, cwd }: Prepared): InNeed {
  const missing = collected.started ? undefined : missingFile(launched[0]?.output ?? "", { root: workspace.root, cwd, files: workspace.files });
  return { files: filesInNeedOfBuild(collected, workspace), missing, nothingRan: missing !== undefined };
}

const needsBuild = ({ files, nothingRan }: InNeed): boolean => files.length > 0 || nothingRan;

/** The files that lacked something once more, or everything where nothing ran. */
async function again(run: SetupRun, prepared: Prepared, before: NativeOutcome): Promise<NativeOutcome> {
  const { files, nothingRan } = inNeed(before, prepared);
  const second = await startNative(run, { ...prepared, selection: nothingRan ? prepared.selection : files });
  return nothingRan ? second : { ...second, collected: replaceFiles(before.collected, second.collected, files) };
}

async function runCommand(parts: ExecutorParts, run: SetupRun, prepared: Prepared, started: Date): Promise<readonly Evidence[]> {
  const { setup, request } = run;
  const { workspace, cwd, env, isolation, bounds, selection } = prepared;
  const deadline = testDeadline(run);
  request.onProgress?.({ phase: "test", says: setup.command ?? "" });
  const { result, evidence, problem } = await runDeclared(
    { setup, workspace, cwd, selection, env, prefix: isolation.prefix, bounds, deadline, signal: request.signal },
    parts.reports,
  );
  const about = { workspace, isolation, launched: [result] };
  const runs = evidence.filter((one): one is TestRun => one.kind === "test-run");
  const others = evidence.filter((one) => one.kind !== "test-run").map((one) => ({ ...one, source: "ran" as const }));
  const cases = runs.flatMap((one) => one.cases);
  const unloaded = runs.flatMap((one) => one.unloaded);
  const red = unloaded.length > 0 || cases.some((one) => one.outcome === "failed");
  const cut = result.ended === "exit" ? undefined : { because: `the command ${howCut(result)}`, cutBy: cutByOf(result) };
  const odd =
    result.code !== 0 && !red ? `the command ended with exit code ${result.code ?? "unknown"} though no test failed: ${lastWords(result.output)}` : undefined;
  const because = (problem === undefined ? undefined : `${problem}; ${lastWords(result.output)}`) ?? odd ?? runs.find((one) => !one.complete)?.because;
  return [finish(run, started, { ...about, cases, unloaded, ...(because === undefined ? {} : { because }), ...cut }), ...others];
}
