import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdtemp, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { lt, valid } from "semver";
import type { TestFailure, TestSetup, Workspace } from "#evidence";
import { collectResults, mergeCollected, withLost, type Collected } from "./collect-results.ts";
import { DRIVERS } from "./drivers/drivers.ts";
import type { Invocation } from "./drivers/driver.ts";
import { expandPatterns } from "./expand-patterns.ts";
import { findPytest } from "./find-python.ts";
import { findTool, type Tool } from "./find-tool.ts";
import { launch, type LaunchCommand, type LaunchResult } from "./launch.ts";
import { declareCommand } from "./other-runners.ts";
import { readPlain } from "./plain-file.ts";
import { killMarked } from "./process-tree.ts";
import { writeReporter, type NativeRunner } from "./reporters/write-reporters.ts";
import { nodeMismatch, stacksOf } from "./node-mismatch.ts";
import { openResultFeed } from "./result-feed.ts";
import type { ResultRecord } from "./result-record.ts";
import { wasCut } from "./run-outcome.ts";
import { hooked, type Trace } from "./trace/read-trace.ts";

/** One prepared tree in which one setup is run. */
export interface NativeRun {
  readonly runner: NativeRunner;
  readonly setup: TestSetup;
  readonly workspace: Workspace;
  readonly cwd: string;
  /** Repository paths; undefined for the whole suite. */
  readonly selection: readonly string[] | undefined;
  readonly env: Readonly<Record<string, string>>;
  /** Words before every command, for isolation. */
  readonly prefix: readonly string[];
  /** What every command may use of the machine. */
  readonly bounds: Pick<LaunchCommand, "limits" | "writes">;
  readonly deadline: number;
  readonly signal: AbortSignal;
  readonly coverageFolder?: string;
  /** Set when it is noted what each test file ran through. */
  readonly trace?: Trace;
  /** True when what tests leave to look at is wanted. */
  readonly attachments?: boolean;
  /** Folders that may hold an interpreter of their own, as a Python project's checkout does. */
  readonly interpreters: readonly string[];
  onProgress(says: string): void;
}

export interface NativeOutcome {
  readonly collected: Collected;
  readonly launched: readonly LaunchResult[];
  readonly tool: Tool | undefined;
  /** Why it was not started. */
  readonly unable?: TestFailure;
  /** What could not be built for it. */
  readonly notes?: readonly string[];
}

/** Starts a runner with our reporter and folds what it says. */
export async function runNative(run: NativeRun): Promise<NativeOutcome> {
  const driver = DRIVERS[run.runner];
  const { root } = run.workspace;
  const tool = run.runner === "pytest" ? await findPytest(run.interpreters) : driver.package === undefined ? undefined : await findTool(root, run.cwd, driver.package);
  const nothing = { collected: mergeCollected([]), launched: [], tool };
  const unable = driver.package === undefined ? undefined : (whyUnable(driver.package, tool, driver.since) ?? driver.unable?.({ tool }));
  if (unable) return { ...nothing, unable };
  const reporter = await writeReporter(run.runner, run.workspace.scratch);
  const files = run.workspace.files;
  const invocations = driver.invocations({
    start: run.setup.start ?? {},
    cwd: run.cwd,
    selected: run.selection?.map((path) => join(root, path)),
    reporter,
    tool,
    root,
    files,
    expand: (patterns, extensions) => expandPatterns(patterns, { root, packageDir: run.setup.packageDir, files, extensions }),
    cacheFolder: join(run.workspace.scratch, "runner-cache"),
    ...(run.coverageFolder === undefined ? {} : { coverageFolder: run.coverageFolder }),
    ...(run.trace && { trace: run.trace }),
    ...(run.attachments === true && { attachments: true }),
  });
  const mark = randomUUID();
  const parts: Part[] = [];
  const launched: LaunchResult[] = [];
  for (const [index, invocation] of invocations.entries()) {
    const at = { index, of: invocations.length };
    let part = await runOne({ ...run, mark }, invocation, at);
    const again = wasCut(part.result) || (part.collected.started && !fellSilent(part)) ? undefined : driver.again?.(invocation, part.result);
    if (again) part = helped(part, await runOne({ ...run, mark }, again, at));
    parts.push(part);
    launched.push(part.result);
    if (wasCut(part.result)) break;
  }
  const leftRunning = (await killMarked(mark)).size;
  const swept = launched.map((one, index) => (index === 0 ? { ...one, leftRunning: one.leftRunning + leftRunning } : one));
  const collected = await judgeSilent(mergeCollected(parts.map((part) => part.collected)), run);
  const said = parts.map((part) => part.stacks).join("\n");
  return { collected: collected.cases.length > 0 ? collected : await blameNode(collected, said, run), launched: swept, tool };
}

