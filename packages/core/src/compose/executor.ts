import { join } from "node:path";
import { runStore } from "../adapters/store/index.ts";
import type { MutationRunner, TestExecutor } from "#evidence";
import { lazyReports } from "./lazy.ts";
import { userCache, type OpenRequest, type Opened } from "./opened.ts";

/** Runs tests as they are, and with faults in what they test; both in trees of the same session. */
type OwnExecutor = TestExecutor & MutationRunner & { close(): Promise<void> };

/** Nothing is started, and no folder is made, before the first test is wanted. */
export function lazyExecutor(repository: Opened, env: OpenRequest["env"], how = { remember: true }): OwnExecutor {
  let opened: Promise<OwnExecutor> | undefined;
  const executor = () => (opened ??= openExecutor(repository, env, how));
  return {
    detect: async (tree, declared) => (await executor()).detect(tree, declared),
    run: async (setups, request) => (await executor()).run(setups, request),
    mutate: async (setups, request) => (await executor()).mutate(setups, request),
    isolation: async (level) => (await (await executor()).isolation?.(level)) ?? { achieved: false, says: "nobody here can tell" },
    close: async () => (await opened)?.close(),
  };
}

async function openExecutor(repository: Opened, env: OpenRequest["env"], { remember }: { readonly remember: boolean }): Promise<OwnExecutor> {
  const [{ launch, onBenches, projectTestExecutor, rememberRuns }, { openWorkspaces }] = await Promise.all([import("../adapters/runners/index.ts"), import("../adapters/workspaces/index.ts")]);
  const workspaces = openWorkspaces({
    repository: repository.root,
    ...(repository.bare ? {} : { checkout: repository.root, cacheFolder: join(repository.root, ".proofline", "cache") }),
    objectDirectories: repository.objectDirectories(),
    launch,
  });
  const own = projectTestExecutor({ repository, workspaces, reports: lazyReports, hidden: [repository.root] });
  const store = runStore({ folder: join(repository.root, ".proofline", "cache", "runs"), keyFile: join(userCache(env), "runs.key") });
  const executor = repository.bare || !remember ? own : rememberRuns({ executor: own, store, checkout: repository.root, env });
  const read = async (tree: string, path: string) => (await repository.readFiles(tree, [path])).get(path)?.text;
  const mutate: MutationRunner["mutate"] = async (setups, request) => {
    const { projectMutationRunner } = await import("../adapters/mutation/index.ts");
    return projectMutationRunner({ repository, onBenches: (some, asked, work) => onBenches({ workspaces, read, hidden: [repository.root] }, some, asked, work) }).mutate(setups, request);
  };
  return { ...executor, mutate, close: () => workspaces.close() };
}

export type Executor = ReturnType<typeof lazyExecutor>;
