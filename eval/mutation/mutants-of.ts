import { openRepository } from "../../packages/core/src/adapters/git/index.ts";
import { projectMutationRunner } from "../../packages/core/src/adapters/mutation/index.ts";
import { launch, onBenches, projectTestExecutor } from "../../packages/core/src/adapters/runners/index.ts";
import { openWorkspaces } from "../../packages/core/src/adapters/workspaces/index.ts";
import type { LineSpan, MutationOutcome } from "../../packages/core/src/evidence/index.ts";

export interface OpenMutants {
  readonly repository: Awaited<ReturnType<typeof openRepository>>;
  /** Breaks these lines of a tree and runs every test that reaches them. */
  of(tree: string, lines: ReadonlyMap<string, readonly LineSpan[]>, how: { readonly budgetMs: number; readonly everything?: boolean }): Promise<MutationOutcome>;
  close(): Promise<void>;
}

/** The product's own mutation runner on a clone. Throws where there is none. */
export async function openMutants(dir: string): Promise<OpenMutants> {
  const repository = await openRepository(dir, { ci: false, env: process.env });
  const checkout = repository.bare ? {} : { checkout: repository.root };
  const workspaces = openWorkspaces({ repository: repository.root, ...checkout, objectDirectories: repository.objectDirectories(), launch });
  const read = async (at: string, path: string) => (await repository.readFiles(at, [path])).get(path)?.text;
  const executor = projectTestExecutor({ repository, workspaces, reports: { read: () => Promise.resolve([]) } });
  const runner = projectMutationRunner({ repository, onBenches: (setups, request, work) => onBenches({ workspaces, read }, setups, request, work) });
  return {
    repository,
    of: async (tree, lines, how) => runner.mutate(await executor.detect(tree), { tree, lines, selection: "all", signal: new AbortController().signal, ...how }),
    close: async () => {
      await workspaces.close();
      await repository.close();
    },
  };
}