/** Where no test ran at all, an error that a package throws on a Node it does not support is told with that: it may well be the reason. What kind of red it is stays as judged. */
async function blameNode(collected: Collected, said: string, { cwd, workspace: { root } }: NativeRun): Promise<Collected> {
  const mismatch = await nodeMismatch(said, { root, from: [...new Set([cwd, root])] });
  if (mismatch === undefined) return collected;
  const blamed = (failure: TestFailure): TestFailure => ({ ...failure, message: `${mismatch}: ${failure.message}` });
  return { ...collected, strays: collected.strays.map(blamed), unloaded: collected.unloaded.map(({ file, failure }) => ({ file, failure: blamed(failure) })) };
}

/** Why this version of a runner is not started; undefined when it is. */
export function whyUnable(name: string, tool: Tool | undefined, since: string | undefined): TestFailure | undefined {
  if (!tool) return { kind: "missing-package", message: `${name} is not installed${name === "pytest" ? ` for any Python here; ${declareCommand(name)}` : ""}`, missing: name };
  if (since === undefined || valid(tool.version) === null || !lt(tool.version, since)) return undefined;
  return { kind: "environment", message: `${name} ${tool.version} takes no reporter of ours (${since} and later do); ${declareCommand(name)}.` };
}

/** A runner that reported its last test gets as long again to end by itself, within bounds: an open server or timer may keep it for ever, a busy machine for a while. */
const lingering = (tookMs: number): number => Math.min(20_000, 5000 + tookMs);

interface Part {
  readonly collected: Collected;
  readonly result: LaunchResult;
  /** What errors outside of tests said, with their stacks. */
  readonly stacks: string;
}

/** It was ended because nothing came any more, and had not said that it was done. */
const fellSilent = ({ collected, result }: Part): boolean => result.ended === "lingered" && !collected.ended;

/** A run that had to be told to end is one that did not end by itself; and one that may have ended before all was said. */
function helped(before: Part, after: Part): Part {
  if (!fellSilent(before)) return after;
  const collected = withLost(after.collected, before.collected);
  return after.result.ended === "exit" ? { ...after, collected, result: { ...after.result, ended: "lingered" } } : { ...after, collected };
}

/** Silence after which a runner that may hang does: much longer than all it took so far. */
const silence = (tookMs: number): number => Math.max(20_000, 3 * tookMs);

