import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { RunRequest, TestSetup, Workspace, Workspaces } from "#evidence";
import { isProoflineError } from "#kernel";
import { chooseSetups } from "./choose-setup.ts";
import { cleanEnvironment } from "./clean-environment.ts";
import { findTool } from "./find-tool.ts";
import { ordinaryIsolation } from "./isolation.ts";
import { strictIsolation } from "./isolation-strict.ts";
import { launch, type LaunchResult } from "./launch.ts";
import { defaultLimits } from "./limits.ts";
import { lastWords } from "./run-outcome.ts";

/** A tree laid out for one setup, in which programs of ours may be started as its tests would be. */
export interface Bench {
  readonly setup: TestSetup;
  /** Chosen test files, by repository path; undefined for the whole suite. */
  readonly selection: readonly string[] | undefined;
  readonly root: string;
  /** The package folder. */
  readonly cwd: string;
  readonly scratch: string;
  /** Every tracked path of the tree. */
  readonly files: readonly string[];
  readonly isolation: string;
  /** Why nothing can be started here. */
  readonly unable?: string;
  /** The runner's own script and version, as the tree has it installed. */
  tool(name: string): ReturnType<typeof findTool>;
  start(argv: readonly string[], how: { readonly env?: Readonly<Record<string, string>>; readonly budgetMs: number; readonly enough?: AbortSignal; readonly signal: AbortSignal }): Promise<LaunchResult>;
  /** Runs what the test script builds before its tests, or what builds the package when built files are missing; gives why it could not be built. */
  build(what: "before" | "missing", budgetMs: number, signal: AbortSignal): Promise<string | undefined>;
}

export interface BenchParts {
  readonly workspaces: Workspaces;
  readonly read: (tree: string, path: string) => Promise<string | undefined>;
  readonly hidden?: readonly string[];
}

export interface BenchRequest extends Pick<RunRequest, "tree" | "selection" | "budgetMs" | "signal"> {
  readonly isolation?: "ordinary" | "strict";
  onProgress?(says: string): void;
}

/** Lays out the tree for each setup concerned, one after the other, and lets go of it when the work is done. */
export async function onBenches<T>(parts: BenchParts, setups: readonly TestSetup[], request: BenchRequest, work: (bench: Bench) => Promise<T>): Promise<readonly T[]> {
  const deadline = Date.now() + request.budgetMs;
  const done: T[] = [];
  for (const { setup, selection } of await chooseSetups(setups, request.selection, (path) => parts.read(request.tree, path))) {
    const { isolation, signal } = request;
    const onProgress = request.onProgress && { onProgress: ({ says }: { readonly says: string }) => request.onProgress?.(says) };
    let workspace: Workspace;
    try {
      workspace = await parts.workspaces.open(request.tree, { deadline, signal, ...(isolation && { isolation }), ...onProgress });
    } catch (error) {
      if (!isProoflineError(error)) throw error;
      done.push(await work(unableBench(setup, selection, `${error.message}. ${error.fix}`)));
      continue;
    }
    try {
      done.push(await work(await openBench(parts, { setup, selection, workspace, strict: isolation === "strict" })));
    } finally {
      await workspace.release();
    }
  }
  return done;
}

interface Opening {
  readonly setup: TestSetup;
  readonly selection: readonly string[] | undefined;
  readonly workspace: Workspace;
  readonly strict: boolean;
}

async function openBench(parts: BenchParts, { setup, selection, workspace, strict }: Opening): Promise<Bench> {
  const { root, scratch, files } = workspace;
  const { failure } = workspace.dependencies;
  if (failure) return unableBench(setup, selection, failure.message);
  const cwd = join(root, setup.packageDir);
  const variables = setup.start?.variables;
  const programs = [...new Set([join(cwd, "node_modules", ".bin"), join(root, "node_modules", ".bin")])];
  const env = cleanEnvironment({ scratch, programs, needs: strict ? [] : (setup.needs?.env ?? []), ...(variables ? { variables } : {}) });
  for (const name of ["home", "tmp", "runner-cache"]) await mkdir(join(scratch, name), { recursive: true });
  const isolation = strict ? await strictIsolation({ root, scratch, hidden: parts.hidden ?? [], network: "loopback" }) : await ordinaryIsolation(setup.needs);
  if ("denied" in isolation) return unableBench(setup, selection, `this code may run under strict isolation only, and that can't be had here (${isolation.denied})`);
  const bounds = { limits: defaultLimits(), writes: [root, scratch], mark: workspace.mark };
  const start: Bench["start"] = (argv, { env: more, ...how }) => launch({ ...how, ...bounds, argv: [...isolation.prefix, ...argv], cwd, env: { ...env, ...more } });
  const known = new Set(files);
  return {
    setup,
    selection: selection?.filter((file) => known.has(file)),
    root,
    cwd,
    scratch,
    files,
    isolation: isolation.says,
    tool: (name) => findTool(root, cwd, name),
    start,
    build: async (what, budgetMs, signal) => {
      const { build = [], buildWhenMissing } = setup.start ?? {};
      for (const command of what === "before" ? build : buildWhenMissing === undefined ? [] : [buildWhenMissing]) {
        const result = await start(process.platform === "win32" ? ["cmd", "/d", "/s", "/c", command] : ["sh", "-c", command], { budgetMs, signal });
        if (result.code !== 0) return `\`${command}\`, which comes before the tests, failed: ${lastWords(result)}`;
      }
      return undefined;
    },
  };
}

const unableBench = (setup: TestSetup, selection: readonly string[] | undefined, unable: string): Bench => ({
  setup,
  selection,
  root: "",
  cwd: "",
  scratch: "",
  files: [],
  isolation: "nothing was run",
  unable,
  tool: () => Promise.resolve(undefined),
  start: () => Promise.resolve({ code: null, ended: "aborted", output: "", tookMs: 0, leftRunning: 0 }),
  build: () => Promise.resolve(unable),
});
