import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openOperations } from "../../packages/core/src/compose.ts";
import { silentProgress, type ProofRecord, type ProveInput } from "../../packages/core/src/operations/index.ts";
import { makeRepo, type TestRepository } from "../support/repo.ts";

const MODULES = fileURLToPath(new URL("../../node_modules", import.meta.url));

export type Files = Readonly<Record<string, string | null>>;

/** Two commits of a small project with real packages in its checkout. */
export interface Sides {
  readonly repo: TestRepository;
  readonly broken: string;
  readonly fixed: string;
}

/** Makes a repository whose first commit is `before` and whose second adds `change`. */
export function sidesOf(packages: readonly string[], before: Files, change: Files, message = "fix: it"): Sides {
  const repo = makeRepo();
  mkdirSync(join(repo.dir, "node_modules"));
  for (const name of packages) symlinkSync(join(MODULES, name), join(repo.dir, "node_modules", name));
  const broken = repo.commit("start", { ".gitignore": "node_modules\n.proofline\n", ...before });
  return { repo, broken, fixed: repo.commit(message, change) };
}

/** What `prove` says of two sides. */
export async function proveSides({ repo, broken, fixed }: Sides, more: Partial<ProveInput> = {}): Promise<ProofRecord> {
  const operations = await openOperations({ dir: repo.dir, env: { ...repo.env, PATH: process.env["PATH"] }, progress: silentProgress, signal: new AbortController().signal });
  try {
    return (await operations.proveChange({ tests: [], ...(more.since === undefined && { broken }), fixed: { kind: "commit", rev: fixed }, type: "fix", repeat: 2, budgetMs: 120_000, trust: false, ...more })).record;
  } finally {
    await operations.close();
  }
}