async function runOne(
  run: NativeRun & { readonly mark: string },
  invocation: Invocation,
  at: { readonly index: number; readonly of: number },
): Promise<Part> {
  // A name nobody can know: code of the tree may have run before, and left links where we write.
  const folder = await mkdtemp(join(run.workspace.scratch, "results-"));
  if (invocation.selected) await writeFile(join(folder, "selected.json"), JSON.stringify(invocation.selected));
  const feed = openResultFeed(join(folder, "results.jsonl"));
  const records: ResultRecord[] = [];
  const enough = new AbortController();
  const began = performance.now();
  let said: NodeJS.Timeout | undefined;
  let heard = began;
  const watch = watchFeed(async () => {
    const fresh = await feed.read();
    records.push(...fresh);
    const now = performance.now();
    if (fresh.length > 0) heard = now;
    else if (invocation.mayHang && run.coverageFolder === undefined && now - heard > silence(heard - began) && records.some((record) => record.t === "case")) enough.abort();
    if (fresh.length > 0) run.onProgress(progressOf(run.runner, records, at));
    // A runner that writes coverage does so after its last test, and takes its time.
    if (run.coverageFolder === undefined && fresh.some((record) => record.t === "end")) said ??= setTimeout(() => enough.abort(), lingering(performance.now() - began));
  });
  const env = hooked({ ...run.env, ...hoistedPackages(run), ...invocation.env, PROOFLINE_RESULTS: folder }, run.trace);
  const budgetMs = run.deadline - Date.now();
  const result = await launch({
    argv: [...run.prefix, ...invocation.argv],
    cwd: run.cwd,
    env,
    budgetMs,
    signal: run.signal,
    enough: enough.signal,
    mark: run.workspace.mark,
    sharedMark: run.mark,
    ...run.bounds,
  });
  await watch.stop();
  // After the last look at the feed: that look may be the one that finds the end mark and starts the clock.
  clearTimeout(said);
  const selection = run.selection === undefined ? {} : { selection: new Set(run.selection) };
  const context = { root: run.workspace.root, cwd: run.cwd, ownPackages: new Set(run.workspace.ownPackages), ...selection };
  return { collected: collectResults(records, context), result, stacks: stacksOf(records, result.output) };
}

/** pnpm keeps what nobody asked for by name in a folder of its own; its links to a package's program let that program find it, and old runners count on it. */
export function hoistedPackages({ runner, workspace, env }: Pick<NativeRun, "runner" | "workspace" | "env">): Readonly<Record<string, string>> {
  const folder = join(workspace.root, "node_modules/.pnpm/node_modules");
  if (DRIVERS[runner].package === undefined || !existsSync(folder)) return {};
  return { NODE_PATH: [folder, ...(env["NODE_PATH"] === undefined ? [] : [env["NODE_PATH"]])].join(delimiter) };
}

/** Looks at the feed now and then, one look at a time, and a last time when stopped. */
function watchFeed(look: () => Promise<void>): { stop(): Promise<void> } {
  let looking = Promise.resolve();
  const timer = setInterval(() => {
    looking = looking.then(look);
  }, 300);
  return {
    stop: async () => {
      clearInterval(timer);
      await looking;
      await look();
    },
  };
}

function progressOf(runner: string, records: readonly ResultRecord[], at: { readonly index: number; readonly of: number }): string {
  if (at.of > 1) return `${runner}: ${at.index + 1} of ${at.of} files`;
  let done = 0;
  let cases = 0;
  let planned = 0;
  for (const record of records) {
    if (record.t === "file") done++;
    else if (record.t === "case") cases++;
    else if (record.t === "plan") planned = record.files;
  }
  return planned > 0 ? `${runner}: ${Math.min(done, planned)} of ${planned} files, ${cases} tests` : `${runner}: ${done} files, ${cases} tests`;
}

const SOURCE_LIMIT = 4 * 1024 * 1024;

/**
 * A file that ended without reporting a test is nothing when it has none (a helper), and a crash when it uses the runner:
 * its tests vanished, most often by process.exit().
 */
async function judgeSilent(collected: Collected, run: NativeRun): Promise<Collected> {
  const lost: { readonly file: string; readonly failure: { readonly kind: "crash"; readonly message: string } }[] = [];
  const name = run.runner === "node:test" ? "(node:)?test" : run.runner;
  const uses = new RegExp(`["']${name}["']`);
  for (const file of collected.silent) {
    const text = (await readPlain(join(run.workspace.root, file), SOURCE_LIMIT))?.bytes.toString("utf8") ?? "";
    if (!uses.test(text)) continue;
    lost.push({ file, failure: { kind: "crash", message: `${file} ended before its tests were reported; does it call process.exit()?` } });
  }
  return { ...collected, unloaded: [...collected.unloaded, ...lost] };
}
