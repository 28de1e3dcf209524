import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openOperations } from "../../packages/core/src/compose.ts";
import { silentProgress, type MutateInput, type MutationReport } from "../../packages/core/src/operations/index.ts";
import { makeRepo, type TestRepository } from "../support/repo.ts";

const MODULES = fileURLToPath(new URL("../../node_modules", import.meta.url));

export type Files = Readonly<Record<string, string | null>>;

/** A repository whose second commit brings the source, with real packages in its checkout. */
export function bringing(packages: readonly string[], manifest: object, tests: Files, source: Files): TestRepository {
  const repo = makeRepo();
  mkdirSync(join(repo.dir, "node_modules"));
  for (const name of packages) {
    mkdirSync(join(repo.dir, "node_modules", name, ".."), { recursive: true });
    symlinkSync(join(MODULES, name), join(repo.dir, "node_modules", name));
  }
  repo.commit("start", { ".gitignore": "node_modules\n.proofline\n", "package.json": JSON.stringify({ name: "sample", private: true, ...manifest }) });
  repo.commit("feat: bring it", { ...source, ...tests });
  return repo;
}

/** What `mutate` says of the last commit. `build` stands for the program's own version: with it answers are kept. */
export async function mutateLast(repo: TestRepository, more: Partial<MutateInput> & { readonly build?: string; readonly signal?: AbortSignal } = {}): Promise<MutationReport> {
  const { build, signal = new AbortController().signal, ...input } = more;
  const operations = await openOperations({ dir: repo.dir, env: { ...repo.env, PATH: process.env["PATH"] }, progress: silentProgress, signal, ...(build !== undefined && { build }) });
  try {
    return await operations.mutateChange({ base: "HEAD~1", head: { kind: "commit", rev: "HEAD" }, budgetMs: 180_000, trust: true, ...input });
  } finally {
    await operations.close();
  }
}

/** Fate of each mutant by what it says. */
export const fates = ({ mutants }: MutationReport): Readonly<Record<string, string>> => Object.fromEntries(mutants.map(({ file, line, says, fate, because }) => [`${file}:${line} ${says}`, because === undefined ? fate : `${fate}: ${because}`]));
