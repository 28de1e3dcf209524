import { lastWords, type Bench, type BenchRequest, type TestSetup, type Workspace, type Workspaces } from "#evidence";
import { isProoflineError } from "#kernel";
import { boundsHere, sideBySide } from "./container-bounds.ts";
import { chooseSetups } from "./choose-setup.ts";
import { modulePath } from "./drivers/pytest.ts";
import { findPytest } from "./find-python.ts";
import { findTool } from "./find-tool.ts";
import { launch } from "./launch.ts";
import { inShell, prepareTree } from "./prepare-tree.ts";
import { reportedStarts } from "./reported-starts.ts";

export interface BenchParts {
  readonly workspaces: Workspaces;
  readonly read: (tree: string, path: string) => Promise<string | undefined>;
  readonly hidden?: readonly string[];
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
  const tree = await prepareTree({ setup, workspace, strict, hidden: parts.hidden ?? [] });
  if ("denied" in tree) return unableBench(setup, selection, `this code may run under strict isolation only, and that can't be had here (${tree.denied})`);
  const { cwd, env, isolation, bounds } = tree;
  const start: Bench["start"] = (argv, { env: more, ...how }) => launch({ ...how, ...bounds, mark: workspace.mark, argv: [...isolation.prefix, ...argv], cwd, env: { ...env, ...more } });
  const known = new Set(files);
  return {
    setup,
    selection: selection?.filter((file) => known.has(file)),
    root,
    cwd,
    scratch,
    files,
    modulePath: modulePath({ root, cwd, files }),
    isolation: isolation.says,
    tool: (name) => (name === "pytest" ? findPytest(strict ? [] : (parts.hidden ?? [])) : findTool(root, cwd, name)),
    cores: sideBySide(boundsHere()),
    start,
    reported: () => reportedStarts({ setup, workspace, cwd, env, selection: selection?.filter((file) => known.has(file)) }),
    // Never what was built of the tree before: faults stand in its files by now.
    build: async (what, budgetMs, signal) => {
      const { build = [], buildWhenMissing } = setup.start ?? {};
      for (const command of what === "before" ? build : buildWhenMissing === undefined ? [] : [buildWhenMissing]) {
        const result = await start(inShell(command), { budgetMs, signal });
        if (result.code !== 0) return `\`${command}\`, which comes before the tests, failed: ${lastWords(result.output)}`;
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
  modulePath: [],
  isolation: "nothing was run",
  unable,
  tool: () => Promise.resolve(undefined),
  start: () => Promise.resolve({ code: null, ended: "aborted", output: "" }),
  build: () => Promise.resolve(unable),
});
